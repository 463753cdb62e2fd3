/** Photos as the timeline shows them, with selection, keyboard and viewer: of a search, an album, a label. */
import { isOurs, setFavorites } from './actions.js';
import { get } from './api.js';
import { extendTo, handleKeys } from './gridkeys.js';
import { moveUnderPointer } from './gridmotion.js';
import { may, t } from './page.js';
import { PhotoSource } from './photosource.js';
import { Scrubber } from './scrubber.js';
import { Selection } from './selection.js';
import { Timeline } from './timeline.js';
import { toast, toastError } from './toast.js';
import { holdToSelect } from './touch.js';
import { on } from './ws.js';

/** After an event the photos are read anew once things have calmed down, ms. */
const CALM = 1500;

/** A photo in the address; what else stands there is a place of the page, such as that of "Skip to content". */
const UID = /^p[0-9a-z]{15}$/;

export class PhotoGrid {
  /**
   * @param {HTMLElement} canvas with the query, and the view if it is one, in its data
   * @param {{rowHeight?: number, ready?: () => Promise<any> | null}} [options] `ready`: until when the photos are not those of the
   *   address yet
   */
  constructor(canvas, { rowHeight = usualRow(canvas), ready = () => null } = {}) {
    const { view = '', query = '', photoUrl = '#UID' } = canvas.dataset;
    Object.assign(this, { canvas, view, ready });
    this.source = new PhotoSource({ view, query });
    this.selection = new Selection();
    this.timeline = new Timeline(canvas, this.source, this.selection, { rowHeight, photoUrl: (uid) => photoUrl.replace('UID', uid) });
    /** Whether a click selects although nothing is selected yet. */
    this.picking = false;
    this.waiting = 0;
  }

  /** Shows all photos of the query, and the one that the address names. */
  async start() {
    try {
      await this.source.open();
    } catch (problem) {
      return this.#showState(problem.status === 400 ? 'not-understood' : 'failed', problem);
    }
    document.getElementById('waiting').remove();
    this.listen();
    this.source.addEventListener('change', () => this.#showEmptyOrNot());
    this.#showEmptyOrNot();
    addEventListener('popstate', () => this.openFromAddress());
    return this.openFromAddress();
  }

  /** Lets the timeline live: it draws, and answers to pointer, keys and what happens to photos elsewhere. */
  listen() {
    const { canvas, timeline, source, selection } = this;
    timeline.start();
    new Scrubber(document.getElementById('scrubber'), timeline).build();
    handleKeys(timeline, { open: (index) => this.openViewer(index), toggleFavorite: (photo) => this.#toggleFavorite(photo) });
    canvas.addEventListener('click', (event) => this.#clicked(event));
    moveUnderPointer(canvas);
    holdToSelect(canvas, (cell) => selection.toggle(cell.photo.uid, cell.index));
    timeline.addEventListener('failed', ({ detail }) => this.#retryLater(detail));
    for (const topic of ['photos.archived', 'photos.deleted']) {
      on(topic, ({ entities = [] }) => source.remove(entities.filter((uid) => !isOurs(uid))));
    }
    on('reconnected', () => selection.size || source.refresh().catch(toastError));
  }

  /** Reads the photos anew. */
  reload() {
    return this.source.open().catch(toastError);
  }

  /** Reads the photos anew once things have calmed down; what is being looked at or chosen is not taken away. */
  reloadSoon() {
    this.waiting ||= setTimeout(() => {
      this.waiting = 0;
      if (this.selection.size || document.querySelector('.pswp')) this.reloadSoon();
      else void this.reload();
    }, CALM);
  }

  async openViewer(index) {
    history.pushState({ viewer: true }, '', `#${this.source.photo(index).uid}`);
    return this.#showViewer(index);
  }

  #clicked(event) {
    const { timeline, selection } = this;
    const cell = event.target.closest('.cell')?.cell;
    const day = event.target.closest('.pick-day');
    if (day) return selection.toggleAll(day.uids());
    if (!cell || event.ctrlKey || event.metaKey) return undefined;
    event.preventDefault();
    if (event.target.closest('.retry')) return cell.retry();
    if (event.target.closest('.fav')) return this.#toggleFavorite(cell.photo);
    if (event.shiftKey && selection.anchor >= 0) return extendTo(timeline, cell.index);
    if (event.target.closest('.pick') || selection.size || this.picking) return selection.toggle(cell.photo.uid, cell.index);
    return this.openViewer(cell.index);
  }

  #toggleFavorite({ uid, favorite }) {
    return may('library.react_to_photo') && setFavorites(this.source, [uid], !favorite);
  }

  /** Opens a photo by its UID. */
  openPhoto(uid) {
    history.pushState({ viewer: true }, '', `#${uid}`);
    return this.openFromAddress();
  }

  /** #uid in the address is the open photo. */
  async openFromAddress() {
    await this.ready();
    const uid = location.hash.slice(1);
    if (!UID.test(uid) || document.querySelector('.pswp')) return;
    try {
      const { TakenAtLocal: taken } = await get(`photos/${uid}`);
      const index = await this.source.locate(uid, taken);
      if (index < 0) return void toast(t('This photo is not in this view'), { icon: 'circle-alert' });
      await this.timeline.reveal(index, { centre: true });
      await this.#showViewer(index);
    } catch (problem) {
      toastError(problem);
    }
  }

  async #showViewer(index) {
    const { openViewer } = await import('./viewer.js');
    return openViewer(this.timeline, index, { view: this.view });
  }

  #showEmptyOrNot() {
    const state = document.querySelector('.state');
    if (this.source.total) state?.remove();
    else if (!state) this.#showState('nothing-yet');
    document.documentElement.classList.toggle('scrubbed', this.source.total > 0);
  }

  #showState(name, problem) {
    document.getElementById('waiting')?.remove();
    const state = document.getElementById(name).content.firstElementChild.cloneNode(true);
    state.classList.add('state');
    if (problem?.message) state.querySelector('[data-reason]').textContent = problem.message;
    state.querySelector('[data-retry]')?.addEventListener('click', () => location.reload());
    this.canvas.after(state);
  }

  #retryLater(problem) {
    if (this.telling) return;
    this.telling = setTimeout(() => { this.telling = 0; }, 6000);
    toast(problem.message, { icon: 'circle-alert', action: t('Retry'), onAction: () => this.timeline.retry() });
  }
}

/** The height of rows as the style sheet has it, px. */
export function usualRow(canvas) {
  return parseFloat(getComputedStyle(canvas).getPropertyValue('--row')) || 190;
}

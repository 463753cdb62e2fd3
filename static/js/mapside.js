/** Beside the map: the photos in view as the same endless timeline, with the viewer, selection and keyboard. */
import { setFavorites } from './actions.js';
import { get } from './api.js';
import { shortMonthTitle } from './dates.js';
import { extendTo, handleKeys } from './gridkeys.js';
import { t, tn } from './page.js';
import { PhotoSource } from './photosource.js';
import { Selection } from './selection.js';
import { showSelectionBar } from './selectionbar.js';
import { Timeline } from './timeline.js';
import { toastError } from './toast.js';
import { holdToSelect } from './touch.js';

const SETTLED = 250;

/** @returns {Promise<Side>} after the first photos are there */
export async function showPlacesOfView(photoMap, query) {
  const side = new Side(photoMap, query);
  await side.start();
  return side;
}

class Side {
  constructor(photoMap, query) {
    this.photoMap = photoMap;
    this.query = query;
    this.canvas = document.getElementById('timeline');
    this.source = new PhotoSource({ view: '', query: this.#asked() });
    this.selection = new Selection();
    this.timeline = new Timeline(this.canvas, this.source, this.selection, {
      rowHeight: parseFloat(getComputedStyle(this.canvas).getPropertyValue('--row')) || 104,
      photoUrl: (uid) => this.canvas.dataset.photoUrl.replace('UID', uid),
    });
  }

  async start() {
    await this.source.open().catch(toastError);
    this.timeline.start();
    showSelectionBar(document.querySelector('.bar'), document.getElementById('main'), { selection: this.selection, source: this.source, view: '' });
    handleKeys(this.timeline, {
      open: (index) => this.#view(index), toggleFavorite: (photo) => setFavorites(this.source, [photo.uid], !photo.favorite),
    });
    this.canvas.addEventListener('click', (event) => this.#clicked(event));
    holdToSelect(this.canvas, (cell) => this.selection.toggle(cell.photo.uid, cell.index));
    this.photoMap.addEventListener('moved', () => this.#later());
    this.source.addEventListener('change', () => this.#tell());
    this.#tell();
  }

  /** Shows where a photo or cluster is in the list, by its cover. */
  async show({ cover, key, position }) {
    this.photoMap.choose(key);
    const found = this.photoMap.covers.get(cover);
    if (found) await this.open(found.uid, position);
  }

  /** Opens a photo of the list by its UID. */
  async open(uid) {
    try {
      const { TakenAtLocal: taken } = await get(`photos/${uid}`);
      const index = await this.source.locate(uid, taken);
      if (index >= 0) await this.#view(index);
    } catch (problem) {
      toastError(problem);
    }
  }

  #asked() {
    const map = this.photoMap;
    const [west, south, east, north] = map.map ? map.view : [-180, -90, 180, 90];
    // Everything is not asked by a box: photos right at the edge of the world belong to it too.
    const isAll = east - west >= 359 && south < -84 && north > 84;
    const box = isAll ? 'geo:yes' : `latlng:${[north, east, south, west].map((number) => number.toFixed(5)).join(',')}`;
    return [this.query && `(${this.query})`, box].filter(Boolean).join(' ');
  }

  #later() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#ask(), SETTLED);
  }

  async #ask() {
    const query = this.#asked();
    if (query !== this.source.wanted) await this.source.ask(query).catch(toastError);
  }

  #tell() {
    const { total, buckets } = this.source;
    const span = buckets.length ? spanOf(buckets.at(-1).key, buckets[0].key) : '';
    const count = total ? tn('{n} photo', '{n} photos', total) : t('No photos here');
    document.getElementById('map-count').textContent = [count, span].filter(Boolean).join(' · ');
  }

  #clicked(event) {
    const cell = event.target.closest('.cell')?.cell;
    const day = event.target.closest('.pick-day');
    if (day) return this.selection.toggleAll(day.uids());
    if (!cell || event.ctrlKey || event.metaKey) return undefined;
    event.preventDefault();
    if (event.target.closest('.retry')) return cell.retry();
    if (event.target.closest('.fav')) return setFavorites(this.source, [cell.photo.uid], !cell.photo.favorite);
    if (event.shiftKey && this.selection.anchor >= 0) return extendTo(this.timeline, cell.index);
    if (event.target.closest('.pick') || this.selection.size) return this.selection.toggle(cell.photo.uid, cell.index);
    return this.#view(cell.index);
  }

  async #view(index) {
    history.pushState({ viewer: true }, '', `#${this.source.photo(index)?.uid ?? ''}`);
    const { openViewer } = await import('./viewer.js');
    openViewer(this.timeline, index, { view: '' });
  }
}

/** "Jun 2018 – Oct 2026", from keys of buckets. */
function spanOf(oldest, newest) {
  return [...new Set([shortMonthTitle(oldest), shortMonthTitle(newest)])].filter(Boolean).join(' – ');
}

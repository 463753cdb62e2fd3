/** The tray at the edge of the page: what is being uploaded, how far it is, what became of it. */
import { count } from './dates.js';
import { changeIcon, element, iconButton, t, tn } from './page.js';
import { Pace } from './uploadpace.js';
import { canRetry } from './uploadqueue.js';
import { UploadRow } from './uploadrow.js';
import { countItems, pickRows } from './uploadrows.js';
import { UploadThumbs } from './uploadthumbs.js';

/** @typedef {import('./uploadqueue.js').UploadQueue} UploadQueue */

/** The tray is drawn at most so often, ms. */
const CALM = 150;

/** How much of the bar the sending takes; the rest is the server's work. */
const SENDING_SHARE = 0.85;

export class UploadTray {
  /**
   * @param {UploadQueue} queue
   * @param {{addressOf: (album: import('./uploadqueue.js').Album | null, isInReview: boolean) => string}} options where what was
   *   added can be seen, "" where nobody needs to be led there
   */
  constructor(queue, { addressOf }) {
    Object.assign(this, { queue, addressOf });
    /** @type {Map<number, UploadRow>} */
    this.rows = new Map();
    this.pace = new Pace();
    this.announced = '';
    this.timer = 0;
    this.#build();
    queue.addEventListener('change', () => { this.timer ||= setTimeout(() => this.#show(), CALM); });
  }

  #build() {
    const button = (name, label, onclick) => iconButton(name, label, { onclick });
    this.title = element('h2', { tabIndex: -1 });
    this.note = element('p', { className: 'num' });
    this.see = element('a', { className: 'btn', textContent: t('Show') });
    this.hold = button('pause', t('Pause all'), () => (this.queue.isPaused ? this.queue.goOn() : this.queue.pause()));
    this.stop = button('x', t('Cancel all'), () => this.queue.cancelWaiting());
    this.fold = button('chevron-down', t('Fold'), () => this.#fold());
    this.fold.setAttribute('aria-expanded', 'true');
    this.close = button('x', t('Close'), () => this.queue.clear());
    this.bar = element('progress', { className: 'thin', max: 1, value: 0, 'aria-label': t('All uploads') });
    this.list = element('ul', { tabIndex: 0, 'aria-label': t('Files') });
    this.more = element('p', { className: 'more num' });
    this.again = element('button', { className: 'btn', type: 'button', onclick: () => this.queue.items.filter(canRetry).forEach((item) => this.queue.retry(item)) });
    this.foot = element('footer', {}, this.more, this.again);
    this.told = element('p', { className: 'sr', role: 'status' });
    // What is pressed twice stays where it is: nobody means to cancel all with a second press on the pause.
    this.box = element('section', { className: 'tray', 'aria-label': t('Uploads'), hidden: true },
      element('header', {}, element('div', { className: 'head' }, this.title, this.note), this.see, this.stop, this.hold, this.fold, this.close),
      this.bar, this.list, this.foot);
    this.thumbs = new UploadThumbs(this.list);
    document.body.append(this.box, this.told);
  }

  #show() {
    this.timer = 0;
    const { queue } = this;
    const focused = this.box.contains(document.activeElement) && document.activeElement;
    const counted = countItems(queue.items);
    this.box.hidden = !counted.total;
    this.#showHead(counted);
    this.#showRows(counted);
    if (focused) this.#keepFocus(focused);
    this.#announce(counted);
  }

  /** What had the focus may have been moved, or be gone. */
  #keepFocus(focused) {
    const now = document.activeElement;
    if (this.box.hidden || (now !== document.body && this.box.contains(now) && now.checkVisibility())) return;
    if (focused.isConnected && focused.checkVisibility()) focused.focus({ preventScroll: true });
    else this.title.focus();
  }

  #showHead(counted) {
    const { queue } = this;
    const { isSending } = counted;
    const album = queue.items.find(({ state }) => state === 'waiting' || state === 'sending')?.album ?? queue.items.at(-1)?.album ?? null;
    const address = queue.isOver && counted.added ? this.addressOf(album, counted.review === counted.added) : '';
    setText(this.title, this.#heading(counted));
    setText(this.note, this.#note(counted, album));
    this.bar.hidden = queue.isOver;
    this.bar.value = SENDING_SHARE * share(counted.sentBytes, counted.bytes) + (1 - SENDING_SHARE) * share(counted.settled, counted.total);
    this.hold.hidden = !isSending;
    this.stop.hidden = !isSending || !queue.isPaused;
    this.close.hidden = !queue.isOver;
    this.see.hidden = !address;
    if (address) this.see.href = address;
    rename(this.hold, queue.isPaused ? 'play' : 'pause', queue.isPaused ? t('Go on') : t('Pause all'));
  }

  #heading(counted) {
    const { queue } = this;
    const { total, gone, settled, added, known, isSending } = counted;
    if (isSending && queue.isPaused) return t('Upload paused');
    if (isSending) return t('Uploading {n} of {total}', { n: count(Math.min(total, gone + 1)), total: count(total) });
    if (!queue.isOver) return tn('Adding {n} file', 'Adding {n} files', total - settled);
    if (added) return tn('{n} photo added', '{n} photos added', added);
    return known === total && total ? t('Already in your library') : t('Nothing was added');
  }

  #note(counted, album) {
    const { queue, pace } = this;
    const parts = [];
    if (counted.isSending && queue.isPaused) {
      pace.forget();
      parts.push(queue.halted);
    } else if (counted.isSending) {
      pace.note(queue.moved, performance.now());
      parts.push(timeLeft(pace.left(counted.bytes - counted.sentBytes)));
    } else if (queue.isOver) {
      const { added, review, known, refused, failed, total } = counted;
      if (review) parts.push(tn('{n} waits in Review', '{n} wait in Review', review));
      if (known && (added || known < total)) parts.push(t('{n} already in your library', { n: count(known) }));
      if (refused + failed) parts.push(t('{n} not added', { n: count(refused + failed) }));
    }
    if (album) parts.push(t('to “{title}”', album));
    return parts.filter(Boolean).join(' · ');
  }

  #showRows({ failed }) {
    const { rows, more } = pickRows(this.queue.items);
    const wanted = new Set(rows.map(({ id }) => id));
    for (const [id, row] of this.rows) if (!wanted.has(id)) this.#drop(id, row);
    let before = null;
    for (const item of rows) {
      const row = this.#row(item);
      row.show();
      const place = before ? before.nextElementSibling : this.list.firstElementChild;
      if (place !== row.box) this.list.insertBefore(row.box, place);
      before = row.box;
    }
    const again = failed > 1 && this.queue.items.filter(canRetry).length;
    this.more.hidden = !more;
    setText(this.more, more ? t('and {n} more', { n: count(more) }) : '');
    this.again.hidden = !again;
    if (again) setText(this.again, t('Try all {n} again', { n: count(again) }));
    this.foot.hidden = this.list.hidden || (!more && !again);
  }

  #row(item) {
    const known = this.rows.get(item.id);
    if (known) return known;
    const { queue } = this;
    const row = new UploadRow(item, { cancel: (one) => queue.cancel(one), retry: (one) => queue.retry(one), limit: queue.rules.limit });
    this.rows.set(item.id, row);
    this.thumbs.want(row.thumb, item.file);
    return row;
  }

  #drop(id, row) {
    this.thumbs.forget(row.thumb);
    this.rows.delete(id);
    row.box.remove();
  }

  #fold() {
    const isFolded = !this.list.hidden;
    this.list.hidden = isFolded;
    this.fold.setAttribute('aria-expanded', String(!isFolded));
    rename(this.fold, 'chevron-down', isFolded ? t('Unfold') : t('Fold'));
    this.#show();
  }

  /** Said aloud: the beginning, a pause, the end; not every step between. */
  #announce(counted) {
    const { queue } = this;
    const { total, isSending } = counted;
    let said = '';
    if (isSending && queue.isPaused) said = [t('Upload paused'), queue.halted].filter(Boolean).join('. ');
    else if (isSending) said = tn('Uploading {n} file', 'Uploading {n} files', total);
    else if (total && queue.isOver) said = [this.title.textContent, this.note.textContent].filter(Boolean).join('. ');
    if (said && said !== this.announced) setText(this.told, said);
    this.announced = said || this.announced;
  }
}

/** @param {number | null} seconds */
function timeLeft(seconds) {
  if (seconds === null) return '';
  if (seconds < 60) return t('Less than a minute left');
  if (seconds < 5400) return t('About {n} min left', { n: count(Math.round(seconds / 60)) });
  return t('About {n} h left', { n: count(Math.round(seconds / 3600)) });
}

function share(part, whole) {
  return whole ? part / whole : 1;
}

/** Texts that stay are left alone, so that nothing is read aloud or selected anew. */
function setText(box, text) {
  if (box.textContent !== text) box.textContent = text;
}

function rename(button, name, label) {
  if (button.title === label) return;
  button.title = label;
  button.setAttribute('aria-label', label);
  changeIcon(button.firstElementChild, name);
}

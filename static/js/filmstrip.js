/** The strip of small photos around the one that is open. */
import { config, element, isRtl, t } from './page.js';

/** Photos on either side. */
const AROUND = 12;

/** Width of a photo with its gap, px. */
const ITEM = 48;

export class Filmstrip {
  /** @param {import('./photosource.js').PhotoSource} source @param {(index: number) => void} open */
  constructor(source, open) {
    this.source = source;
    this.track = element('div', { className: 'track' });
    this.box = element('nav', { className: 'filmstrip not-phone', 'aria-label': t('Photos around this one') }, this.track);
    /** @type {Map<number, HTMLElement>} */
    this.items = new Map();
    this.box.addEventListener('click', (event) => {
      const item = event.target.closest('a');
      if (!item) return;
      event.preventDefault();
      open(Number(item.dataset.index));
    });
  }

  /** Slides so that this photo is in the middle. */
  show(index) {
    const from = Math.max(0, index - AROUND);
    const to = Math.min(this.source.total - 1, index + AROUND);
    for (const [at, item] of this.items) {
      if (at < from || at > to) {
        item.remove();
        this.items.delete(at);
      }
    }
    for (let at = to; at >= from; at -= 1) this.#ensure(at);
    for (const [at, item] of this.items) {
      if (at === index) item.setAttribute('aria-current', 'true');
      else item.removeAttribute('aria-current');
    }
    this.#centre(index);
  }

  /** Photos came or went: the indexes mean other photos. */
  reset() {
    this.items.clear();
    this.track.replaceChildren();
  }

  /** The track is centred as a whole; with unequal sides, or photos still to be loaded, it is moved by half of the difference. */
  #centre(index) {
    const before = [...this.items.keys()].filter((at) => at < index).length;
    const after = this.items.size - before - 1;
    const shift = ((after - before) * ITEM) / 2;
    this.track.style.transform = `translateX(${isRtl ? -shift : shift}px)`;
  }

  #ensure(index) {
    const photo = this.source.photo(index);
    if (this.items.has(index) || !photo) return;
    const item = element('a', { href: `#${photo.uid}`, tabIndex: -1, 'aria-label': photo.title || t('Photo') }, element('img', {
      src: `/api/v1/t/${photo.hash}/${config.previewToken}/tile_224`, alt: '', decoding: 'async', draggable: false,
    }));
    item.dataset.index = String(index);
    this.track.insertBefore(item, this.#follower(index));
    this.items.set(index, item);
  }

  #follower(index) {
    for (let at = index + 1; at <= index + 2 * AROUND + 1; at += 1) if (this.items.has(at)) return this.items.get(at);
    return null;
  }
}

/** One photo in the grid: built once, filled again and again as the grid scrolls. */
import { count, duration, fullDate } from './dates.js';
import { config, element, icon, t } from './page.js';
import { colourOf, pictureOf } from './placeholder.js';
import { cellSize } from './thumbs.js';

/** What a type says in the corner; photos say nothing. */
const BADGES = {
  raw: { text: 'RAW' },
  live: { icon: 'circle-dot', text: 'Live' },
  video: { icon: 'play', kind: 'fill' },
  animated: { icon: 'film', text: 'GIF' },
};

export class Cell {
  constructor() {
    this.img = element('img', { alt: '', decoding: 'async', draggable: false });
    this.link = element('a', { tabIndex: -1 }, this.img);
    this.check = element('button', { className: 'pick', type: 'button', tabIndex: -1 }, element('span', {}, icon('check', 's')));
    this.heart = icon('heart', 's');
    this.fav = element('button', { className: 'fav', type: 'button', tabIndex: -1 }, this.heart);
    this.badges = element('span', { className: 'badges' });
    this.box = element('li', { className: 'cell' }, this.link, this.check, this.fav, this.badges);
    this.img.addEventListener('load', () => this.#arrived());
    this.img.addEventListener('error', () => this.#failed());
    this.clear();
  }

  /** Whether the blurred stand-in would still be seen. */
  get isWaiting() {
    return !this.isLoaded && !this.hasPicture;
  }

  /**
   * @param {import('./photosource.js').Photo} photo
   * @param {number} index in the whole view
   * @param {{href: string, total: number, selected: boolean}} context
   */
  fill(photo, index, { href, total, selected }) {
    const name = photo.title || fullDate(photo.day) || t('Photo');
    this.photo = photo;
    this.index = index;
    this.link.href = href;
    this.link.setAttribute('aria-label', name);
    this.box.setAttribute('aria-posinset', index + 1);
    this.box.setAttribute('aria-setsize', total);
    this.check.setAttribute('aria-label', t('Select {name}', { name }));
    this.fav.setAttribute('aria-label', t('Favourite {name}', { name }));
    this.link.style.backgroundColor = colourOf(photo.thumbhash);
    this.#badge(photo);
    this.showFavorite(photo.favorite);
    this.showSelected(selected);
  }

  showSelected(selected) {
    this.check.setAttribute('aria-pressed', selected);
  }

  showFavorite(favorite) {
    this.fav.setAttribute('aria-pressed', favorite);
    this.heart.classList.toggle('fill', favorite);
  }

  /** @param {{label: string}[]} reasons why a search found the photo, as tags; [] takes them away */
  showReasons(reasons) {
    const text = reasons.map(({ label }) => label).join(' · ');
    if (text === this.reasons) return;
    this.reasons = text;
    this.why?.remove();
    this.why = text ? element('span', { className: 'why' }, ...reasons.map(({ label }) => element('span', { className: 'badge', textContent: label }))) : null;
    if (this.why) this.box.append(this.why);
  }

  /** @param {number} x px from the inline start @param {number} y @param {number} width @param {number} height */
  place(x, y, width, height) {
    const { style } = this.box;
    style.transform = `translate(${document.documentElement.dir === 'rtl' ? -x : x}px, ${y}px)`;
    style.inlineSize = `${width}px`;
    style.blockSize = `${height}px`;
    this.width = width;
    this.height = height;
  }

  /** Asks for the photo itself; a second call for the same photo does nothing. */
  load() {
    if (this.img.hasAttribute('src')) return;
    const size = cellSize(this.width, this.height, this.photo.ratio, devicePixelRatio);
    this.img.src = `/api/v1/t/${this.photo.hash}/${config.previewToken}/${size}`;
    this.isLoaded = this.img.complete && this.img.naturalWidth > 0;
    this.box.classList.toggle('arriving', !this.isLoaded);
  }

  showPicture() {
    const picture = pictureOf(this.photo.thumbhash);
    if (picture) this.link.style.backgroundImage = `url(${picture})`;
    this.hasPicture = true;
  }

  retry() {
    this.#mend();
    this.img.removeAttribute('src');
    this.load();
  }

  /** Back to a blank cell that costs nothing and fetches nothing. */
  clear() {
    this.photo = null;
    this.index = -1;
    this.isLoaded = false;
    this.hasPicture = false;
    this.layout = null;
    this.link.tabIndex = -1;
    this.link.style.backgroundImage = '';
    this.img.removeAttribute('src');
    this.showReasons([]);
    this.#mend();
  }

  #badge(photo) {
    const kind = BADGES[photo.type];
    const badges = [];
    if (photo.files > 1) badges.push(badge(icon('layers-2'), count(photo.files)));
    if (kind) badges.push(badge(kind.icon && icon(kind.icon, kind.kind), photo.type === 'video' && photo.duration ? duration(photo.duration) : kind.text));
    if (badges.length || this.badges.childElementCount) this.badges.replaceChildren(...badges);
  }

  #arrived() {
    this.isLoaded = true;
    this.box.classList.remove('arriving');
    this.link.style.backgroundImage = '';
    // What shines through a transparent picture is the page.
    this.link.style.backgroundColor = '';
  }

  #failed() {
    if (!this.photo || this.notice) return;
    this.box.classList.remove('arriving');
    this.box.classList.add('failed');
    const name = this.photo.title || this.photo.uid;
    this.notice = element('div', { className: 'notice' },
      element('span', { className: 'truncate', textContent: name, title: name }),
      element('button', { className: 'btn retry', type: 'button', textContent: t('Retry') }));
    this.box.append(this.notice);
  }

  #mend() {
    this.notice?.remove();
    this.notice = null;
    this.box.classList.remove('failed', 'arriving');
  }
}

function badge(picture, text) {
  return element('span', { className: 'badge' }, picture ?? null, text ? t(text) : null);
}


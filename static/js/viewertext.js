/** The text in a photo: a layer of selectable lines that lie where they stand in the picture, at any zoom. */
import { get } from './api.js';
import { element, t } from './page.js';
import { corners, matrixOf } from './textlines.js';

/** Width of the layer before it is scaled to that of the picture, and letter size in it, px. */
const WIDTH = 1000;
const LETTER = 20;
const FONT = `${LETTER}px sans-serif`;

const ruler = document.createElement('canvas').getContext('2d');

export class ViewerText {
  /**
   * @param {object} swipe the PhotoSwipe of the viewer
   * @param {(has: boolean, isOn: boolean) => void} tell whether there is text, and whether it may be selected
   */
  constructor(swipe, tell) {
    Object.assign(this, { swipe, tell, isOn: false });
    swipe.on('imageSizeChange', ({ slide }) => slide === this.slide && this.#fit());
  }

  /** Another picture is shown; whether it has text is not known yet. */
  wait() {
    this.photo = null;
    this.#remove();
    this.tell(false, false);
  }

  /** @param {{uid: string, hash: string}} photo as it is looked at @param {{TextLines?: number}} details */
  offer(photo, { TextLines: lines = 0 }) {
    const isSame = this.photo?.uid === photo.uid && this.photo.hash === photo.hash;
    // A slide that was made anew has lost its layer.
    if (isSame && (!this.isOn || this.layer?.isConnected)) return;
    this.wait();
    if (!lines || photo.type === 'video') return;
    this.photo = photo;
    this.tell(true, this.isOn);
    if (this.isOn) void this.#show();
  }

  toggle() {
    if (!this.photo) return;
    this.isOn = !this.isOn;
    this.tell(true, this.isOn);
    if (this.isOn) void this.#show();
    else this.#remove();
  }

  async #show() {
    const { photo } = this;
    const { Hash: hash, Lines: lines } = await get(`photos/${photo.uid}/text`).catch(() => ({ Lines: [] }));
    if (this.photo !== photo || !this.isOn || this.layer) return;
    // What was read is not what is shown, such as another file of a stack.
    if (!lines.length || hash !== photo.hash) {
      this.wait();
      return;
    }
    this.slide = this.swipe.currSlide;
    this.layer = layerOf(lines, photo.ratio);
    this.slide.container.append(this.layer);
    this.#fit();
  }

  #remove() {
    this.layer?.remove();
    this.layer = null;
    this.slide = null;
  }

  #fit() {
    const width = this.slide?.content?.displayedImageWidth;
    if (width && this.layer) this.layer.style.transform = `scale(${width / WIDTH})`;
  }
}

function layerOf(lines, ratio) {
  const layer = element('div', { className: 'textlayer', role: 'group', 'aria-label': t('Text in the picture') });
  layer.style.width = `${WIDTH}px`;
  layer.style.height = `${WIDTH / ratio}px`;
  layer.append(...lines.map(({ Text: text, Box: box }) => lineOf(text, corners(box, WIDTH, WIDTH / ratio))));
  // The picture must not be dragged or zoomed by who selects.
  for (const kind of ['pointerdown', 'click', 'dblclick']) layer.addEventListener(kind, (event) => event.target !== layer && event.stopPropagation());
  return layer;
}

function lineOf(text, points) {
  ruler.font = FONT;
  const line = element('div', { textContent: text, dir: 'auto' });
  const [{ x, y }] = points;
  const { width } = ruler.measureText(text);
  Object.assign(line.style, { font: FONT, lineHeight: `${LETTER}px`, left: `${x}px`, top: `${y}px`, width: `${width}px`, transform: matrixOf(points, width, LETTER) });
  return line;
}

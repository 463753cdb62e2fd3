/** Live Photos in the viewer: a button and a held finger move them, a mouse that comes upon them once; sound on demand. */
import { Motion, moves } from './motion.js';
import { changeIcon, element, icon, iconButton, t } from './page.js';

const HELD = 350;
const SLIP = 12;
const RESTED = 250;

export class ViewerMotion {
  /** @param {object} swipe the PhotoSwipe of the viewer */
  constructor(swipe) {
    this.swipe = swipe;
    this.isMuted = true;
    this.button = element('button', { className: 'btn live', type: 'button', 'aria-pressed': 'false' }, icon('circle-dot', 's'), t('Live'));
    this.sound = iconButton('volume-x', t('Sound'), { 'aria-pressed': 'false' });
    this.box = element('div', { className: 'livebar', hidden: true }, this.button, this.sound);
    this.button.addEventListener('click', () => this.toggle());
    this.button.addEventListener('pointerenter', ({ pointerType }) => pointerType === 'mouse' && this.play());
    this.sound.addEventListener('click', () => this.#toggleSound());
    this.#watchPointer(swipe.element);
    swipe.on('imageSizeChange', () => this.#fit());
    swipe.on('close', () => this.stop());
  }

  /** Another photo is shown. */
  changed(photo) {
    if (photo.uid === this.photo?.uid) return;
    this.stop();
    this.hasMoved = false;
    this.photo = photo;
    this.box.hidden = !moves(photo);
  }

  get canMove() {
    return !this.box.hidden;
  }

  play({ loop = true } = {}) {
    const host = this.swipe.currSlide?.container;
    if (!this.canMove || this.motion || !host) return;
    this.hasMoved = true;
    this.motion = new Motion(host, this.photo, { loop, muted: this.isMuted, onEnd: () => this.#ended() });
    this.button.setAttribute('aria-pressed', 'true');
    this.#fit();
  }

  stop() {
    clearTimeout(this.timer);
    this.motion?.stop();
  }

  toggle() {
    // The hovering mouse may have started it already: the first click then keeps it.
    if (this.motion && this.isKept) {
      this.stop();
    } else {
      this.play();
      this.isKept = true;
    }
  }

  #ended() {
    this.motion = null;
    this.isKept = false;
    this.button.setAttribute('aria-pressed', 'false');
  }

  #toggleSound() {
    this.isMuted = !this.isMuted;
    this.sound.setAttribute('aria-pressed', String(!this.isMuted));
    changeIcon(this.sound.firstChild, this.isMuted ? 'volume-x' : 'volume-2');
    this.play();
    if (!this.motion) return;
    this.isKept = true;
    this.motion.isMuted = this.isMuted;
  }

  /** The video has the box of the picture, whatever its own shape. */
  #fit() {
    const { content } = this.swipe.currSlide ?? {};
    if (!this.motion || !content?.element) return;
    const { style } = this.motion.video;
    style.inlineSize = content.element.style.width || `${content.displayedImageWidth}px`;
    style.blockSize = content.element.style.height || `${content.displayedImageHeight}px`;
  }

  #watchPointer(root) {
    let start = { x: 0, y: 0 };
    const isPicture = ({ target }) => Boolean(target.closest?.('.pswp__zoom-wrap'));
    root.addEventListener('pointerdown', (event) => {
      start = { x: event.clientX, y: event.clientY };
      clearTimeout(this.timer);
      if (!this.canMove || !isPicture(event)) return;
      this.timer = setTimeout(() => {
        this.isHeld = true;
        this.play();
      }, HELD);
    });
    root.addEventListener('pointermove', (event) => {
      const isAway = Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLIP;
      if (event.buttons && isAway && !this.isHeld) clearTimeout(this.timer);
      if (event.pointerType === 'mouse' && !event.buttons) this.#rests(isPicture(event));
    });
    for (const end of ['pointerup', 'pointercancel']) root.addEventListener(end, () => this.#released());
    // The click that ends holding is none.
    root.addEventListener('click', (event) => this.#swallow(event), { capture: true });
    root.addEventListener('contextmenu', (event) => this.isHeld && event.preventDefault());
  }

  /** A mouse that comes to rest upon the picture moves it once. */
  #rests(onPicture) {
    if (!onPicture || this.hasMoved || !this.canMove) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.play({ loop: false }), RESTED);
  }

  #released() {
    clearTimeout(this.timer);
    if (!this.isHeld) return;
    setTimeout(() => { this.isHeld = false; }, 50);
    if (!this.isKept) this.stop();
  }

  #swallow(event) {
    if (this.isHeld && event.target.closest?.('.pswp__zoom-wrap')) event.stopPropagation();
  }
}

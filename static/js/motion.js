/** The moving part of a Live Photo: a muted video laid over its picture, gone again when it stops. */
import { get } from './api.js';
import { element } from './page.js';
import { ownCodec, videoPath, whenMade } from './videosource.js';

/** Addresses that played, by hash: the next time nothing has to be asked. */
const played = new Map();

/** @param {{type: string}} photo */
export function moves({ type }) {
  return type === 'live';
}

/** One video over one picture. What the browser does not play is converted first, and plays as soon as that is done. */
export class Motion {
  /**
   * @param {HTMLElement} host is positioned; the video fills it
   * @param {import('./photosource.js').Photo} photo
   * @param {{loop?: boolean, muted?: boolean, onEnd?: () => void}} [options]
   */
  constructor(host, { hash }, { loop = true, muted = true, onEnd } = {}) {
    Object.assign(this, { hash, onEnd });
    this.video = element('video', { className: 'motion', muted, loop, playsInline: true, preload: 'auto', tabIndex: -1 });
    this.video.setAttribute('aria-hidden', 'true');
    this.video.disableRemotePlayback = true;
    // Seen only once it moves: until then the picture is the better poster.
    this.video.addEventListener('playing', () => this.#moves());
    this.video.addEventListener('ended', () => this.stop());
    this.video.addEventListener('error', () => this.#refused());
    host.append(this.video);
    void this.#begin();
  }

  async #begin() {
    const address = played.get(this.hash) ?? await this.#find().catch(() => null);
    if (this.isOver) return;
    if (!address) return void this.stop();
    this.video.src = address;
    // What it is refused for comes as an error event; a play() that was cut short by stop() is none.
    this.video.play().catch(() => {});
  }

  async #find() {
    const path = videoPath(this.hash);
    const state = await get(`${path}/avc/status`);
    const own = ['original', 'ready'].includes(state.state) ? null : await ownCodec(path, state, this.video);
    if (own) return `/api/v1/${path}/${own.form}`;
    return whenMade(path, 'avc', () => this.isOver);
  }

  #moves() {
    this.video.classList.add('seen');
    played.set(this.hash, this.video.getAttribute('src'));
  }

  /** What was made may have gone again to make room: it is asked for once more. */
  #refused() {
    if (this.isOver || !played.delete(this.hash)) return void this.stop();
    return void this.#begin();
  }

  get isMuted() {
    return this.video.muted;
  }

  set isMuted(muted) {
    this.video.muted = muted;
  }

  stop() {
    if (this.isOver) return;
    this.isOver = true;
    this.video.pause();
    this.video.remove();
    // An empty source ends the download, which removing alone does not.
    this.video.removeAttribute('src');
    this.video.load();
    this.onEnd?.();
  }
}

/** The moving part of a Live Photo: a muted video laid over its picture, gone again when it stops. */
import { config, element } from './page.js';

/** @param {{type: string}} photo */
export function moves({ type }) {
  return type === 'live';
}

export function motionUrl({ hash }) {
  return `/api/v1/videos/${hash}/${config.previewToken}/mp4`;
}

/** A video that players do not know is converted first: asked for again so often, ms apart. */
const TRIES = 8;
const PAUSE = 1500;

/** One video over one picture. */
export class Motion {
  /**
   * @param {HTMLElement} host is positioned; the video fills it
   * @param {import('./photosource.js').Photo} photo
   * @param {{loop?: boolean, muted?: boolean, onEnd?: () => void}} [options]
   */
  constructor(host, photo, { loop = true, muted = true, onEnd } = {}) {
    this.onEnd = onEnd;
    this.video = element('video', { className: 'motion', muted, loop, playsInline: true, preload: 'auto', src: motionUrl(photo), tabIndex: -1 });
    this.video.setAttribute('aria-hidden', 'true');
    this.video.disableRemotePlayback = true;
    // Seen only once it moves: until then the picture is the better poster.
    this.video.addEventListener('playing', () => this.video.classList.add('seen'));
    this.video.addEventListener('ended', () => this.stop());
    this.video.addEventListener('error', () => this.#tryAgain());
    this.tries = TRIES;
    host.append(this.video);
    this.#play();
  }

  #play() {
    // What it is refused for comes as an error event; a play() that was cut short by stop() is none.
    this.video.play().catch(() => {});
  }

  #tryAgain() {
    this.tries -= 1;
    if (this.isOver || this.tries <= 0) return this.stop();
    return setTimeout(() => {
      if (this.isOver) return;
      this.video.load();
      this.#play();
    }, PAUSE);
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

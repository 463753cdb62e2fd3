/** The slideshow: goes on when the photo has been seen for five seconds. */

const SEEN = 5000;

export class Slideshow {
  /** @param {{next: () => void, index: number, source: {total: number}, bar: any, swipe: any}} viewer */
  constructor(viewer) {
    this.viewer = viewer;
    this.isRunning = false;
  }

  toggle() {
    if (this.isRunning) this.stop();
    else this.start();
  }

  start() {
    this.isRunning = true;
    this.#tell();
    this.changed();
  }

  stop() {
    this.isRunning = false;
    clearTimeout(this.timer);
    this.#tell();
  }

  /** Another photo is shown: its time begins. */
  changed() {
    clearTimeout(this.timer);
    if (this.isRunning) this.timer = setTimeout(() => this.#advance(), SEEN);
  }

  #advance() {
    const { viewer } = this;
    if (viewer.index >= viewer.source.total - 1) this.stop();
    else viewer.next();
  }

  #tell() {
    this.viewer.bar?.setSlideshow(this.isRunning);
    this.viewer.swipe.element?.classList.toggle('showing', this.isRunning);
  }
}

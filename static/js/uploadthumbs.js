/** Small pictures of files that are still here: one at a time, and only of rows that are seen. */

/** Pixels of the drawn square; it is shown at half of that. */
const SIDE = 80;

/** Larger pictures would take the memory of the page, bytes. */
const LARGEST = 60_000_000;

export class UploadThumbs {
  /** @param {HTMLElement} list the rows scroll in */
  constructor(list) {
    /** @type {Map<Element, File>} */
    this.wanted = new Map();
    this.seen = new Set();
    this.isDrawing = false;
    this.watcher = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) this.seen.add(target);
        else this.seen.delete(target);
      }
      void this.#draw();
    }, { root: list });
  }

  /** Puts a picture of the file into `box` as soon as that is seen. @param {HTMLElement} box @param {File | null} file */
  want(box, file) {
    if (!file || file.size > LARGEST || !/^image\/(?!svg)/.test(file.type)) return;
    this.wanted.set(box, file);
    this.watcher.observe(box);
  }

  /** @param {HTMLElement} box */
  forget(box) {
    this.wanted.delete(box);
    this.seen.delete(box);
    this.watcher.unobserve(box);
  }

  async #draw() {
    if (this.isDrawing) return;
    this.isDrawing = true;
    for (let box = this.#next(); box; box = this.#next()) {
      const file = this.wanted.get(box);
      this.forget(box);
      // What this browser cannot decode keeps its icon.
      const picture = await createImageBitmap(file, { resizeHeight: SIDE, resizeQuality: 'medium' }).catch(() => null);
      if (picture) box.replaceChildren(squareOf(picture));
      picture?.close();
    }
    this.isDrawing = false;
  }

  #next() {
    for (const box of this.seen) if (this.wanted.has(box)) return box;
    return null;
  }
}

function squareOf(picture) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: SIDE, height: SIDE });
  const scale = Math.max(SIDE / picture.width, SIDE / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext('2d').drawImage(picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height);
  return canvas;
}

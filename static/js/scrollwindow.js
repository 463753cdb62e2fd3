/** A window of limited height that slides over a taller virtual page. Pure. */

/** Chromium clamps an element at 33,554,428 px and Firefox earlier; a million photos need 47 million. */
export const WINDOW = 6_000_000;

/** Virtual positions (px from the first photo) against positions in the scrolled element. */
export class ScrollWindow {
  constructor(limit = WINDOW) {
    this.limit = limit;
    this.total = 0;
    this.offset = 0;
  }

  /** Height of the element that scrolls, px. */
  get height() {
    return Math.min(this.total, this.limit);
  }

  resize(total) {
    this.total = total;
    this.offset = Math.max(0, Math.min(this.offset, total - this.height));
  }

  /** Centres the window on a virtual position; returns that position inside the element. */
  centre(position) {
    const furthest = Math.max(0, this.total - this.limit);
    this.offset = Math.max(0, Math.min(Math.round(position - this.limit / 2), furthest));
    return position - this.offset;
  }

  /** Whether the reader comes near an end of the element while there is more beyond it. */
  isNearEdge(inside) {
    const before = inside < this.limit * 0.1 && this.offset > 0;
    const after = inside > this.limit * 0.9 && this.offset + this.limit < this.total;
    return before || after;
  }
}

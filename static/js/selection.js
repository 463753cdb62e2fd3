/** Which photos are selected, with the anchor that Shift extends from. Pure. */

export class Selection extends EventTarget {
  constructor() {
    super();
    /** @type {Set<string>} uids */
    this.uids = new Set();
    /** Index of the photo toggled last: where a range starts. */
    this.anchor = -1;
  }

  get size() {
    return this.uids.size;
  }

  has(uid) {
    return this.uids.has(uid);
  }

  toggle(uid, index) {
    if (!this.uids.delete(uid)) this.uids.add(uid);
    this.anchor = index;
    this.#changed();
  }

  add(uids) {
    for (const uid of uids) this.uids.add(uid);
    this.#changed();
  }

  remove(uids) {
    for (const uid of uids) this.uids.delete(uid);
    this.#changed();
  }

  /** Selects all of them, or none if all were selected. */
  toggleAll(uids) {
    if (uids.every((uid) => this.uids.has(uid))) this.remove(uids);
    else this.add(uids);
  }

  clear() {
    if (!this.uids.size) return;
    this.uids.clear();
    this.anchor = -1;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

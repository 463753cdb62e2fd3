/** The virtual timeline: a million photos, of which the page holds the few on screen. */
import { Cell } from './cell.js';
import { makeDay, makeSection, moveTo } from './dayblock.js';
import { ScrollWindow } from './scrollwindow.js';
import { TimelineLayout } from './timelinelayout.js';

/** Cells are drawn this far beyond the screen, buckets loaded this far, px. */
const DRAWN = 600;
const LOADED = 2000;

/** Faster than this (px per frame) nobody sees photos: nothing is fetched until the scrolling slows down. */
const SKIMMING = 1500;
const SETTLED = 80;

const SPARE_CELLS = 200;

/** Time per frame for drawing blurred stand-ins, ms. */
const PICTURE_BUDGET = 4;

export class Timeline extends EventTarget {
  /**
   * @param {HTMLElement} canvas the element whose height is the (window of the) timeline
   * @param {import('./photosource.js').PhotoSource} source
   * @param {import('./selection.js').Selection} selection
   * @param {{rowHeight: number, photoUrl: (uid: string) => string}} options
   */
  constructor(canvas, source, selection, { rowHeight, photoUrl }) {
    super();
    Object.assign(this, { canvas, source, selection, rowHeight, photoUrl });
    this.window = new ScrollWindow();
    /** @type {Map<number, Cell>} by index of the photo */
    this.cells = new Map();
    /** @type {Cell[]} */
    this.spare = [];
    /** @type {Map<object, HTMLElement>} bucket or day block to its element */
    this.sections = new Map();
    this.blocks = new Map();
    this.layout = new TimelineLayout(source);
    /** Buckets that could not be loaded, until `retry`. */
    this.failed = new Set();
    /** Index of the photo that Tab reaches. */
    this.focused = 0;
    this.lastTop = 0;
  }

  /** Starts drawing; the source must be open. */
  start() {
    this.measure();
    addEventListener('scroll', () => this.schedule(), { passive: true });
    new ResizeObserver(() => this.measure()).observe(this.canvas.parentElement);
    this.source.addEventListener('change', () => this.rebuild());
    this.source.addEventListener('load', ({ detail }) => this.#bucketArrived(detail));
    this.source.addEventListener('photo', ({ detail }) => this.#photoChanged(detail));
    this.selection.addEventListener('change', () => this.#selectionChanged());
  }

  /** Virtual position of the top of the screen; negative while what is above the timeline shows. */
  get top() {
    return scrollY - this.canvasTop + this.window.offset;
  }

  /** Scrolls to a virtual position. */
  goTo(position) {
    const inside = this.window.centre(Math.min(position, this.window.total));
    this.canvas.style.blockSize = `${this.window.height}px`;
    scrollTo(0, Math.max(0, inside + this.canvasTop));
    this.schedule();
  }

  /** Where one is in the photos, however they will be laid out; null at their top. */
  get place() {
    return this.top > 0 && !this.layout.isEmpty ? this.layout.indexAt(this.top) : null;
  }

  /** Begins anew with other photos, at a place noted before or at the top. */
  restart(place = null) {
    this.focused = 0;
    this.failed.clear();
    this.measure();
    if (place) this.goToPosition(place);
    else this.goTo(-this.canvasTop);
  }

  setRowHeight(height) {
    this.rowHeight = height;
    this.#keepAnchor(() => this.#layOutAll());
  }

  /** Reads sizes from the page; lays out again if the width changed. */
  measure() {
    this.canvasTop = this.canvas.getBoundingClientRect().top + scrollY;
    /** What stands below the photos, px. */
    this.tail = parseFloat(getComputedStyle(this.canvas.parentElement).paddingBlockEnd);
    const width = this.canvas.clientWidth;
    const style = getComputedStyle(this.canvas);
    const phone = innerWidth < 768;
    const margin = phone ? parseFloat(style.getPropertyValue('--gutter')) : 0;
    this.barHeight = parseFloat(style.getPropertyValue('--bar'));
    if (width === this.frame?.width) return;
    this.frame = {
      width, margin, gap: parseFloat(style.getPropertyValue('--grid-gap')), target: this.rowHeight,
      head: phone ? 48 : 44, dayGap: phone ? 14 : 24, narrowest: phone ? 168 : 136, month: phone ? 44 : 56,
      between: phone ? 12 : 28, low: { top: 38, head: 26, narrowest: 148 },
    };
    this.#keepAnchor(() => this.#layOutAll());
  }

  /** Draws anew after photos came or went; keeps the place. */
  rebuild() {
    this.#dropAll();
    this.#keepAnchor(() => this.#layOutAll());
    this.dispatchEvent(new Event('rebuilt'));
  }

  /** Asks again for what could not be loaded. */
  retry() {
    this.failed.clear();
    this.schedule();
  }

  schedule() {
    this.frameRequest ||= requestAnimationFrame(() => {
      this.frameRequest = 0;
      this.render();
    });
  }

  // ---------- where things are ----------

  boxOf(index) {
    return this.layout.boxOf(index);
  }

  /** Index of the photo at the top of the screen, with a fraction; in the last screenful that place moves to the bottom. */
  positionNow() {
    const end = this.layout.total + this.tail - innerHeight;
    const left = Math.max(0, end - this.top);
    const zone = Math.min(innerHeight, end + this.canvasTop);
    const moved = zone > 0 && left < zone ? innerHeight * (1 - left / zone) : 0;
    return this.layout.indexAt(this.top + 1 + moved);
  }

  /** Scrolls so that the photo with this (fractional) index is at the top. */
  goToPosition(position) {
    this.goTo(this.layout.positionOf(position));
  }

  /** Scrolls as little as needed to show a photo, once its bucket is loaded. */
  async reveal(index, { centre = false } = {}) {
    const { bucket, number } = this.source.where(index);
    if (!this.layout.places[number].layout) await this.source.load(bucket, { needed: true });
    if (!this.layout.places[number].layout) this.#bucketArrived(bucket);
    const box = this.boxOf(index);
    const upper = this.top + this.barHeight + this.frame.head + 12;
    const lower = this.top + innerHeight - 96;
    if (centre && (box.y < this.top || box.y + box.height > lower)) this.goTo(box.y - (innerHeight - box.height) / 2);
    else if (box.y < upper) this.goTo(this.top - (upper - box.y));
    else if (box.y + box.height > lower) this.goTo(this.top + box.y + box.height - lower);
    this.render();
  }

  /** Makes a photo the one that Tab reaches. */
  setFocused(index) {
    const before = this.cells.get(this.focused);
    if (before) before.link.tabIndex = -1;
    this.focused = index;
    const cell = this.cells.get(index);
    if (cell) cell.link.tabIndex = 0;
  }

  /** @returns {Cell | undefined} the cell, if it is drawn */
  cellOf(index) {
    return this.cells.get(index);
  }

  /** Changes the layout without moving what is being looked at. */
  #keepAnchor(change) {
    const { top } = this;
    const anchor = top > 0 && !this.layout.isEmpty ? this.layout.anchorAt(top, top + innerHeight) : null;
    change();
    this.window.resize(this.layout.total);
    this.canvas.style.blockSize = `${this.window.height}px`;
    const wanted = anchor && this.source.total ? this.layout.topFor(anchor) : null;
    if (wanted !== null && Math.abs(wanted - this.top) > 0.5) this.goTo(wanted);
    this.schedule();
  }

  #layOutAll() {
    // What a search finds is often one photo of a month: such months share a line.
    this.layout.layOutAll({ ...this.frame, target: this.rowHeight, inLine: this.source.query !== '' });
  }

  #bucketArrived(bucket) {
    const number = this.source.buckets.indexOf(bucket);
    if (number >= 0) this.#keepAnchor(() => this.layout.layOut(number));
  }

  // ---------- drawing ----------

  render() {
    if (!this.source.total || this.layout.isEmpty) return this.#dropAll();
    if (this.window.isNearEdge(scrollY - this.canvasTop)) this.goTo(this.top);
    const { top } = this;
    const isSkimming = Math.abs(top - this.lastTop) > SKIMMING;
    this.lastTop = top;
    if (isSkimming) this.#drawWhenSettled();
    else this.#loadAround(top);
    this.#draw(top - DRAWN, top + innerHeight + DRAWN, isSkimming);
    this.dispatchEvent(new Event('scrolled'));
  }

  #drawWhenSettled() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.schedule(), SETTLED);
  }

  #loadAround(top) {
    const first = this.layout.firstBucketAt(top - LOADED);
    const last = this.layout.bucketAt(top + innerHeight + LOADED);
    this.source.keepNear(first, last);
    for (let number = first; number <= last; number += 1) {
      const bucket = this.source.buckets[number];
      if (!bucket.columns && !this.failed.has(bucket)) this.#load(bucket);
      else if (bucket.columns && !this.layout.places[number].layout) this.#bucketArrived(bucket);
    }
  }

  #load(bucket) {
    this.source.load(bucket).catch((problem) => {
      if (problem.name === 'AbortError') return;
      this.failed.add(bucket);
      this.dispatchEvent(new CustomEvent('failed', { detail: problem }));
    });
  }

  #draw(from, to, isSkimming) {
    const kept = { cells: new Set(), blocks: new Set(), sections: new Set() };
    const last = this.layout.bucketAt(to);
    for (let number = this.layout.firstBucketAt(from); number <= last; number += 1) {
      this.#drawBucket(number, from, to, kept);
    }
    this.#keepFocused(kept);
    this.#dropExcept(kept);
    this.#keepReachable();
    for (const cell of this.cells.values()) if (!isSkimming) cell.load();
    this.#drawPictures();
  }

  #drawBucket(number, from, to, kept) {
    const bucket = this.source.buckets[number];
    const place = this.layout.places[number];
    const section = this.#sectionFor(bucket, place);
    kept.sections.add(bucket);
    this.#moveSection(section, number);
    section.classList.toggle('loading', !place.layout);
    // Columns can be dropped and the layout be kept; such a bucket is drawn as soon as it is loaded again.
    if (!place.layout || !bucket.columns) return;
    for (const block of place.layout.blocks) {
      const y = this.layout.tops[number] + block.y;
      if (y > to || y + block.height < from) continue;
      kept.blocks.add(block);
      this.#drawBlock(section, { bucket, number, block, layout: place.layout }, from - y, to - y, kept);
    }
  }

  /** Draws cells from last to first, so that each can be put before the one that follows it in the document. */
  #drawBlock(section, { bucket, number, block, layout }, from, to, kept) {
    const { list } = this.#blockFor(section, bucket, block);
    const { boxes } = layout;
    let follower = null;
    for (let at = lastAbove(boxes, block, to); at >= block.from; at -= 1) {
      const [x, y, width, height] = boxes.subarray(at * 4, at * 4 + 4);
      if (y + height < from) break;
      const index = this.source.starts[number] + at;
      const cell = this.#cellFor(index);
      kept.cells.add(index);
      if (cell.layout !== layout) cell.place(x, y, width, height);
      cell.layout = layout;
      if (cell.box.parentElement !== list) list.insertBefore(cell.box, follower);
      follower = cell.box;
    }
  }

  #sectionFor(bucket, { opensMonth }) {
    let section = this.sections.get(bucket);
    if (!section) {
      section = makeSection(bucket.key, { opensMonth });
      this.canvas.append(section);
      this.sections.set(bucket, section);
    }
    return section;
  }

  #blockFor(section, bucket, block) {
    let parts = this.blocks.get(block);
    if (!parts) {
      parts = makeDay(bucket, block);
      moveTo(parts.box, block.x, block.y, block.height);
      parts.box.style.inlineSize = `${block.width}px`;
      section.append(parts.box);
      this.blocks.set(block, parts);
    }
    return parts;
  }

  #cellFor(index) {
    let cell = this.cells.get(index);
    if (!cell) {
      cell = this.spare.pop() ?? new Cell();
      const photo = this.source.photo(index);
      cell.fill(photo, index, {
        href: this.photoUrl(photo.uid), total: this.source.total, selected: this.selection.has(photo.uid),
      });
      cell.link.tabIndex = index === this.focused ? 0 : -1;
      cell.box.cell = cell;
      this.cells.set(index, cell);
    }
    return cell;
  }

  /** A cell with the keyboard's focus stays, or the focus would fall back to the page. */
  #keepFocused(kept) {
    const cell = this.cells.get(this.focused);
    if (!cell?.box.contains(document.activeElement) || kept.cells.has(this.focused)) return;
    const { bucket, number, at } = this.source.where(this.focused);
    const { layout } = this.layout.places[number];
    if (!layout || cell.layout !== layout) return;
    kept.cells.add(this.focused);
    kept.sections.add(bucket);
    kept.blocks.add(this.layout.blockOf(number, at));
    this.#moveSection(this.sections.get(bucket), number);
  }

  #moveSection(section, number) {
    const { width, height } = this.layout.places[number];
    moveTo(section, this.layout.lefts[number], this.layout.tops[number] - this.window.offset, height);
    section.classList.toggle('narrow', width > 0);
    section.style.inlineSize = width ? `${width}px` : '';
  }

  /** Tab always reaches one photo on screen. */
  #keepReachable() {
    if (this.cells.has(this.focused) || !this.cells.size) return;
    const visible = [...this.cells.keys()].filter((index) => this.#isOnScreen(index));
    this.setFocused(Math.min(...(visible.length ? visible : this.cells.keys())));
  }

  #dropExcept({ cells, blocks, sections }) {
    for (const [index, cell] of this.cells) {
      if (!cells.has(index)) {
        this.cells.delete(index);
        cell.box.remove();
        cell.clear();
        if (this.spare.length < SPARE_CELLS) this.spare.push(cell);
      }
    }
    for (const [block, { box }] of this.blocks) {
      if (!blocks.has(block)) {
        box.remove();
        this.blocks.delete(block);
      }
    }
    for (const [bucket, section] of this.sections) {
      if (!sections.has(bucket)) {
        section.remove();
        this.sections.delete(bucket);
      }
    }
  }

  #dropAll() {
    this.#dropExcept({ cells: new Set(), blocks: new Set(), sections: new Set() });
  }

  /** Draws the stand-ins of waiting cells on screen, as many as fit into a frame. */
  #drawPictures() {
    const until = performance.now() + PICTURE_BUDGET;
    for (const cell of this.cells.values()) {
      if (cell.isWaiting && this.#isOnScreen(cell.index)) {
        if (performance.now() > until) return this.schedule();
        cell.showPicture();
      }
    }
  }

  #isOnScreen(index) {
    const box = this.boxOf(index);
    return box && box.y < this.top + innerHeight && box.y + box.height > this.top;
  }

  #photoChanged(index) {
    const photo = this.source.photo(index);
    const cell = this.cells.get(index);
    if (!cell || !photo) return;
    cell.photo = photo;
    cell.showFavorite(photo.favorite);
  }

  #selectionChanged() {
    for (const cell of this.cells.values()) cell.showSelected(this.selection.has(cell.photo.uid));
  }
}

/** The last photo of a day that begins above `bottom`; rows rise, so halving finds it. */
function lastAbove(boxes, { from, to }, bottom) {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (boxes[middle * 4 + 1] < bottom) low = middle;
    else high = middle - 1;
  }
  return low;
}

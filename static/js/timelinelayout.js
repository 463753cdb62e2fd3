/** Where every bucket and photo of the timeline stands, exactly or by estimate, in px from the first photo. */
import { continuesDay, isBest, lastAtMost, monthOf } from './buckets.js';
import { estimateHeight, layOutDays, widthOf } from './daylayout.js';

/** Months with at most so many photos may stand side by side. */
const FEW = 4;

/**
 * What is looked at: a photo and how far above the screen's top it begins, or the share of an unknown bucket.
 * @typedef {{index: number, above: number} | {number: number, share: number}} Anchor
 */

export class TimelineLayout {
  /** @param {import('./photosource.js').PhotoSource} source */
  constructor(source) {
    this.source = source;
    /** @type {{layout: object | null, height: number, width: number, opensMonth: boolean}[]} one per bucket; width 0 = all */
    this.places = [];
    this.tops = new Float64Array(0);
    this.lefts = new Float64Array(0);
    this.total = 0;
  }

  get isEmpty() {
    return this.places.length === 0;
  }

  /**
   * @param {object} frame as for `layOutDays`, with `month`: height of a month heading; `inLine`: small months stand
   *   side by side: `between` them, `low` frame of one, `margin` before the first
   */
  layOutAll(frame) {
    this.frame = frame;
    this.places = this.source.buckets.map((_, number) => this.#place(number));
    this.#stack();
  }

  /** Lays out one bucket, now that its photos are known. */
  layOut(number) {
    this.places[number] = this.#place(number);
    this.#stack();
  }

  /** Number of the (last) bucket at a position. */
  bucketAt(position) {
    return lastAtMost(this.tops, Math.max(0, position));
  }

  /** Number of the first bucket in the line at a position. */
  firstBucketAt(position) {
    return this.#line(this.bucketAt(position)).first;
  }

  /** Box of a photo, null while its bucket is not laid out. */
  boxOf(index) {
    const { number, at } = this.source.where(index);
    const { layout } = this.places[number] ?? {};
    if (!layout) return null;
    const block = this.blockOf(number, at);
    const [x, y, width, height] = layout.boxes.subarray(at * 4, at * 4 + 4);
    return { x: this.lefts[number] + block.x + x, y: this.tops[number] + block.y + y, width, height };
  }

  /** The day block that holds a photo of a bucket. */
  blockOf(number, at) {
    const { blocks } = this.places[number].layout;
    return blocks[lastAtMost(blocks.map(({ from }) => from), at)];
  }

  /** Index of the photo at a position, with a fraction; works for buckets that are not loaded. */
  indexAt(position) {
    const { first, height, count } = this.#line(this.bucketAt(position));
    const share = Math.max(0, Math.min(1, (position - this.tops[first]) / height));
    return this.source.starts[first] + share * count;
  }

  /** Position of the photo with this (fractional) index. */
  positionOf(index) {
    const wanted = Math.min(index, this.source.total - 1);
    const { first, height, count } = this.#line(this.source.where(wanted).number);
    return this.tops[first] + ((wanted - this.source.starts[first]) / count) * height;
  }

  /** @returns {Anchor} what stands between two positions */
  anchorAt(top, bottom) {
    const start = this.firstBucketAt(top);
    for (let number = start; number < this.places.length && this.tops[number] < bottom; number += 1) {
      const { layout } = this.places[number];
      const first = layout && firstBelow(layout, top - this.tops[number]);
      // By the layout at hand, not by `boxOf`: the source may be ahead of it when photos have gone.
      if (first) return { index: this.source.starts[number] + first.at, above: this.tops[number] + first.y - top };
    }
    return { number: start, share: (top - this.tops[start]) / this.places[start].height };
  }

  /** Where the top of the screen belongs for an anchor; null if that cannot be known any more. */
  topFor({ index, above, number, share }) {
    if (index === undefined) {
      const bucket = Math.min(number, this.places.length - 1);
      return this.tops[bucket] + share * this.places[bucket].height;
    }
    const box = this.boxOf(Math.min(index, this.source.total - 1));
    return box && box.y - above;
  }

  #place(number) {
    const bucket = this.source.buckets[number];
    const before = this.source.buckets[number - 1]?.key;
    const opensMonth = !before || monthOf(before) !== monthOf(bucket.key);
    const frame = { ...this.frame, top: opensMonth ? this.frame.month : 0, continues: continuesDay(bucket.key, before), inLine: false };
    const width = this.frame.inLine && opensMonth && !isBest(bucket.key) ? this.#narrowWidth(bucket) : 0;
    // A px more, or a sum of fractions could break the line it was made for.
    if (width) Object.assign(frame, this.frame.low, { width: width + 1, inLine: true });
    const layout = bucket.columns && layOutDays(bucket.days, bucket.columns.ratio, frame);
    return { layout, height: layout?.height ?? estimateHeight(bucket.count, frame), width, opensMonth };
  }

  /** The width of a month that fits into a line with its photos in one row; 0 for one that does not. */
  #narrowWidth({ count, columns, days }) {
    if (count > FEW) return 0;
    const { target, low, margin } = this.frame;
    const wanted = columns ? widthOf(days, columns.ratio, { ...this.frame, ...low }) : count * 1.4 * target;
    const width = Math.max(low.narrowest, wanted);
    return width <= this.frame.width - 2 * margin ? width : 0;
  }

  /** Buckets below each other, narrow ones side by side for as long as there is room. */
  #stack() {
    this.tops = new Float64Array(this.places.length);
    this.lefts = new Float64Array(this.places.length);
    const { margin, between, width: whole } = this.frame;
    let [top, left, line] = [0, Infinity, 0];
    for (const [at, { width, height }] of this.places.entries()) {
      if (!width || left + width > whole - margin) [top, left, line] = [top + line, width ? margin : 0, 0];
      this.tops[at] = top;
      this.lefts[at] = left;
      left = width ? left + width + between : Infinity;
      line = Math.max(line, height);
    }
    this.total = top + line;
  }

  /** The buckets of one line: the first of them, their height and how many photos they have. */
  #line(number) {
    let [first, last] = [number, number];
    while (first > 0 && this.tops[first - 1] === this.tops[number]) first -= 1;
    while (last + 1 < this.places.length && this.tops[last + 1] === this.tops[number]) last += 1;
    const { starts, buckets } = this.source;
    const height = Math.max(1, ...this.places.slice(first, last + 1).map((place) => place.height));
    return { first, height, count: (starts[last] ?? 0) + (buckets[last]?.count ?? 0) - (starts[first] ?? 0) };
  }
}

/** The first photo of a bucket whose box ends below `y`, with its top; null without one. */
function firstBelow({ blocks, boxes }, y) {
  const block = blocks.find((each) => each.y + each.height > y);
  if (!block) return null;
  for (let at = block.from; at < block.to; at += 1) {
    const top = block.y + boxes[at * 4 + 1];
    if (top + boxes[at * 4 + 3] > y) return { at, y: top };
  }
  return null;
}

/** Where every bucket and photo of the timeline stands, exactly or by estimate, in px from the first photo. */
import { continuesDay, lastAtMost, monthOf } from './buckets.js';
import { estimateHeight, layOutDays } from './daylayout.js';

/**
 * What is looked at: a photo and how far above the screen's top it begins, or the share of an unknown bucket.
 * @typedef {{index: number, above: number} | {number: number, share: number}} Anchor
 */

export class TimelineLayout {
  /** @param {import('./photosource.js').PhotoSource} source */
  constructor(source) {
    this.source = source;
    /** @type {{layout: object | null, height: number, opensMonth: boolean}[]} one per bucket */
    this.places = [];
    this.tops = new Float64Array(0);
    this.total = 0;
  }

  get isEmpty() {
    return this.places.length === 0;
  }

  /** @param {object} frame as for `layOutDays`, with `month`: height of a month heading */
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

  /** Number of the bucket at a position. */
  bucketAt(position) {
    return lastAtMost(this.tops, Math.max(0, position));
  }

  /** Box of a photo, null while its bucket is not laid out. */
  boxOf(index) {
    const { number, at } = this.source.where(index);
    const { layout } = this.places[number] ?? {};
    if (!layout) return null;
    const block = this.blockOf(number, at);
    const [x, y, width, height] = layout.boxes.subarray(at * 4, at * 4 + 4);
    return { x: block.x + x, y: this.tops[number] + block.y + y, width, height };
  }

  /** The day block that holds a photo of a bucket. */
  blockOf(number, at) {
    const { blocks } = this.places[number].layout;
    return blocks[lastAtMost(blocks.map(({ from }) => from), at)];
  }

  /** Index of the photo at a position, with a fraction; works for buckets that are not loaded. */
  indexAt(position) {
    const number = this.bucketAt(position);
    const { height } = this.places[number] ?? { height: 1 };
    const share = Math.max(0, Math.min(1, (position - this.tops[number]) / height));
    return this.source.starts[number] + share * (this.source.buckets[number]?.count ?? 0);
  }

  /** Position of the photo with this (fractional) index. */
  positionOf(index) {
    const { number, at, bucket } = this.source.where(Math.min(index, this.source.total - 1));
    return this.tops[number] + (at / bucket.count) * this.places[number].height;
  }

  /** @returns {Anchor} what stands between two positions */
  anchorAt(top, bottom) {
    const start = this.bucketAt(top);
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
    const frame = { ...this.frame, top: opensMonth ? this.frame.month : 0, continues: continuesDay(bucket.key, before) };
    const layout = bucket.columns && layOutDays(bucket.days, bucket.columns.ratio, frame);
    return { layout, height: layout?.height ?? estimateHeight(bucket.count, frame), opensMonth };
  }

  #stack() {
    this.tops = new Float64Array(this.places.length);
    let top = 0;
    for (let at = 0; at < this.places.length; at += 1) {
      this.tops[at] = top;
      top += this.places[at].height;
    }
    this.total = top;
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

/** The photos of one view as a list of any length: only the buckets in use are in memory. */
import { get } from './api.js';
import { daysOf, isBest, lastAtMost, monthOf, startsOf } from './buckets.js';
import { settleAll } from './pool.js';

/** Buckets kept on either side of the one being read. */
const KEPT = 40;

/** Columns whose values belong to one photo each. */
const COLUMNS = ['uid', 'hash', 'ratio', 'day', 'type', 'favorite', 'thumbhash', 'title', 'duration', 'files', 'place'];

/**
 * @typedef {object} Bucket
 * @property {string} key
 * @property {number} count
 * @property {Record<string, any[]> | null} columns null until loaded
 * @property {{day: string, from: number, to: number}[]} days
 */

/**
 * @typedef {object} Photo
 * @property {string} uid
 * @property {string} hash SHA-1 of the primary file
 * @property {number} ratio width divided by height
 * @property {string} day
 * @property {string} type
 * @property {boolean} favorite
 * @property {string} thumbhash
 * @property {string} title
 * @property {number} duration seconds
 * @property {number} files originals in the stack
 * @property {string} place
 */

/** Tells `change` when photos come or go, `load` when a bucket arrives, `photo` when one photo changed. */
export class PhotoSource extends EventTarget {
  /** @param {{view: string, query: string}} what */
  constructor({ view, query }) {
    super();
    this.view = view;
    /** What the buckets were found for, and what was asked for last. */
    this.query = query;
    this.wanted = query;
    /** How they are to stand: "relevance", "newest", or "" for what suits the words; and how they do. */
    this.wantedOrder = '';
    this.order = '';
    /** Whether some match better than others. */
    this.canRank = false;
    /** @type {Bucket[]} */
    this.buckets = [];
    this.starts = new Float64Array(0);
    this.total = 0;
    /** @type {Map<Bucket, {promise: Promise<void>, stop: AbortController, needed: boolean}>} */
    this.loading = new Map();
  }

  /** `open` for another search. */
  ask(query, order = '') {
    this.wanted = query;
    this.wantedOrder = order;
    return this.open();
  }

  /** No photos: those of the search before must not stay under one that failed. */
  clear() {
    this.#take(this.wanted, { buckets: [] });
  }

  /**
   * Reads the list of buckets; also after photos came or went on the server.
   * @returns {Promise<boolean>} false if something else was asked for meanwhile
   */
  async open() {
    const query = this.wanted;
    const opening = new AbortController();
    this.opening?.abort();
    this.opening = opening;
    try {
      const found = await get(`timeline/buckets?${this.#parameters(query, this.wantedOrder)}`, { signal: opening.signal });
      if (opening === this.opening) this.#take(query, found);
    } catch (problem) {
      if (opening === this.opening) throw problem;
    }
    return opening === this.opening;
  }

  /** `open`, but what is loaded stays where the server tells the same numbers. */
  async refresh() {
    const { query } = this;
    const found = await get(`timeline/buckets?${this.#parameters(query, this.wantedOrder)}`);
    const { buckets } = found;
    const isSame = buckets.length === this.buckets.length
      && buckets.every(([key, count], at) => key === this.buckets[at].key && count === this.buckets[at].count);
    if (!isSame && query === this.wanted) this.#take(query, found);
  }

  #take(query, { buckets, order = '', can_rank: canRank = false }) {
    Object.assign(this, { query, order, canRank });
    for (const { stop } of this.loading.values()) stop.abort();
    this.buckets = buckets.map(([key, count]) => ({ key, count, columns: null, days: [] }));
    this.#recount();
  }

  /** @returns {{bucket: Bucket, number: number, at: number}} where a photo is; `at` counts inside the bucket */
  where(index) {
    const number = lastAtMost(this.starts, index);
    return { bucket: this.buckets[number], number, at: index - this.starts[number] };
  }

  /** @returns {Photo | null} null while its bucket is not loaded */
  photo(index) {
    if (index < 0 || index >= this.total) return null;
    const { bucket, at } = this.where(index);
    return bucket.columns && photoAt(bucket, at);
  }

  /** Index of a photo whose bucket is loaded, else -1. */
  indexOf(uid) {
    for (const [number, bucket] of this.buckets.entries()) {
      const at = bucket.columns?.uid.indexOf(uid) ?? -1;
      if (at >= 0) return this.starts[number] + at;
    }
    return -1;
  }

  /** Index of any photo of this view, by its wall clock time; -1 if it is not in the view. */
  async locate(uid, takenAtLocal) {
    const day = takenAtLocal.slice(0, 10);
    const near = this.buckets.filter(({ key }) => isBest(key) || day.startsWith(key.split('.')[0]) || key === monthOf(day));
    for (const bucket of near) {
      await this.load(bucket, { needed: true });
      if (bucket.columns?.uid.includes(uid)) return this.indexOf(uid);
    }
    return -1;
  }

  /**
   * @param {Bucket} bucket
   * @param {{needed?: boolean}} [options] `needed`: load it even if the reader scrolls away
   */
  load(bucket, { needed = false } = {}) {
    if (bucket.columns) return Promise.resolve();
    const running = this.loading.get(bucket);
    if (running) {
      running.needed ||= needed;
      return running.promise;
    }
    const stop = new AbortController();
    const promise = this.#fetch(bucket, stop.signal).finally(() => this.loading.delete(bucket));
    this.loading.set(bucket, { promise, stop, needed });
    return promise;
  }

  /** UIDs of the photos from `from` to `to`, both included, loading what is missing. */
  async uidsBetween(from, to) {
    const [first, last] = [this.where(Math.min(from, to)), this.where(Math.max(from, to))];
    const wanted = this.buckets.slice(first.number, last.number + 1);
    const uids = await settleAll(wanted, 4, async (bucket) => {
      await this.load(bucket, { needed: true });
      return bucket.columns.uid.slice(bucket === first.bucket ? first.at : 0, bucket === last.bucket ? last.at + 1 : undefined);
    });
    const refused = uids.find(({ status }) => status === 'rejected');
    if (refused) throw refused.reason;
    return uids.flatMap(({ value }) => value);
  }

  /** Stops loading buckets outside of first..last, and forgets those far from them. */
  keepNear(first, last) {
    for (const [bucket, { stop, needed }] of this.loading) {
      if (needed) continue;
      const number = this.buckets.indexOf(bucket);
      if (number < first - 2 || number > last + 2) stop.abort();
    }
    for (const [number, bucket] of this.buckets.entries()) {
      if (bucket.columns && (number < first - KEPT || number > last + KEPT)) bucket.columns = null;
    }
  }

  setFavorite(uid, favorite) {
    const index = this.indexOf(uid);
    if (index < 0) return;
    const { bucket, at } = this.where(index);
    bucket.columns.favorite[at] = favorite ? 1 : 0;
    this.dispatchEvent(new CustomEvent('photo', { detail: index }));
  }

  /** Takes photos out of the list; calling the answer puts them back where they were. */
  remove(uids) {
    const gone = new Set(uids);
    const list = this.buckets;
    const before = new Map();
    for (const bucket of list) {
      if (bucket.columns?.uid.some((uid) => gone.has(uid))) {
        before.set(bucket, bucket.columns);
        setColumns(bucket, without(bucket.columns, gone));
      }
    }
    if (!before.size) return () => void this.open();
    this.buckets = list.filter(({ count }) => count > 0);
    const shortened = this.buckets;
    this.#recount();
    return () => {
      // Photos came or went meanwhile: the server knows the order better.
      if (this.buckets !== shortened) return void this.open();
      for (const [bucket, columns] of before) setColumns(bucket, columns);
      this.buckets = list;
      return this.#recount();
    };
  }

  async #fetch(bucket, signal) {
    const columns = await get(`timeline/bucket/${bucket.key}?${this.#parameters(this.query)}`, { signal });
    const expected = bucket.count;
    setColumns(bucket, columns);
    if (bucket.count !== expected) this.#recount();
    else this.dispatchEvent(new CustomEvent('load', { detail: bucket }));
  }

  #parameters(query, order = '') {
    return new URLSearchParams({ q: query, view: this.view, ...(order && { order }) });
  }

  #recount() {
    const counts = this.buckets.map(({ count }) => count);
    this.starts = startsOf(counts);
    this.total = counts.reduce((sum, count) => sum + count, 0);
    this.dispatchEvent(new Event('change'));
  }
}

function setColumns(bucket, columns) {
  bucket.columns = columns;
  bucket.count = columns.uid.length;
  bucket.days = isBest(bucket.key) ? [{ day: '', from: 0, to: columns.uid.length }] : daysOf(columns.day);
}

function without(columns, gone) {
  const stays = columns.uid.map((uid) => !gone.has(uid));
  return Object.fromEntries(COLUMNS.map((name) => [name, columns[name].filter((_, at) => stays[at])]));
}

/** @returns {Photo} */
function photoAt({ columns }, at) {
  const photo = Object.fromEntries(COLUMNS.map((name) => [name, columns[name][at]]));
  return { ...photo, favorite: Boolean(photo.favorite) };
}

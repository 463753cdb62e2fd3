/**
 * The files that are being uploaded: two are sent at a time, in batches that the server takes in one after the other while
 * the rest is still on its way. Pure: what talks to the server and waits is given.
 */
import { groupOf, inOrder, newToken, whyNotSent } from './uploadfiles.js';

/** @typedef {'waiting' | 'sending' | 'resting' | 'sent' | 'adding' | 'added' | 'known' | 'refused' | 'failed'} State */

/**
 * @typedef {object} Item
 * @property {number} id
 * @property {File | null} file null for one that an earlier page sent
 * @property {string} name
 * @property {number} size bytes
 * @property {string} folder
 * @property {string} group files of one folder and group are one picture
 * @property {Album | null} album
 * @property {State} state
 * @property {number} sent bytes
 * @property {string} reason a sentence, for "refused" and "failed"
 * @property {'' | 'type' | 'size' | 'empty'} rule by which it was not even sent
 * @property {string} photo uid
 * @property {boolean} review whether the photo waits in review
 * @property {Batch | null} batch
 * @property {AbortController | null} stop
 */

/** @typedef {{uid: string, title: string}} Album */
/**
 * @typedef {object} Batch
 * @property {string} token
 * @property {Album | null} album
 * @property {Item[]} items
 * @property {'receiving' | 'putting' | 'put' | 'unput' | 'over'} state "unput": the server has the files and not the last word
 * @property {boolean} isOpen whether it takes more files
 * @property {boolean} [isPutAgain]
 */

/**
 * @typedef {object} Server
 * @property {(token: string, file: File, options: {signal: AbortSignal, progress: (bytes: number) => void}) => Promise<void>} send
 * @property {(token: string, albums: string[]) => Promise<void>} put
 * @property {(token: string) => Promise<{running: boolean, state: string, message: string, files: {name: string, state: string, reason: string, photo: string, review: boolean}[]}>} ask
 * @property {(milliseconds: number, signal?: AbortSignal) => Promise<void>} wait ends early when it is stopped
 */

const WIDTH = 2;
const BATCH = 200;

/** Files of one picture stay together even where the batch is full; a folder of one name all over does not. */
const BEYOND = 50;

/** Before each further try, ms. */
const PAUSES = [1000, 4000, 15_000];

/** The server's word on how long to wait counts up to here, ms. */
const LONGEST_PAUSE = 120_000;

/** How often a batch is asked after, ms; when the server cannot be reached, less and less often. */
const ASK = 1000;
const ASK_LATE = 30_000;

/** So many files in a row that did not get through: the line is down, and the others would not either. */
const MISFORTUNES = 3;

const SIGNED_OUT = 401;
const DISK_FULL = 507;

/** Dispatches "change" when something is to be shown anew. `halted` is a sentence why it paused by itself. */
export class UploadQueue extends EventTarget {
  /** @param {Server} server @param {{types: Set<string>, limit: number}} rules */
  constructor(server, rules) {
    super();
    Object.assign(this, { server, rules });
    /** @type {Item[]} */
    this.items = [];
    /** @type {Item[]} */
    this.waiting = [];
    /** @type {Batch[]} that are not over */
    this.batches = [];
    /** @type {Batch | null} the one that takes more files */
    this.open = null;
    this.isPaused = false;
    this.halted = '';
    /** Bytes that went over the line, whatever became of them. */
    this.moved = 0;
    this.made = 0;
    this.lanes = 0;
    this.misfortunes = 0;
    this.isAsking = false;
  }

  /** @param {import('./uploadfiles.js').Chosen[]} chosen @param {Album | null} album */
  add(chosen, album = null) {
    if (this.isOver) {
      this.items = this.items.filter(({ state }) => state === 'failed');
      Object.assign(this, { isPaused: false, halted: '', misfortunes: 0 });
    }
    const items = inOrder(chosen.map(({ file, folder }) => this.#itemOf(file, folder, album)));
    for (const item of items) item.rule = whyNotSent(item, this.rules);
    for (const item of items) if (item.rule) item.state = 'refused';
    this.items.push(...items);
    this.waiting.push(...items.filter(({ state }) => state === 'waiting'));
    this.#go();
  }

  /** Follows a batch that an earlier page has sent. @param {string} token @param {Album | null} album */
  follow(token, album = null) {
    this.batches.push({ token, album, items: [], state: 'put', isOpen: false });
    void this.#ask();
  }

  /** Whether nothing is left to do for anybody. */
  get isOver() {
    return this.batches.length === 0 && this.waiting.length === 0;
  }

  /** Whether leaving the page would lose something. */
  get isNeeded() {
    return this.waiting.length > 0 || this.batches.some(({ state }) => state === 'receiving' || state === 'putting');
  }

  pause(sentence = '') {
    this.isPaused = true;
    this.halted = sentence;
    // What is on its way begins anew later: there is no way to send the second half of a file.
    const [begun, stops] = [[], []];
    for (const item of this.items) {
      if (item.state !== 'sending' && item.state !== 'resting') continue;
      stops.push(item.stop);
      Object.assign(item, { state: 'waiting', sent: 0, stop: null });
      begun.push(item);
    }
    this.waiting.unshift(...begun);
    for (const stop of stops) stop.abort();
    this.#tell();
  }

  goOn() {
    Object.assign(this, { isPaused: false, halted: '', misfortunes: 0 });
    this.#go();
  }

  /** Takes a file out that has not been sent yet. @param {Item} item */
  cancel(item) {
    if (!['waiting', 'sending', 'resting'].includes(item.state)) return;
    this.#drop(new Set([item]));
  }

  /** Takes out all that is not sent yet. */
  cancelWaiting() {
    this.#drop(new Set([...this.waiting, ...this.items.filter(({ state }) => state === 'sending' || state === 'resting')]));
    this.goOn();
  }

  /** Tries a file again that failed. @param {Item} item */
  retry(item) {
    const { batch } = item;
    if (!canRetry(item)) return;
    if (batch?.state === 'unput') {
      // All of it is at the server, only the last word did not get through.
      for (const one of batch.items) Object.assign(one, { state: 'sent', reason: '' });
      batch.state = 'receiving';
      this.batches.push(batch);
    } else {
      if (batch?.state !== 'receiving') leaveBatch(item);
      Object.assign(item, { state: 'waiting', sent: 0, reason: '' });
      this.waiting.push(item);
    }
    this.goOn();
  }

  /** Forgets what is finished. */
  clear() {
    this.items = this.items.filter(({ state }) => !['added', 'known', 'refused', 'failed'].includes(state));
    this.#tell();
  }

  /**
   * Pauses, as the page is left. The batches of which the server has files and not yet the word to take them in: whoever
   * asks gives it, so they count as told of.
   * @returns {Batch[]}
   */
  leave() {
    this.pause();
    const unput = this.batches.filter(({ state, items }) => state === 'receiving' && items.some((item) => item.state === 'sent'));
    for (const batch of unput) {
      for (const item of batch.items.filter(({ state }) => state === 'waiting')) leaveBatch(item);
      for (const item of batch.items) if (item.state === 'sent') item.state = 'adding';
      Object.assign(batch, { state: 'put', isOpen: false });
      if (this.open === batch) this.open = null;
    }
    return unput;
  }

  /** Goes on after `leave`, where the browser kept the page. */
  comeBack() {
    this.goOn();
    void this.#ask();
  }

  // ---------- sending ----------

  #itemOf(file, folder, album) {
    this.made += 1;
    return /** @type {Item} */ ({
      id: this.made, file, name: file.name, size: file.size, folder, group: groupOf(file.name, this.rules.types), album, state: 'waiting', sent: 0,
      reason: '', rule: '', photo: '', review: false, batch: null, stop: null,
    });
  }

  #go() {
    while (!this.isPaused && this.lanes < WIDTH && this.waiting.length) void this.#send(this.waiting.shift());
    this.#settle();
    this.#tell();
  }

  async #send(item) {
    this.lanes += 1;
    const stop = new AbortController();
    const batch = this.#batchFor(item);
    Object.assign(item, { state: 'sending', stop, batch });
    try {
      await this.#try(item, batch, stop.signal);
      if (!stop.signal.aborted) this.#sent(item);
    } catch (problem) {
      if (!stop.signal.aborted) this.#failed(item, problem);
    }
    if (item.stop === stop) item.stop = null;
    this.lanes -= 1;
    this.#go();
  }

  async #try(item, batch, signal) {
    const progress = (bytes) => {
      if (signal.aborted) return;
      this.moved += Math.max(0, bytes - item.sent);
      item.sent = bytes;
      this.#tell();
    };
    for (let tries = 0; ; tries += 1) {
      try {
        return void await this.server.send(batch.token, item.file, { signal, progress });
      } catch (problem) {
        if (signal.aborted || tries >= PAUSES.length || !isPassing(problem)) throw problem;
        Object.assign(item, { state: 'resting', sent: 0 });
        this.#tell();
        await this.server.wait(pauseOf(tries, problem), signal);
        if (signal.aborted) return undefined;
        item.state = 'sending';
      }
    }
  }

  #sent(item) {
    this.moved += Math.max(0, item.size - item.sent);
    Object.assign(item, { state: 'sent', sent: item.size });
    this.misfortunes = 0;
  }

  #failed(item, problem) {
    if (problem.status === SIGNED_OUT) {
      Object.assign(item, { state: 'waiting', sent: 0 });
      this.waiting.unshift(item);
      return this.pause(problem.message);
    }
    Object.assign(item, { state: 'failed', reason: problem.message });
    this.misfortunes = isPassing(problem) ? this.misfortunes + 1 : 0;
    if (problem.status === DISK_FULL || this.misfortunes >= MISFORTUNES) this.pause(problem.message);
  }

  /** @param {Set<Item>} items */
  #drop(items) {
    for (const { stop } of items) stop?.abort();
    this.items = this.items.filter((item) => !items.has(item));
    this.waiting = this.waiting.filter((item) => !items.has(item));
    for (const batch of this.batches) batch.items = batch.items.filter((item) => !items.has(item));
    this.#go();
  }

  // ---------- batches ----------

  #batchFor(item) {
    if (item.batch && this.batches.includes(item.batch)) return item.batch;
    if (this.open && !hasRoomFor(this.open, item)) this.#close();
    if (!this.open) {
      this.open = { token: newToken(), album: item.album, items: [], state: 'receiving', isOpen: true };
      this.batches.push(this.open);
    }
    this.open.items.push(item);
    return this.open;
  }

  #close() {
    if (this.open) this.open.isOpen = false;
    this.open = null;
  }

  /** Has the server take in every batch that is complete. */
  #settle() {
    if (!this.waiting.length && this.lanes === 0) this.#close();
    const complete = this.batches.filter(({ state, isOpen, items }) => state === 'receiving' && !isOpen && !items.some(isLeft));
    for (const batch of complete) {
      if (batch.items.some(({ state }) => state === 'sent')) void this.#put(batch);
      else this.#end(batch);
    }
  }

  async #put(batch) {
    batch.state = 'putting';
    const sent = batch.items.filter(({ state }) => state === 'sent');
    try {
      await this.#putAtLast(batch);
      batch.state = 'put';
      for (const item of sent) item.state = 'adding';
      void this.#ask();
    } catch (problem) {
      this.#end(batch);
      Object.assign(batch, { state: 'unput', items: sent });
      for (const item of sent) Object.assign(item, { state: 'failed', reason: problem.message });
    }
    this.#tell();
  }

  async #putAtLast({ token, album }) {
    for (let tries = 0; ; tries += 1) {
      try {
        return void await this.server.put(token, album ? [album.uid] : []);
      } catch (problem) {
        if (tries >= PAUSES.length || !isPassing(problem)) throw problem;
        await this.server.wait(pauseOf(tries, problem));
      }
    }
  }

  async #putAgain(batch) {
    batch.isPutAgain = true;
    // Whether it worked is in the next answer.
    await this.server.put(batch.token, batch.album ? [batch.album.uid] : []).catch(() => {});
  }

  #end(batch) {
    batch.state = 'over';
    this.batches = this.batches.filter((other) => other !== batch);
  }

  /** The server takes batches in one after the other, so only the oldest is asked after. */
  async #ask() {
    if (this.isAsking) return;
    this.isAsking = true;
    let pause = ASK;
    for (let batch = this.#oldest(); batch; batch = this.#oldest()) {
      await this.server.wait(pause);
      try {
        const answer = await this.server.ask(batch.token);
        pause = ASK;
        // The last word of a page that was left may have been lost with it.
        if (answer.state === 'receiving' && !answer.running && !batch.isPutAgain) await this.#putAgain(batch);
        else this.#hear(batch, answer);
      } catch (problem) {
        if (isPassing(problem)) pause = Math.min(ASK_LATE, pause * 2);
        else this.#hear(batch, { running: false, state: 'failed', message: problem.message, files: [] });
      }
    }
    this.isAsking = false;
  }

  #oldest() {
    return this.batches.find(({ state }) => state === 'put');
  }

  #hear(batch, { running, state, message, files }) {
    const items = new Map(batch.items.map((item) => [plain(item.name), item]));
    for (const { name, state: outcome, reason, photo, review } of files) {
      const item = items.get(plain(name)) ?? this.#strange(batch, name);
      if (outcome !== 'waiting') Object.assign(item, { state: outcome, reason, photo, review });
    }
    if (!running) {
      const end = state === 'done' ? { state: 'added' } : { state: 'failed', reason: message };
      for (const item of batch.items) if (item.state === 'adding' || item.state === 'sent') Object.assign(item, end);
      this.#end(batch);
    }
    this.#tell();
  }

  /** A file of which this page knows nothing: an earlier one has sent it. */
  #strange(batch, name) {
    const item = this.#itemOf(/** @type {File} */ ({ name, size: 0 }), '', batch.album);
    Object.assign(item, { file: null, state: 'adding', batch });
    batch.items.push(item);
    this.items.push(item);
    return item;
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}

/** Whether a second try could help: what an earlier page sent is no longer at hand. @param {Item} item */
export function canRetry({ state, file, batch }) {
  return state === 'failed' && (file !== null || batch?.state === 'unput');
}

/** @param {{status?: number}} problem @returns {boolean} whether it may be over in a moment */
export function isPassing({ status = 0 }) {
  return status === 0 || status === 429 || (status >= 500 && status !== DISK_FULL);
}

/**
 * @param {number} tries made so far, less one
 * @param {{retryAfter?: string | null}} problem
 * @returns {number} ms
 */
export function pauseOf(tries, { retryAfter = null }, now = Date.now()) {
  const told = retryAfter && (/^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now);
  return Math.min(LONGEST_PAUSE, Math.max(PAUSES[tries], told || 0));
}

/** Whatever becomes of the batch says nothing about this file any more. */
function leaveBatch(item) {
  if (item.batch) item.batch.items = item.batch.items.filter((other) => other !== item);
  item.batch = null;
}

function isLeft({ state }) {
  return state === 'waiting' || state === 'sending' || state === 'resting';
}

/** Two files of one name, or two pictures of one name from different folders, would be taken for each other. */
function hasRoomFor({ album, items }, item) {
  if (album?.uid !== item.album?.uid) return false;
  const namesakes = items.filter(({ group }) => group === item.group);
  if (namesakes.some(({ folder, name }) => folder !== item.folder || plain(name) === plain(item.name))) return false;
  return items.length < (namesakes.length ? BATCH + BEYOND : BATCH);
}

/** Systems write the same name with different letters. */
function plain(name) {
  return name.normalize('NFC').toLowerCase();
}

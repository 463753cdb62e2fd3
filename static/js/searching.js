/** The search of the page: what the address asks for, what the server understands of it, what is found. */
import { get } from './api.js';
import { Latest } from './latest.js';
import { readAddress, writeAddress } from './searchaddress.js';

/** @typedef {{query: string, error: string, suggestion: string, terms: import('./query.js').Term[]}} Understood */

const NOTHING = { query: '', error: '', suggestion: '', terms: [] };

/**
 * Tells `asked` when the address changed, `finding` before photos are looked for, `found` when photos are there, `understood` when the terms are known,
 * `failed` when a search could not be answered.
 */
export class Searching extends EventTarget {
  /**
   * @param {import('./photosource.js').PhotoSource} source
   * @param {Understood} understood what the server understood of the page's own address
   */
  constructor(source, understood) {
    super();
    this.source = source;
    this.asked = readAddress(location.search);
    this.understood = understood;
    this.latest = new Latest((query, signal) => get(`search/understand?${new URLSearchParams({ q: query, view: source.view })}`, { signal }));
    /** @type {import('./api.js').ApiError | null} why there are no photos */
    this.problem = null;
    this.editing = Promise.resolve();
  }

  start() {
    this.source.wantedOrder = this.asked.order;
    document.addEventListener('search', (event) => {
      // The box searches everything; within a view it leads out of it.
      if (this.source.view) return;
      event.preventDefault();
      void this.ask(event.detail.query);
    });
    addEventListener('popstate', () => this.#follow());
    return this.#find(false);
  }

  /** Asks for other photos, in a step of its own in the browser's history. */
  ask(query) {
    if (query === this.asked.query) return this.#find(true);
    return this.#go({ ...this.asked, query, order: '' }, true);
  }

  /** The same photos in another order. @param {'relevance' | 'newest'} order */
  sort(order) {
    return this.#go({ ...this.asked, order }, true);
  }

  /** Opens or closes what stands beside the photos: the panel, the reasons. No step back leads through these. */
  show(what) {
    return this.#go({ ...this.asked, ...what }, false);
  }

  /**
   * Changes the search by what was understood of it; one change waits for the one before.
   * @param {(terms: import('./query.js').Term[]) => string} change
   */
  edit(change) {
    this.editing = this.editing.then(async () => {
      await this.understanding;
      if (!this.understood.error) void this.ask(change(this.understood.terms));
    });
    return this.editing;
  }

  async #go(asked, isStep) {
    const address = writeAddress(location.pathname, asked);
    if (isStep) history.pushState({}, '', address);
    else history.replaceState(history.state, '', address + location.hash);
    await this.#change(asked);
  }

  #follow() {
    return this.#change(readAddress(location.search));
  }

  /** @returns {Promise<unknown>} done when the photos are there */
  #change(asked) {
    const isNew = asked.query !== this.asked.query;
    const isOther = isNew || asked.order !== this.asked.order;
    this.asked = asked;
    if (isNew) this.understanding = this.#understand(asked.query);
    this.dispatchEvent(new Event('asked'));
    return isOther ? this.#find(true) : Promise.resolve();
  }

  #find(isOther) {
    this.dispatchEvent(new Event('finding'));
    this.finding = this.#answer(isOther);
    return this.finding;
  }

  async #answer(isOther) {
    try {
      const isThere = await (isOther ? this.source.ask(this.asked.query, this.asked.order) : this.source.open());
      if (!isThere) return;
      this.problem = null;
      this.dispatchEvent(new CustomEvent('found', { detail: { isOther } }));
    } catch (problem) {
      this.problem = problem;
      this.dispatchEvent(new Event('failed'));
      this.source.clear();
    }
  }

  async #understand(query) {
    try {
      const understood = query ? await this.latest.about(query) : NOTHING;
      if (!understood || query !== this.asked.query) return;
      this.understood = understood;
    } catch (problem) {
      // The photos come all the same; the box then shows what was typed.
      this.understood = { ...NOTHING, query, error: problem.message };
    }
    this.dispatchEvent(new Event('understood'));
  }
}

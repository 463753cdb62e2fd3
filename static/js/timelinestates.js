/** What stands in place of the photos when there are none, or when a search is not understood. */
import { get } from './api.js';
import { isBest } from './buckets.js';
import { element, t, tn } from './page.js';
import { join } from './query.js';
import { photos } from './resultshead.js';
import { writeAddress } from './searchaddress.js';
import { isChip, makeChip, nameOf } from './searchchips.js';

/** So many parts of a search are left out one by one to see what would be found without each. */
const MOST_WAYS = 5;

export class TimelineStates {
  /** @param {HTMLElement} canvas @param {import('./searching.js').Searching} search */
  constructor(canvas, search) {
    Object.assign(this, { canvas, search });
    /** @type {HTMLElement | null} what is shown */
    this.state = null;
  }

  start() {
    const { search } = this;
    search.addEventListener('failed', () => this.#fail());
    search.addEventListener('found', () => {
      this.#clear();
      this.update();
    });
    search.addEventListener('understood', () => this.#explain());
    search.source.addEventListener('change', () => this.update());
  }

  /** Shows or takes away the text in place of the photos, as there are some or none. */
  update() {
    const { total, query } = this.search.source;
    document.documentElement.classList.toggle('scrubbed', total > 0 && !isBest(this.search.source.buckets[0].key));
    if (total) return this.#clear();
    if (this.search.problem || this.state) return undefined;
    this.#show(query ? 'nothing-found' : 'nothing-yet');
    return query && this.#explain();
  }

  #fail() {
    this.#clear();
    this.#show(this.search.problem.status === 400 ? 'not-understood' : 'failed');
    this.#explain();
  }

  #show(name) {
    document.getElementById('waiting')?.remove();
    const state = document.getElementById(name).content.firstElementChild.cloneNode(true);
    state.classList.add('state');
    state.dataset.state = name;
    const clear = state.querySelector('[data-clear-search]');
    clear?.addEventListener('click', (event) => this.#ask(event, this.withoutFilters ?? ''));
    state.querySelector('[data-retry]')?.addEventListener('click', () => location.reload());
    this.state = state;
    this.canvas.after(state);
  }

  #clear() {
    this.state?.remove();
    this.state = null;
  }

  #ask(event, query) {
    if (this.search.source.view && !query) return;
    event.preventDefault();
    void this.search.ask(query);
  }

  /** What is wrong or missing, once it is known. */
  #explain() {
    const { understood } = this.search;
    if (!this.state || understood.query !== this.search.asked.query) return;
    if (this.state.dataset.state === 'nothing-found') void this.#explainNothing(understood);
    if (this.search.problem) this.#explainProblem(understood);
  }

  #explainProblem({ error, suggestion }) {
    this.state.querySelector('[data-reason]').textContent = error || this.search.problem.message;
    this.#offer(suggestion);
  }

  /** The search that was meant, where the server knows of one. */
  #offer(suggestion) {
    const button = this.state.querySelector('[data-suggestion]');
    if (!button || !suggestion) return;
    button.hidden = false;
    button.querySelector('span').textContent = t('Search for “{query}”', { query: suggestion });
    button.onclick = (event) => this.#ask(event, suggestion);
    this.state.querySelector('[data-clear-search]').classList.remove('primary');
  }

  async #explainNothing({ query, suggestion, terms }) {
    const { state } = this;
    this.#offer(suggestion);
    const filters = terms.filter(isChip);
    // Words that are compared with pictures are the words that were typed.
    const named = filters.filter(({ kind }) => kind !== 'meaning');
    const words = join(...terms.filter((term) => !named.includes(term)).map(({ text }) => text));
    const wanted = named.filter(({ negated }) => !negated);
    const names = new Intl.ListFormat(document.documentElement.lang || 'en', { type: 'unit' }).format((wanted.length ? wanted : named).map(nameOf));
    state.querySelector('[data-nothing]').textContent = headline(words, names, query);
    this.withoutFilters = filters.length && words ? words : '';
    if (this.withoutFilters) state.querySelector('[data-clear-search] span').textContent = t('Clear filters');
    if (terms.length < 2) return;
    const ways = state.querySelector('[data-ways]');
    ways.replaceChildren(...terms.slice(0, MOST_WAYS).map((term) => this.#way(term)));
    ways.hidden = false;
    state.querySelector('[data-narrowed]').textContent = await this.#narrowed(filters.length, words);
  }

  /** "Two filters narrow this search. Without them there are 214 photos." */
  async #narrowed(n, words) {
    if (!n || !words) return t('No photo has all of this. Leave something out:');
    const found = await this.#count(words);
    const narrowed = tn('{n} filter narrows this search.', '{n} filters narrow this search.', n);
    return found ? `${narrowed} ${tn('Without it there is {photos}.', 'Without them there are {photos}.', n, { photos: photos(found) })}` : narrowed;
  }

  /** One part of the search to be left out, and what would be found then. */
  #way(term) {
    const href = writeAddress(location.pathname, { ...this.search.asked, query: term.without });
    const chip = makeChip(isChip(term) ? term : { ...term, label: quoted(term.label) }, href);
    chip.querySelector('input').remove();
    chip.querySelector('a').addEventListener('click', (event) => this.#ask(event, term.without));
    const note = element('span', { className: 'muted small num' });
    void this.#count(term.without).then((n) => {
      note.textContent = n ? t('{photos} without it', { photos: photos(n) }) : '';
    });
    return element('li', {}, chip, note);
  }

  /** How many photos a search would find; 0 where that cannot be known. */
  async #count(query) {
    const { view } = this.search.source;
    const { total } = await get(`timeline/buckets?${new URLSearchParams({ q: query, view })}`).catch(() => ({ total: 0 }));
    return total;
  }
}

/** In quotes; what was quoted by hand is. */
function quoted(text) {
  return text.startsWith('“') ? text : `“${text}”`;
}

function headline(words, names, query) {
  if (words && names) return t('Nothing for “{words}” with {filters}', { words, filters: names });
  return t('Nothing for {what}', { what: names || quoted(words || query) });
}

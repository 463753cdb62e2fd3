/** The search box of every page: chips and words, suggestions, keyboard. Without script it is a plain form. */
import { Latest } from './latest.js';
import { join } from './query.js';
import { forgetSearches, forgetSearchesAtSignOut, rememberSearch } from './recentsearches.js';
import { savedSearches } from './savedsearches.js';
import { writeAddress } from './searchaddress.js';
import { isChip, makeChip } from './searchchips.js';
import { SuggestMenu } from './suggestmenu.js';
import { fetchSuggestions, groupsFor } from './suggestions.js';

/** Somebody who types faster than this is not asked about each letter, ms. */
const PAUSE = 80;

const ROLE = { role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list', 'aria-controls': 'suggestions' };

export function startSearchBox() {
  forgetSearchesAtSignOut();
  const form = document.getElementById('search');
  if (form) new SearchBox(form).start();
}

/** Asks for a search: a page that shows photos takes it by `preventDefault`, any other page is left for it. */
export function askFor(query) {
  const event = new CustomEvent('search', { detail: { query }, cancelable: true });
  const { action } = document.getElementById('search');
  if (document.dispatchEvent(event)) location.assign(writeAddress(action, { query }));
}

class SearchBox {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.box = form.parentElement;
    this.input = document.getElementById('search-words');
    this.chips = document.getElementById('search-chips');
    this.menu = new SuggestMenu(this.input, document.getElementById('suggest'), (option) => this.#choose(option));
    this.latest = new Latest(fetchSuggestions, { delay: PAUSE });
    this.answered = { text: '', suggestions: [] };
    this.placeholder = this.input.dataset.placeholder;
    this.saved = [];
    /** What was searched for last from here, and whether somebody types again since. */
    this.sought = '';
    this.isTyping = false;
  }

  start() {
    for (const [name, value] of Object.entries(ROLE)) this.input.setAttribute(name, value);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#search(this.text);
    });
    this.form.addEventListener('click', (event) => this.#click(event));
    this.input.addEventListener('keydown', (event) => this.#key(event));
    this.input.addEventListener('input', () => {
      this.isTyping = true;
      this.#suggest();
    });
    this.input.addEventListener('focus', () => {
      this.#suggest();
      void this.#fetchSaved();
    });
    this.input.addEventListener('click', () => this.menu.isOpen || this.#suggest());
    this.box.addEventListener('focusout', ({ relatedTarget }) => this.box.contains(relatedTarget) || this.close());
    this.box.querySelector('[data-forget]').addEventListener('click', () => {
      forgetSearches();
      this.#suggest();
    });
    document.addEventListener('searched', ({ detail }) => this.show(detail));
    this.#tidy();
  }

  /** The whole search as it stands in the box: the pieces behind the chips, then the words as they are typed. */
  get text() {
    const chips = this.#chipsText();
    return chips ? `${chips} ${this.input.value}` : this.input.value;
  }

  /** Shows a search as chips and words; one that is not understood stays as it was typed. */
  show({ query, error, terms }) {
    // Whoever goes on typing must not lose a letter to the answer.
    if (this.isTyping && query === this.sought) return;
    this.isTyping = false;
    const chips = error ? [] : terms.filter(isChip);
    const words = error ? [query] : terms.filter((term) => !isChip(term)).map(({ text }) => text);
    this.chips.replaceChildren(...chips.map((term) => makeChip(term, writeAddress(this.form.getAttribute('action'), { query: term.without }))));
    this.input.value = join(...words);
    this.close();
    this.#tidy();
  }

  close() {
    this.latest.forget();
    this.menu.hide();
    this.form.classList.remove('open');
  }

  // ---------- what is done in the box ----------

  #key(event) {
    const { key, isComposing } = event;
    if (isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'ArrowDown' || key === 'ArrowUp') this.#move(event, key === 'ArrowDown' ? 1 : -1);
    else if (key === 'Enter' && this.menu.isOpen && this.menu.active >= 0) this.#enter(event);
    else if (key === 'Escape') this.#escape(event);
    else if (key === 'Backspace' && this.input.selectionEnd === 0) this.#removeLastChip(event);
  }

  #move(event, step) {
    event.preventDefault();
    if (this.menu.isOpen) this.menu.move(step);
    else this.#suggest();
  }

  #enter(event) {
    event.preventDefault();
    this.#choose(this.menu.options[this.menu.active]);
  }

  /** First the list goes, then what is typed; nothing else on the page hears of it. */
  #escape(event) {
    if (!this.menu.isOpen && !this.input.value) return this.input.blur();
    event.preventDefault();
    event.stopPropagation();
    if (this.menu.isOpen) this.close();
    else this.input.value = '';
    return this.#tidy();
  }

  #removeLastChip(event) {
    const last = this.chips.lastElementChild;
    if (!last) return;
    event.preventDefault();
    last.remove();
    this.#search(this.text, { isKept: false });
    this.input.focus();
  }

  #click(event) {
    const remover = event.target.closest('[data-remove], [data-clear]');
    if (event.target.closest('[data-back]')) return this.#leave();
    if (!remover || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
    event.preventDefault();
    if (remover.matches('[data-clear]')) return this.#clear();
    remover.closest('.chip').remove();
    this.#search(this.text, { isKept: false });
    // A key, not a pointer: the focus goes on from what is gone.
    if (event.detail === 0) (this.chips.querySelector('[data-remove]') ?? this.input).focus();
    return undefined;
  }

  #leave() {
    this.close();
    document.activeElement.blur();
  }

  #clear() {
    this.chips.replaceChildren();
    this.input.value = '';
    this.#tidy();
    askFor('');
    this.input.focus();
  }

  #choose({ query, isOpen }) {
    if (isOpen) this.#write(query);
    else this.#search(query);
  }

  /** Goes on typing behind the chips. */
  #write(query) {
    const chips = this.#chipsText();
    const isBehind = chips && query.startsWith(`${chips} `);
    if (!isBehind) this.chips.replaceChildren();
    this.input.value = isBehind ? query.slice(chips.length + 1) : query;
    this.input.focus();
    this.#suggest();
  }

  #search(query, { isKept = true } = {}) {
    this.close();
    // The keys of a phone go away with the list; elsewhere one may go on typing.
    if (matchMedia('(pointer: coarse)').matches) this.input.blur();
    if (isKept) rememberSearch(query);
    this.sought = query.trim();
    this.isTyping = false;
    askFor(this.sought);
  }

  // ---------- suggestions ----------

  async #suggest() {
    const { text } = this;
    this.form.classList.add('open');
    this.#tidy();
    this.#offer();
    try {
      const suggestions = await this.latest.about(text);
      if (!suggestions) return;
      this.answered = { text, suggestions };
      this.#offer();
    } catch {
      // Suggestions are a help; a search says itself what is wrong.
      this.answered = { text, suggestions: [] };
    }
  }

  async #fetchSaved() {
    this.saved = await savedSearches();
    if (this.form.classList.contains('open')) this.#offer();
  }

  #offer() {
    const typed = this.input.value.trim();
    const groups = groupsFor(this.text, typed, this.answered, this.saved);
    this.menu.show(groups, typed ? 0 : -1);
    this.box.querySelector('.suggest-foot').hidden = !groups.some(({ isRecent, options }) => isRecent && options.length);
  }

  // ---------- how the box looks ----------

  #chipsText() {
    return join(...[...this.chips.querySelectorAll('input')].map(({ value }) => value));
  }

  #tidy() {
    const isEmpty = !this.text.trim();
    this.form.querySelector('[data-clear]').hidden = isEmpty;
    this.form.querySelector('kbd').hidden = !isEmpty;
    this.chips.hidden = !this.chips.childElementCount;
    this.input.placeholder = this.chips.hidden ? this.placeholder : '';
    this.chips.scrollLeft = this.chips.scrollWidth * (document.documentElement.dir === 'rtl' ? -1 : 1);
  }
}

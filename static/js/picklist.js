/** A list of chips to choose from, the first ones at hand and the rest behind a button; long lists can be searched. */
import { element, icon, t } from './page.js';
import { isSame } from './query.js';

const AT_HAND = 6;
const LONG = 24;

/**
 * @typedef {object} Item
 * @property {string} value what a filter asks for
 * @property {string} label
 * @property {string[]} [names] other values that mean the same
 * @property {string} [note] shown behind the label
 * @property {string} [picture] address of a small round picture
 * @property {string} [icon]
 */

export class PickList {
  /** @param {Item[]} items the best first @param {(value: string) => void} toggle @param {string} label of the list */
  constructor(items, toggle, label) {
    Object.assign(this, { items, toggle });
    this.chosen = [];
    this.isWhole = false;
    this.chips = element('div', { className: 'chips', role: 'group', 'aria-label': label });
    this.finder = element('input', { className: 'input', type: 'search', placeholder: t('Find in this list'), 'aria-label': t('Find in this list'), hidden: true, oninput: () => this.#draw() });
    this.more = element('button', { className: 'btn quiet more', type: 'button', onclick: () => this.#toggleWhole() });
    this.box = element('div', { className: 'picklist' }, this.finder, this.chips, this.more);
    this.#draw();
  }

  /** @param {string[]} values what the search asks for; a value that the list does not have is added */
  show(values) {
    this.chosen = values;
    this.#draw();
  }

  #toggleWhole() {
    this.isWhole = !this.isWhole;
    this.finder.hidden = !this.isWhole || this.items.length <= LONG;
    this.finder.value = '';
    this.#draw();
    if (!this.finder.hidden) this.finder.focus();
  }

  #draw() {
    const shown = this.#shown();
    const focused = this.chips.contains(document.activeElement) ? document.activeElement.dataset.value : undefined;
    this.chips.replaceChildren(...shown.map((item) => this.#chip(item)));
    if (focused !== undefined) this.chips.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus();
    this.more.hidden = this.items.length <= AT_HAND;
    this.more.textContent = this.isWhole ? t('Show fewer') : t('Show all {n}', { n: this.items.length });
    this.more.setAttribute('aria-expanded', String(this.isWhole));
  }

  #shown() {
    const strange = this.chosen.filter((value) => !this.items.some((item) => means(item, value))).map((value) => ({ value, label: value }));
    const wanted = this.finder.value.trim().toLowerCase();
    const all = [...strange, ...this.items];
    if (this.isWhole) return all.filter(({ label }) => label.toLowerCase().includes(wanted));
    return all.filter((item, at) => at < AT_HAND + strange.length || this.#isChosen(item));
  }

  #isChosen(item) {
    return this.chosen.some((value) => means(item, value));
  }

  #chip(item) {
    const { value, label, note, picture, icon: name } = item;
    // The value that stands in the search is the one to take out of it.
    const own = this.chosen.find((chosen) => means(item, chosen)) ?? value;
    return element('button', {
      className: 'chip', type: 'button', 'aria-pressed': String(this.#isChosen(item)), 'data-value': value, onclick: () => this.toggle(own),
    }, picture ? element('img', { className: 'avatar s', src: picture, alt: '' }) : name ? icon(name, 's') : null,
    element('bdi', { className: 'truncate', textContent: label }), note ? element('span', { className: 'n', textContent: note }) : null);
  }
}

function means({ value, names = [] }, chosen) {
  return [value, ...names].some((name) => isSame(name, chosen));
}

/** The list under the search box: options in groups, one of them active, as ARIA's combobox wants it. */
import { element, icon } from './page.js';

/**
 * @typedef {object} Option
 * @property {string} icon
 * @property {string} label
 * @property {[number, number]} [match] the part of the label to be shown bold
 * @property {string} [hint]
 * @property {string} [picture] address of a small round picture in place of the icon
 * @property {string} query the whole search after choosing it
 * @property {boolean} [isOpen] it is not finished: a filter that waits for its value
 */

export class SuggestMenu {
  /** @param {HTMLInputElement} input @param {HTMLElement} box @param {(option: Option) => void} choose */
  constructor(input, box, choose) {
    Object.assign(this, { input, box, choose, list: box.querySelector('[role=listbox]') });
    /** @type {Option[]} */
    this.options = [];
    this.active = -1;
    // The input keeps the focus, or the list would close before it is clicked.
    box.addEventListener('pointerdown', (event) => event.preventDefault());
    this.list.addEventListener('click', ({ target }) => {
      const row = target.closest('[role=option]');
      if (row) choose(this.options[this.#rows().indexOf(row)]);
    });
  }

  get isOpen() {
    return !this.box.hidden;
  }

  /**
   * @param {{title: string, options: Option[]}[]} groups
   * @param {number} active number of the option that Enter takes, if none has been walked to that is still there
   */
  show(groups, active) {
    const filled = groups.filter(({ options }) => options.length);
    const walkedTo = this.isWalking ? this.options[this.active]?.query : undefined;
    this.options = filled.flatMap(({ options }) => options);
    let number = 0;
    this.list.replaceChildren(...filled.map((group, at) => makeGroup(group, at, () => number++)));
    this.#setOpen(this.options.length > 0);
    const stays = this.options.findIndex(({ query }) => query === walkedTo);
    this.isWalking = stays >= 0;
    this.activate(stays >= 0 ? stays : Math.min(active, this.options.length - 1));
  }

  hide() {
    this.isWalking = false;
    this.#setOpen(false);
    this.activate(-1);
  }

  /** Goes one option on, around the ends. */
  move(step) {
    const { length } = this.options;
    this.isWalking = true;
    if (length) this.activate(this.active < 0 && step < 0 ? length - 1 : (this.active + step + length) % length);
  }

  activate(number) {
    this.active = number;
    for (const [at, row] of this.#rows().entries()) row.setAttribute('aria-selected', String(at === number));
    const row = this.#rows()[number];
    if (!row) return this.input.removeAttribute('aria-activedescendant');
    this.input.setAttribute('aria-activedescendant', row.id);
    row.scrollIntoView({ block: 'nearest' });
    return undefined;
  }

  #rows() {
    return [...this.list.querySelectorAll('[role=option]')];
  }

  #setOpen(isOpen) {
    this.box.hidden = !isOpen;
    this.input.setAttribute('aria-expanded', String(isOpen));
  }
}

function makeGroup({ title, options }, at, next) {
  const id = `suggestion-group-${at}`;
  const heading = title && element('div', { id, className: 'grp', role: 'presentation', textContent: title });
  return element('div', { role: 'group', 'aria-labelledby': title ? id : null }, heading || null,
    ...options.map((option) => makeRow(option, next())));
}

function makeRow({ icon: name, label, match, hint, picture }, number) {
  return element('div', { id: `suggestion-${number}`, role: 'option', 'aria-selected': 'false' },
    picture ? element('img', { className: 'avatar s', src: picture, alt: '' }) : icon(name),
    makeLabel(label, match), hint ? element('span', { className: 'hint num', textContent: hint }) : null);
}

function makeLabel(label, [from, to] = [0, 0]) {
  const marked = to > from ? element('mark', { textContent: label.slice(from, to) }) : null;
  return element('bdi', { className: 'truncate' }, label.slice(0, from), marked, label.slice(to > from ? to : from));
}

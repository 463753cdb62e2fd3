/** The dialog in which one of many is chosen: a field to find it by, and a list that follows what is typed. */
import { busy, errorLine, openDialog } from './dialog.js';
import { Latest } from './latest.js';
import { config, element, icon, t, tn } from './page.js';

/** While somebody types nothing is asked for, ms. */
const PAUSE = 120;

/**
 * @template T
 * @param {object} what
 * @param {string} what.title
 * @param {string} what.find what the field is for
 * @param {string} what.none said where the list is empty
 * @param {string} [what.help]
 * @param {(words: string, signal: AbortSignal) => Promise<T[]>} what.ask
 * @param {(item: T) => {name: string, thumb: string, photos: number}} what.show
 * @param {{label: (words: string) => string, create: (words: string) => Promise<T>}} [what.make] offered for a name that is not there
 * @returns {Promise<T | null>}
 */
export function chooseOne({ title, find, none, help = '', ask, show, make }) {
  const search = element('input', { className: 'input', type: 'search', maxLength: 160, autocomplete: 'off', placeholder: find, 'aria-label': find });
  const list = element('div', { className: 'choose' });
  const error = errorLine();
  const body = element('div', { className: 'stack-4' }, help && element('p', { className: 'muted small', textContent: help }), search, list, error.line);
  const dialog = openDialog(title, { body: [body] });
  const latest = new Latest(ask, { delay: PAUSE });
  return new Promise((resolve) => {
    let chosen = null;
    let filled = Promise.resolve(false);
    dialog.addEventListener('close', () => resolve(chosen));
    search.addEventListener('input', begin);
    search.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') void takeFirst();
      if (event.key === 'ArrowDown') list.querySelector('button')?.focus();
      if (['Enter', 'ArrowDown'].includes(event.key)) event.preventDefault();
    });
    list.addEventListener('keydown', moveInList);
    begin();
    search.focus();

    function begin() {
      filled = fill();
    }

    /** The first of those that fit what is typed by now, not of those that were there before. */
    async function takeFirst() {
      const words = search.value;
      if (await filled && search.value === words) list.querySelector('button')?.click();
    }

    /** Whether the list is that of what is typed. */
    async function fill() {
      const words = search.value.trim();
      const items = await latest.about(words).catch(error.tell);
      if (!items) return false;
      error.tell(null);
      const isKnown = items.some((item) => show(item).name.toLowerCase() === words.toLowerCase());
      const rows = items.map((item) => row(show(item), () => take(item)));
      if (make && words && !isKnown) rows.push(newRow(make.label(words), () => make.create(words).then(take, error.tell)));
      if (!rows.length) rows.push(element('p', { className: 'muted small', textContent: none }));
      list.replaceChildren(...rows);
      return true;
    }

    function take(item) {
      chosen = item;
      dialog.close();
    }
  });
}

/** The words as a pattern that means exactly them. */
export function literal(words) {
  return words.replace(/[|&*%\\]/g, '\\$&');
}

function row({ name, thumb, photos }, onclick) {
  const cover = thumb
    ? element('img', { className: 'thumb', src: `/api/v1/t/${thumb}/${config.previewToken}/tile_100`, width: 48, height: 48, alt: '' })
    : element('span', { className: 'thumb' }, icon('image'));
  return element('button', { type: 'button', onclick }, cover,
    element('span', { className: 'what' }, element('strong', { className: 'truncate', textContent: name }),
      element('small', { className: 'num', textContent: tn('{n} photo', '{n} photos', photos) })));
}

function newRow(label, onclick) {
  const act = ({ currentTarget }) => busy(currentTarget, onclick);
  return element('button', { type: 'button', onclick: act }, element('span', { className: 'thumb' }, icon('plus')),
    element('span', { className: 'what' }, element('strong', { className: 'truncate', textContent: label })));
}

function moveInList(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('button')];
  items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
}

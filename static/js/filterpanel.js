/** The filter panel: beside the photos where there is room, else a sheet over them. */
import { get } from './api.js';
import { makeSections } from './filtersections.js';
import { element, icon, may, t } from './page.js';
import { isChip } from './searchchips.js';
import { join } from './query.js';
import { photos } from './resultshead.js';
import { toastError } from './toast.js';

const WIDE = matchMedia('(min-width: 1200px)');

/** Which sections are folded, kept in this browser. */
const FOLDED = 'filters-folded';

export class FilterPanel {
  /** @param {import('./searching.js').Searching} search */
  constructor(search) {
    this.search = search;
    this.aside = document.getElementById('filters');
    this.sheet = document.getElementById('filters-sheet');
    this.toggle = document.getElementById('filters-toggle');
    this.content = element('div', { className: 'filter-sections' });
    /** @type {import('./filtersections.js').Section[] | null} null until the choices are known */
    this.sections = null;
  }

  start() {
    this.toggle.addEventListener('click', () => this.search.show({ panel: !this.search.asked.panel }));
    this.sheet.addEventListener('close', () => this.search.asked.panel && !WIDE.matches && this.search.show({ panel: false }));
    this.sheet.addEventListener('click', (event) => event.target === this.sheet && this.sheet.close());
    this.sheet.querySelector('[data-clear-filters]').addEventListener('click', () => this.#clear());
    WIDE.addEventListener('change', () => this.#place());
    this.search.addEventListener('asked', () => this.#place());
    for (const topic of ['understood', 'found', 'failed']) this.search.addEventListener(topic, () => this.#show());
    this.#place();
  }

  #place() {
    const isOpen = this.search.asked.panel;
    this.toggle.setAttribute('aria-expanded', String(isOpen));
    this.toggle.setAttribute('aria-controls', WIDE.matches ? 'filters' : 'filters-sheet');
    this.aside.hidden = !isOpen || !WIDE.matches;
    document.getElementById('main').classList.toggle('with-panel', !this.aside.hidden);
    (WIDE.matches ? this.aside : this.sheet.querySelector('.body')).append(this.content);
    if (isOpen && !WIDE.matches && !this.sheet.open) this.#openSheet();
    if ((!isOpen || WIDE.matches) && this.sheet.open) this.sheet.close();
    if (isOpen) void this.#fill();
  }

  #openSheet() {
    this.sheet.showModal();
    this.sheet.querySelector('h2').focus();
  }

  async #fill() {
    if (!this.sections) {
      this.sections = [];
      this.content.setAttribute('aria-busy', 'true');
      try {
        this.sections = makeSections(await get('search/choices'), (change) => this.search.edit(change));
      } catch (problem) {
        this.sections = null;
        toastError(problem);
      }
      this.content.removeAttribute('aria-busy');
      this.content.replaceChildren(...(this.sections ?? []).map(makeDetails), ...this.#saving());
    }
    this.#show();
  }

  #saving() {
    if (!may('albums.update_album')) return [];
    this.save = element('button', { className: 'btn block', type: 'button', 'data-save-search': '' }, icon('bookmark'), t('Save this search'));
    return [this.save];
  }

  #show() {
    const { understood, asked, source } = this.search;
    // The photos may be there before their search is understood; until then the fields keep what was put in.
    if (understood.query === asked.query) for (const { show } of this.sections ?? []) show(understood.terms);
    // What is not understood cannot be changed piece by piece; the page says what is wrong.
    this.content.inert = Boolean(understood.error);
    if (this.save) this.save.disabled = !asked.query;
    this.sheet.querySelector('[data-show-found]').textContent = t('Show {photos}', { photos: photos(source.total) });
    this.sheet.querySelector('[data-clear-filters]').disabled = !understood.terms.some(isChip);
  }

  #clear() {
    this.search.edit((terms) => join(...terms.filter((term) => !isChip(term)).map(({ text }) => text)));
  }
}

function makeDetails({ title, box, isOpen = false }) {
  const folded = foldedSections();
  const details = element('details', { open: title in folded ? !folded[title] : isOpen },
    element('summary', {}, element('h3', { textContent: title }), icon('chevron-down', 's')), box);
  details.addEventListener('toggle', () => localStorage.setItem(FOLDED, JSON.stringify({ ...foldedSections(), [title]: !details.open })));
  return details;
}

function foldedSections() {
  try {
    return JSON.parse(localStorage.getItem(FOLDED) ?? '') ?? {};
  } catch {
    return {};
  }
}

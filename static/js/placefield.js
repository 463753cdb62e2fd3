/** The field for a city, region or other place, with the names the library has. */
import { Latest } from './latest.js';
import { element, t } from './page.js';
import { printAny, replaceFilters, valuesOf } from './query.js';
import { fetchSuggestions } from './suggestions.js';

const PAUSE = 120;
const LEVELS = ['place', 'city', 'state'];

/** @param {import('./query.js').Edit} edit */
export function makePlaceField(edit) {
  const names = element('datalist', { id: 'place-names' });
  const label = t('City, region or place');
  const input = element('input', { className: 'input', type: 'text', autocomplete: 'off', placeholder: label, 'aria-label': label });
  input.setAttribute('list', names.id);
  const latest = new Latest(fetchSuggestions, { delay: PAUSE });
  input.addEventListener('input', offer);
  input.addEventListener('change', () => edit((terms) => replaceFilters(terms, LEVELS, printAny('place', [input.value.trim()].filter(Boolean)))));
  return { box: element('div', {}, input, names), show };

  async function offer() {
    const text = input.value.trim();
    // A quote that is open says that the name goes on.
    const asked = printAny('place', [text]).replace(/"$/, '');
    const found = text ? await latest.about(asked).catch(() => []) : [];
    if (found) names.replaceChildren(...found.map(({ label: name, detail }) => element('option', { value: name, label: detail ? `${name}, ${detail}` : name })));
  }

  function show(terms) {
    if (document.activeElement !== input) input.value = LEVELS.flatMap((key) => valuesOf(terms, key))[0] ?? '';
  }
}

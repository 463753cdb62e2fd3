/** The labels of a photo in the info panel: what was seen or said, taken away by a click, added by name. */
import { findLabels, labelUrl } from './labelactions.js';
import { Latest } from './latest.js';
import { element, icon, iconButton, may, t } from './page.js';

/** Labels a person took away stay noted with this much doubt, in percent. */
const REMOVED = 100;

/** From here on a label is shown as a guess, percent of doubt. */
const DOUBTFUL = 50;

const PAUSE = 120;
const OFFERED = 8;

/** Where a label came from, in words. */
const SOURCES = { manual: 'set by hand', title: 'from the title', keyword: 'from the keywords', subject: 'from the subject', location: 'from the place' };

/** @typedef {{add: (name: string) => Promise<void>, remove: (label: any) => Promise<void>}} Change */

/** @param {any} details of the photo @param {Change} [change] @returns {HTMLElement | null} null for nothing to show or do */
export function photoLabels({ Labels: all = [] }, change) {
  const shown = all.filter(({ Uncertainty: doubt, Label: label }) => label?.Name && doubt < REMOVED);
  const canChange = change && may('library.update_photo');
  if (!shown.length && !canChange) return null;
  return element('div', { className: 'photo-labels' },
    element('div', { className: 'chips' }, ...shown.map((row) => chip(row, canChange && change))), canChange && adding(shown, change));
}

function chip(row, change) {
  const { Label: label, Uncertainty: doubt, LabelSrc: source } = row;
  const told = t(SOURCES[source] ?? 'seen in the picture');
  const title = source === 'manual' ? told : `${told} · ${t('{n} % sure', { n: REMOVED - doubt })}`;
  const name = may('library.search_label')
    ? element('a', { className: 'truncate', href: labelUrl(label), title, textContent: label.Name })
    : element('span', { className: 'truncate', title, textContent: label.Name });
  const remove = change && element('button', {
    className: 'x', type: 'button', title: t('Remove'), 'aria-label': t('Remove {name}', { name: label.Name }), onclick: () => change.remove(row),
  }, icon('x', 's'));
  return element('span', { className: doubt > DOUBTFUL ? 'chip doubtful' : 'chip' }, name, remove);
}

function adding(shown, change) {
  const offers = element('datalist', { id: 'label-names' });
  const input = element('input', { className: 'input', type: 'text', maxLength: 160, autocomplete: 'off', placeholder: t('Add a label'), 'aria-label': t('Add a label'), enterKeyHint: 'done' });
  input.setAttribute('list', offers.id);
  const latest = new Latest((words, signal) => findLabels(words, signal, OFFERED), { delay: PAUSE });
  const known = new Set(shown.map(({ Label: { Name: name } }) => name));
  const form = element('form', { noValidate: true }, input, offers, iconButton('plus', t('Add label'), { type: 'submit' }));
  input.addEventListener('input', async (event) => {
    // A name taken from the list comes whole, without a key; so does a word that the device corrects.
    const isOffered = [...offers.options].some(({ value }) => value === input.value);
    if (isOffered && (event.inputType === 'insertReplacementText' || !event.inputType)) return void form.requestSubmit();
    const found = await latest.about(input.value.trim()).catch(() => []);
    if (found) offers.replaceChildren(...found.filter(({ Name: name }) => !known.has(name)).map(({ Name: value }) => element('option', { value })));
    return undefined;
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (!name || input.readOnly) return;
    input.readOnly = true;
    await change.add(name);
    input.readOnly = false;
  });
  return form;
}

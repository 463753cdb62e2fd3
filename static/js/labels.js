/** The page of labels: rename, favour, merge, hide them and show them again; sort and search the list. */
import { count } from './dates.js';
import { showLabel } from './labelactions.js';
import { startLabelMenu } from './labelmenu.js';
import { t } from './page.js';
import { on } from './ws.js';

const form = document.getElementById('labels-form');

form?.order.addEventListener('change', () => form.requestSubmit());
form?.addEventListener('submit', () => {
  // An empty field has no place in the address.
  form.q.disabled = !form.q.value.trim();
});

startLabelMenu((button) => button.closest('.card'), {
  changed: showChange,
  gone: (tile) => { tile.hidden = true; },
  back: () => location.reload(),
  merged: showMerge,
});

document.addEventListener('click', async ({ target }) => {
  const tile = target.closest('[data-show]')?.closest('.card');
  if (tile && await showLabel(tile.dataset.uid)) tile.hidden = true;
});

for (const swatch of document.querySelectorAll('.swatch[data-hex]')) {
  const { hex, color } = swatch.dataset;
  swatch.style.backgroundColor = hex;
  swatch.title = t(color[0].toUpperCase() + color.slice(1));
  swatch.setAttribute('aria-label', swatch.title);
}

on('labels.deleted', ({ entities = [] }) => {
  for (const uid of entities) tileOf(uid)?.setAttribute('hidden', '');
});

function tileOf(uid) {
  return document.querySelector(`.card[data-uid="${CSS.escape(uid)}"]`);
}

function showChange(tile, { Name: name, Description: description, Favorite: favorite }) {
  Object.assign(tile.dataset, { name, description, favorite: favorite ? 'yes' : '' });
  const title = tile.querySelector('[data-shown-title]');
  title.textContent = name;
  title.title = name;
  tile.querySelector('[data-shown-heart]').hidden = !favorite;
  tile.querySelector('[data-menu]').setAttribute('aria-label', t('More about {name}', { name }));
}

function showMerge(tile, into) {
  tile.hidden = true;
  const number = tileOf(into.UID)?.querySelector('[data-tidy]');
  if (number) number.textContent = count(into.PhotoCount);
}

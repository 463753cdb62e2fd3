/** Keys that work on every page, and the dialog that lists them. */
import { toggleTheme } from './theme.js';

/** How long after G the second key counts, ms. */
const PAUSE = 1200;

/** Starts listening. Links with `data-key` are reached by G and that key. */
export function startShortcuts() {
  let awaitsPlace = false;
  document.addEventListener('keydown', (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open], .pswp') && event.key !== '?') return;
    if (awaitsPlace) {
      awaitsPlace = false;
      const place = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      // What the key alone does on this page is not meant.
      if (place) event.preventDefault();
      place?.click();
      return;
    }
    if (event.key === 'g') {
      awaitsPlace = true;
      setTimeout(() => { awaitsPlace = false; }, PAUSE);
    } else if (event.key === 't') {
      toggleTheme();
    } else if (event.key === 'u') {
      document.querySelector('[data-upload]')?.click();
    } else if (event.key === '/') {
      event.preventDefault();
      document.getElementById('search-words')?.focus();
    } else if (event.key === '?') {
      toggleShortcuts();
    }
  });
  document.addEventListener('click', ({ target }) => {
    if (target.closest('[data-shortcuts]')) toggleShortcuts();
  });
}

export function toggleShortcuts() {
  const dialog = document.getElementById('shortcuts');
  if (!dialog) return;
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

function isTyping(target) {
  return target instanceof Element && Boolean(target.closest('input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]'));
}

/** The head of the photos: how many were found, what can be done with them; the page's title. */
import { count } from './dates.js';
import { config, t, tn } from './page.js';
import { forgetSavedSearches } from './savedsearches.js';
import { isChip } from './searchchips.js';
import { writeAddress } from './searchaddress.js';
import { toastError } from './toast.js';

/** @param {import('./searching.js').Searching} search @param {HTMLElement} canvas */
export function showResultsHead(search, canvas) {
  const { source } = search;
  const found = document.getElementById('found');
  const why = document.getElementById('show-why');
  const best = document.getElementById('best-first');
  source.addEventListener('change', countPhotos);
  for (const topic of ['asked', 'found', 'understood', 'failed']) search.addEventListener(topic, update);
  search.addEventListener('found', () => {
    countPhotos();
    document.getElementById('told').textContent = search.asked.query ? photos(source.total) : '';
  });
  why.addEventListener('click', () => search.show({ why: !search.asked.why }));
  best.addEventListener('click', () => search.sort(source.order === 'relevance' ? 'newest' : 'relevance'));
  document.addEventListener('click', ({ target }) => target.closest('[data-save-search]') && save(search.asked.query));
  update();

  function update() {
    const { query } = search.asked;
    found.hidden = !query;
    document.getElementById('unfiltered').hidden = Boolean(query);
    document.title = `${query ? t('Search for “{query}”', { query }) : canvas.dataset.title} · ${config.appName}`;
    best.hidden = !source.canRank;
    best.setAttribute('aria-pressed', String(source.order === 'relevance'));
    why.setAttribute('aria-pressed', String(search.asked.why));
    const link = found.querySelector('[data-with-query]');
    if (link) link.href = writeAddress(link.pathname, { query });
    countFilters();
  }

  function countFilters() {
    const { error, terms } = search.understood;
    const on = error ? 0 : terms.filter(isChip).length;
    const shown = document.querySelector('[data-filters-on]');
    shown.hidden = !on;
    shown.textContent = count(on);
  }

  function countPhotos() {
    found.querySelector('[data-found]').textContent = search.problem ? t('Search') : photos(source.total);
  }
}

/** "214 photos" */
export function photos(n) {
  return tn('{n} photo', '{n} photos', n);
}

async function save(query) {
  try {
    const { saveSearch } = await import('./savesearch.js');
    if (await saveSearch(query)) forgetSavedSearches();
  } catch (problem) {
    toastError(problem);
  }
}

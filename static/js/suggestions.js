/** What the search box offers while somebody types: from the server, and from this browser. */
import { get } from './api.js';
import { count } from './dates.js';
import { fittingSearches, fittingSuggestions, fittingTitles, matchOf } from './fitting.js';
import { config, t } from './page.js';
import { recentSearches } from './recentsearches.js';
import { iconOf } from './searchchips.js';

const MOST_RECENT = 4;
const MOST_REFINED = 8;
const MOST_SAVED = 3;

/** @returns {Promise<object[]>} what may follow a text */
export async function fetchSuggestions(text, signal) {
  const { suggestions } = await get(`search/suggest?${new URLSearchParams({ q: text, count: String(MOST_REFINED) })}`, { signal });
  return suggestions;
}

/**
 * The groups of the list for a text, from what is known so far.
 * @param {string} text what stands in the box, chips included
 * @param {string} typed what stands behind the chips
 * @param {{text: string, suggestions: object[]}} answered the last answer and what it was for
 * @param {{title: string, query: string}[]} saved
 */
export function groupsFor(text, typed, answered, saved) {
  const search = typed ? [{ icon: 'search', label: t('Search for “{query}”', { query: typed }), query: text }] : [];
  const savedHere = fittingTitles(saved, typed, MOST_SAVED);
  const isSaved = ({ kind, label }) => kind === 'album' && savedHere.some(({ title }) => title === label);
  const refined = fittingSuggestions(text, answered).filter((suggestion) => !isSaved(suggestion)).map(optionOf);
  const recent = fittingSearches(recentSearches(), text, MOST_RECENT)
    .map((query) => ({ icon: 'history', label: query, match: matchOf(query, typed), query }));
  const groups = [
    { title: text.trim() ? t('Refine') : t('Suggestions'), options: [...search, ...refined] },
    { title: t('Recent'), isRecent: true, options: recent },
    { title: t('Saved'), options: savedHere.map((each) => savedOption(each, typed)) },
  ];
  // Whoever has not typed yet most often wants what was wanted before.
  return text.trim() ? groups : [...groups.slice(1), groups[0]];
}

function savedOption({ title, query }, typed) {
  return { icon: 'bookmark', label: title, match: matchOf(title, typed), hint: t('Saved'), query };
}

function optionOf({ kind, label, detail, match, query, count: found, thumb }) {
  const hint = found === null || found === undefined ? detail : count(found);
  const picture = thumb ? `/api/v1/t/${thumb}/${config.previewToken}/tile_100` : '';
  return { icon: iconOf(kind), label, match, hint, picture, query, isOpen: kind === 'filter' };
}

/** More like this: the search for photos that look like one. */
import { config, may } from './page.js';
import { printFilter } from './query.js';

/** Whether who looks may search; the holder of a link sees but its photos. */
export function maySearch() {
  return may('library.search_photo') && !config.authToken;
}

/** Leads there from any page; who goes back is where they were. */
export function showSimilar(uid) {
  if (maySearch()) location.assign(`/library/browse?${new URLSearchParams({ q: printFilter('similar', uid) })}`);
}

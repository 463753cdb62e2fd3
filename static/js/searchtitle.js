/** A title for a search that is kept. Pure. */

/** Longest title that is made of a search, characters. */
const LONGEST = 60;

/**
 * What the search says without the names of its filters: `country:it 2024` is "It 2024".
 * @param {string} query as in the search box
 */
export function titleFor(query) {
  const words = query.replace(/(^|[\s(!-])[a-z_0-9]+:/gi, '$1').replace(/["“”()|&\\!*]+/g, ' ').replace(/(^|\s)-+/g, '$1');
  const title = words.replace(/\s+/g, ' ').trim().slice(0, LONGEST).trim();
  return title.charAt(0).toUpperCase() + title.slice(1);
}

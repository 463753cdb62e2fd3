/** Which earlier searches and answers still fit what is being typed. Pure. */

const MOST_KEPT = 12;

/**
 * An older answer counts for as long as only its last word goes on. Never another question's answers.
 * @param {string} text what stands in the box
 * @param {{text: string, suggestions: object[]}} answered the last answer and what it was for
 */
export function fittingSuggestions(text, { text: asked, suggestions }) {
  if (asked === text) return suggestions;
  const [head, word] = splitLastWord(text);
  if (!word || splitLastWord(asked)[0] !== head || !text.startsWith(asked)) return [];
  return suggestions.filter(({ label }) => holds(label, word)).map((suggestion) => ({ ...suggestion, match: matchOf(suggestion.label, word) }));
}

/** Earlier searches that hold the text and are not the text. */
export function fittingSearches(queries, text, most) {
  const wanted = text.trim().toLowerCase();
  return queries.filter((query) => holds(query, wanted) && query.toLowerCase() !== wanted).slice(0, most);
}

/** Saved searches whose titles hold the text; all of them without one. */
export function fittingTitles(saved, text, most) {
  return saved.filter(({ title, query }) => holds(title, text.trim()) && query !== text.trim()).slice(0, most);
}

/** The list with one search more, newest first; one that only goes on from the one before takes its place. */
export function withNewest(queries, query) {
  const text = query.trim();
  const [last = '', ...others] = queries;
  const rest = last && text.startsWith(`${last} `) ? others : queries;
  return [text, ...rest.filter((other) => other !== text)].slice(0, MOST_KEPT);
}

/** @returns {[number, number]} where a word stands in a label, [0, 0] if it does not */
export function matchOf(label, word) {
  const wanted = word.trim().toLowerCase();
  const at = wanted ? label.toLowerCase().indexOf(wanted) : -1;
  return at < 0 ? [0, 0] : [at, at + wanted.length];
}

function holds(text, word) {
  return text.toLowerCase().includes(word.toLowerCase());
}

function splitLastWord(text) {
  const at = text.lastIndexOf(' ') + 1;
  return [text.slice(0, at), text.slice(at)];
}

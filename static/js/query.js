/** The surface of the search language: values with their escapes, filters as text. The same as `library.query`. Pure. */

/**
 * A part of a query as the server understood it.
 * @typedef {object} Term
 * @property {string} kind "place", "date", "person", "label" and so on; "text" for words that are only words
 * @property {string} key of the filter, "" for a word
 * @property {string} value in the value language: `cat|dog`
 * @property {string} label what a reader calls it
 * @property {boolean} negated
 * @property {string} text the piece of the query it came from
 * @property {string} without the query without it
 */

/**
 * Changes the search by what was understood of it.
 * @typedef {(change: (terms: Term[]) => string) => void} Edit
 */

/** The value that means exactly this text. */
export function escapeValue(text) {
  return text.replace(/[|&*%\\]/g, '\\$&');
}

/** The texts of `cat|dog`, without their escapes. */
export function alternatives(value) {
  return split(value, '|').map(unescapeValue);
}

/** The text that a value means when its operators are taken as characters. */
export function unescapeValue(value) {
  return [...characters(value)].map(([character]) => character).join('');
}

/** `key:value`, in quotes where the value needs them; the value is in the value language. */
export function printFilter(key, value) {
  const written = value.replace(/["“”„]/g, '\\$&');
  return `${key}:${/^!|[\s():]/.test(value) ? `"${written}"` : written}`;
}

/** The filter for any of these texts, "" for none. */
export function printAny(key, texts) {
  return texts.length ? printFilter(key, texts.map(escapeValue).join('|')) : '';
}

/** Pieces of a query as one text. */
export function join(...pieces) {
  return pieces.map((piece) => piece.trim()).filter(Boolean).join(' ');
}

/** The texts that a query asks for by one filter. */
export function valuesOf(terms, key) {
  return terms.filter((term) => isOf(term, key)).flatMap(({ value }) => alternatives(value));
}

/** The query of these terms without those of some keys, and with `pieces` at its end. */
export function replaceFilters(terms, keys, ...pieces) {
  return join(...terms.filter((term) => !keys.some((key) => isOf(term, key))).map(({ text }) => text), ...pieces);
}

/** The query with one text more or less among those of a filter: `label:cat` becomes `label:cat|dog`. */
export function toggleValue(terms, key, text) {
  const values = valuesOf(terms, key);
  const rest = values.filter((value) => !isSame(value, text));
  return replaceFilters(terms, [key], printAny(key, rest.length < values.length ? rest : [...values, text]));
}

/** Names are compared as the server does, without case. */
export function isSame(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

function isOf(term, key) {
  return term.key === key && !term.negated;
}

/** The pieces between unescaped operators, still escaped, trimmed, none empty. */
function split(value, operator) {
  const pieces = [''];
  for (const [character, isEscaped] of characters(value)) {
    if (character === operator && !isEscaped) pieces.push('');
    else pieces[pieces.length - 1] += isEscaped ? escapeValue(character) : character;
  }
  return pieces.map((piece) => piece.trim()).filter(Boolean);
}

/** Each character, and whether a backslash stood before it; a backslash before others is itself. */
function* characters(value) {
  for (let at = 0; at < value.length; at += 1) {
    const following = value[at + 1];
    if (value[at] === '\\' && following && '|&*%\\'.includes(following)) {
      yield [following, true];
      at += 1;
    } else {
      yield [value[at], value[at] === '\\'];
    }
  }
}

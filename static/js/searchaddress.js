/** What the address says about a search: the query, whether the panel is open, whether reasons show. Pure. */

/**
 * @typedef {object} Asked
 * @property {string} query
 * @property {boolean} panel
 * @property {boolean} why
 * @property {'' | 'relevance' | 'newest'} order how the photos stand; "" for what suits the words
 */

const ORDERS = ['relevance', 'newest'];

/** @param {string} search as in `location.search` @returns {Asked} */
export function readAddress(search) {
  const given = new URLSearchParams(search);
  const query = given.getAll('q').filter((text) => text.trim()).join(' ');
  const order = ORDERS.find((name) => name === given.get('order')) ?? '';
  return { query, panel: given.has('panel'), why: given.has('why'), order };
}

/** @param {string} path @param {Asked} asked @returns {string} the address that says so */
export function writeAddress(path, { query, panel, why, order }) {
  const parts = [query && `q=${encodeQuery(query)}`, order && `order=${order}`, panel && 'panel', why && 'why'].filter(Boolean);
  return parts.length ? `${path}?${parts.join('&')}` : path;
}

/** Colons, commas and bars may stand in an address as they are, and people read them there. */
function encodeQuery(query) {
  return encodeURIComponent(query).replaceAll('%20', '+').replaceAll('%3A', ':').replaceAll('%2C', ',');
}

/** Which of the files the tray shows, and what it counts. Pure. */

/** @typedef {import('./uploadqueue.js').Item} Item */

/** Rows at once: thousands would make the page slow, and nobody reads them. */
export const MOST_ROWS = 100;

const ACTIVE = new Set(['sending', 'resting']);
const DONE = new Set(['sent', 'adding', 'added', 'known']);
const TROUBLED = new Set(['failed', 'refused']);
const FINISHED = new Set(['added', 'known', 'failed', 'refused']);

/** How much of the rows each kind may take when there are too many files for all. */
const MOST_TROUBLED = 50;
const MOST_RECENT = 20;

/**
 * All files as they were chosen if there is room, else what is being sent, then what went wrong, what has just been done,
 * and what comes next.
 *
 * @param {Item[]} items
 * @returns {{rows: Item[], more: number}} `more` are not shown
 */
export function pickRows(items, most = MOST_ROWS) {
  if (items.length <= most) return { rows: items, more: 0 };
  const picked = new Set(items.filter(({ state }) => ACTIVE.has(state)).slice(0, most));
  const fill = (found) => {
    for (const item of found) if (picked.size < most) picked.add(item);
  };
  fill(items.filter(({ state }) => TROUBLED.has(state)).slice(-MOST_TROUBLED).reverse());
  fill(items.filter(({ state }) => DONE.has(state)).slice(-MOST_RECENT).reverse());
  fill(items.filter(({ state }) => state === 'waiting'));
  fill(items);
  return { rows: [...picked], more: items.length - picked.size };
}

/**
 * @typedef {object} Counted
 * @property {number} total files
 * @property {number} gone files about which nothing is left to be sent
 * @property {number} settled files of which the outcome is known
 * @property {number} added pictures; files of one picture count once
 * @property {number} review how many of the added wait in review
 * @property {number} known
 * @property {number} refused
 * @property {number} failed
 * @property {number} bytes of all files that are or were sent
 * @property {number} sentBytes
 * @property {boolean} isSending whether something is still to be sent
 */

/** @param {Item[]} items @returns {Counted} */
export function countItems(items) {
  const counted = { total: items.length, gone: 0, settled: 0, added: 0, review: 0, known: 0, refused: 0, failed: 0, bytes: 0, sentBytes: 0, isSending: false };
  const photos = new Set();
  const inReview = new Set();
  const named = new Set(items.filter(({ photo }) => photo).map(pictureOf));
  for (const item of items) {
    const { state, size, sent, photo } = item;
    const isLeft = state === 'waiting' || ACTIVE.has(state);
    if (isLeft) counted.isSending = true;
    else counted.gone += 1;
    if (FINISHED.has(state)) counted.settled += 1;
    if (state === 'added' && item.review) inReview.add(photo);
    if (state === 'added' && (photo || !named.has(pictureOf(item)))) photos.add(photo || pictureOf(item));
    else if (state === 'known' || state === 'refused' || state === 'failed') counted[state] += 1;
    if (state === 'refused' || state === 'failed') continue;
    counted.bytes += size;
    counted.sentBytes += isLeft ? Math.min(sent, size) : size;
  }
  counted.added = photos.size;
  counted.review = inReview.size;
  return counted;
}

/** A sidecar has no photo of its own: it goes with the picture beside it. */
function pictureOf({ folder, group }) {
  return `${folder}/${group}`;
}

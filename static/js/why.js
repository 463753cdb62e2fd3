/** "Show why": on each tile the words by which a search found it. */
import { get } from './api.js';

/** Tiles come in frames while scrolling; they are asked about together, ms. */
const GATHER = 60;

/** The most that one request may ask about. */
const AT_ONCE = 500;

/** As many as fit on a small tile. */
const MOST = 3;

/** @param {import('./searching.js').Searching} search @param {import('./timeline.js').Timeline} timeline */
export function showReasons(search, timeline) {
  /** @type {Map<string, {label: string}[]>} by UID, for one search; [] while asked */
  let known = new Map();
  let gathering = 0;
  let wasShown = false;
  timeline.addEventListener('scrolled', draw);
  search.addEventListener('asked', draw);
  search.addEventListener('found', () => {
    known = new Map();
    draw();
  });

  function draw() {
    const { why, query } = search.asked;
    const isShown = why && query !== '' && query === timeline.source.query;
    if (!isShown && !wasShown) return;
    wasShown = isShown;
    for (const cell of timeline.cells.values()) cell.showReasons(isShown ? (known.get(cell.photo.uid) ?? []).slice(0, MOST) : []);
    if (isShown) gathering ||= setTimeout(ask, GATHER);
  }

  async function ask() {
    gathering = 0;
    const { query, view } = timeline.source;
    const answers = known;
    const uids = [...timeline.cells.values()].map(({ photo }) => photo.uid).filter((uid) => !answers.has(uid)).slice(0, AT_ONCE);
    if (!uids.length) return;
    for (const uid of uids) answers.set(uid, []);
    try {
      const { reasons } = await get(`search/reasons?${new URLSearchParams({ q: query, view, uids: uids.join(',') })}`);
      for (const [uid, words] of Object.entries(reasons)) answers.set(uid, words);
    } catch {
      // Asked again when they come into view the next time; the photos are there all the same.
      for (const uid of uids) answers.delete(uid);
      return;
    }
    draw();
  }
}

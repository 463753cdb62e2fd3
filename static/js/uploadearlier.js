/** What pages of this tab have sent and the server has not taken in yet, kept while one goes from page to page. */

export const EARLIER = 'uploads';

/** @returns {{since: string, batches: {token: string, album: import('./uploadqueue.js').Album | null}[]}} */
export function readEarlier() {
  return JSON.parse(sessionStorage.getItem(EARLIER) ?? 'null') ?? { since: '', batches: [] };
}

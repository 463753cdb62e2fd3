/** Everything the server knows about a photo; the last few answers are kept. */
import { get } from './api.js';

const KEPT = 50;

/** @type {Map<string, Promise<object>>} */
const answers = new Map();

/** Photos that changed are asked for anew. */
export function forgetDetails(uids) {
  for (const uid of uids) answers.delete(uid);
}

/** What the server answered to a change. @param {{UID: string}} details */
export function keepDetails(details) {
  answers.delete(details.UID);
  answers.set(details.UID, Promise.resolve(details));
}

/** @param {string} uid */
export function detailsOf(uid) {
  if (!answers.has(uid)) {
    answers.set(uid, get(`photos/${uid}`));
    answers.get(uid).catch(() => answers.delete(uid));
    if (answers.size > KEPT) answers.delete(answers.keys().next().value);
  }
  return answers.get(uid);
}

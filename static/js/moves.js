/** Which changes each view offers for its photos, to those who may make them. */
import { may } from './page.js';

/** `permission` is the server's word; it checks again. */
const MOVES = {
  archive: { icon: 'archive', label: 'Archive', permission: 'library.archive_photo' },
  restore: { icon: 'archive-restore', label: 'Restore', permission: 'library.archive_photo' },
  approve: { icon: 'circle-check', label: 'Approve', permission: 'library.update_photo' },
  private: { icon: 'lock', label: 'Make private', permission: 'library.update_photo' },
  unprivate: { icon: 'lock-open', label: 'Not private', permission: 'library.update_photo' },
};

const OF_VIEW = {
  review: ['approve', 'archive'],
  archive: ['restore'],
  private: ['unprivate', 'archive'],
};
const USUAL = ['archive', 'private'];

/** @param {string} view @returns {{name: string, icon: string, label: string}[]} */
export function movesOf(view) {
  const names = OF_VIEW[view] ?? USUAL;
  return names.filter((name) => may(MOVES[name].permission)).map((name) => ({ name, ...MOVES[name] }));
}

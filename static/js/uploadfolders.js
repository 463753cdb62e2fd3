/** The files of what was dropped or pasted, whole folders with all that is below them. Pure. */
import { isClutter } from './uploadfiles.js';

/** @typedef {import('./uploadfiles.js').Chosen} Chosen */

/**
 * Must be called while the event is being handled: afterwards the browser tells nothing more of what was dropped.
 *
 * @param {DataTransfer} transfer
 * @returns {Promise<Chosen[]>}
 */
export function filesOf(transfer) {
  const dropped = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = dropped.map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.includes(null)) return Promise.resolve([...transfer.files].map((file) => ({ file, folder: '' })));
  return filesBelow(entries);
}

/** @param {FileSystemEntry[]} entries @returns {Promise<Chosen[]>} what cannot be read is left out */
export async function filesBelow(entries) {
  /** @type {Chosen[]} */
  const found = [];
  const left = [...entries].reverse();
  while (left.length) {
    const entry = left.pop();
    if (entry.isDirectory) left.push(...(await entriesOf(/** @type {FileSystemDirectoryEntry} */ (entry))).reverse());
    else await fileOf(/** @type {FileSystemFileEntry} */ (entry)).then((file) => found.push({ file, folder: folderOf(entry) }), () => {});
  }
  return found;
}

/** A folder is told in parts, of at most 100 in Chromium, until a part is empty. */
async function entriesOf(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const part = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!part.length) return found.filter(({ name }) => !isClutter(name));
    found.push(...part);
  }
}

function fileOf(entry) {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function folderOf({ fullPath }) {
  return fullPath.slice(0, fullPath.lastIndexOf('/'));
}

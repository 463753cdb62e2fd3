/** What a chosen file is before it is sent: whether it is taken, and which files belong together. Pure. */

/**
 * A file and the folder it was dropped in, "" for none.
 * @typedef {{file: File, folder: string}} Chosen
 */

/** Lower case, without its dot; "" for "name", ".name" and "name.". */
export function extensionOf(name) {
  const at = name.lastIndexOf('.');
  return at > 0 ? name.slice(at + 1).toLowerCase() : '';
}

/** What every system leaves in its folders and nobody means to upload. */
export function isClutter(name) {
  return name.startsWith('.') || name.startsWith('@') || /^(?:thumbs\.db|desktop\.ini|__macosx)$/i.test(name);
}

/**
 * Why a file is not even sent.
 *
 * @param {{name: string, size: number}} file
 * @param {{types: Set<string>, limit: number}} rules `limit` in bytes
 * @returns {'' | 'type' | 'size' | 'empty'}
 */
export function whyNotSent({ name, size }, { types, limit }) {
  if (!types.has(extensionOf(name))) return 'type';
  if (size === 0) return 'empty';
  return size > limit ? 'size' : '';
}

/**
 * The name that the files of one picture share: "img_1" of IMG_1.JPG, IMG_1.MOV, IMG_1.JPG.xmp, IMG_E1.HEIC and
 * IMG_1-edited.jpg. The server sorts them out; they only must come to it together.
 *
 * @param {string} name
 * @param {Set<string>} types
 */
export function groupOf(name, types) {
  let stem = extensionOf(name) ? name.slice(0, name.lastIndexOf('.')) : name;
  while (types.has(extensionOf(stem))) stem = stem.slice(0, stem.lastIndexOf('.'));
  return stem.toLowerCase().replace(/^img_[eo](?=\d{4,})/, 'img_').replace(/-edited$/, '');
}

/** Folder by folder, what belongs together side by side. @param {{folder: string, group: string, name: string}[]} items */
export function inOrder(items) {
  const byText = (a, b) => (a < b ? -1 : Number(a > b));
  return items.toSorted((a, b) => byText(a.folder, b.folder) || byText(a.group, b.group) || byText(a.name, b.name));
}

/** The name of a batch: 24 characters nobody guesses. */
export function newToken() {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  let token = '';
  while (token.length < 24) {
    // 252 is the largest multiple of 36 in a byte; what lies above would favour the first letters.
    for (const byte of crypto.getRandomValues(new Uint8Array(32))) if (byte < 252) token += letters[byte % 36];
  }
  return token.slice(0, 24);
}

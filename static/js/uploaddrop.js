/** Files that are dropped or pasted anywhere on a page. */
import { element, icon, t, tn } from './page.js';
import { filesOf } from './uploadfolders.js';

/** @typedef {import('./uploadqueue.js').Album} Album */

/** While files are over the page, the browser says so every 50 to 350 ms. */
const GONE = 800;

/**
 * @param {() => Album | null} albumHere where the files would go
 * @param {(found: Promise<import('./uploadfiles.js').Chosen[]>) => void} take
 */
export function watchDrops(albumHere, take) {
  let zone = null;
  let timer = 0;
  let isOwn = false;
  const hide = () => {
    clearTimeout(timer);
    zone?.remove();
    zone = null;
  };
  // A photo of this page that is dragged counts as a file, too.
  document.addEventListener('dragstart', () => { isOwn = true; });
  document.addEventListener('dragend', () => { isOwn = false; });
  for (const name of ['dragenter', 'dragover']) {
    document.addEventListener(name, (event) => {
      if (isOwn || !isForUs(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      if (!zone) document.body.append(zone = zoneFor(event.dataTransfer, albumHere()));
      clearTimeout(timer);
      timer = setTimeout(hide, GONE);
    });
  }
  document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget || hide());
  document.addEventListener('drop', (event) => {
    hide();
    if (isOwn || !isForUs(event)) return;
    event.preventDefault();
    take(filesOf(event.dataTransfer));
  });
  document.addEventListener('paste', ({ clipboardData }) => {
    // Text that is copied out of a document comes with its picture.
    if (!clipboardData?.files.length || clipboardData.types.includes('text/plain') || isBusy()) return;
    take(filesOf(clipboardData).then((found) => found.map(({ file }) => ({ file: named(file), folder: '' }))));
  });
}

/** A dialog may take files of its own; what is behind it takes none. */
function isForUs({ dataTransfer }) {
  return Boolean(dataTransfer?.types.includes('Files')) && !isBusy();
}

function isBusy() {
  return Boolean(document.querySelector('dialog[open]'));
}

function zoneFor({ items }, album) {
  const files = [...items].filter(({ kind }) => kind === 'file');
  // What has no type may be a folder of thousands.
  const n = files.some(({ type }) => !type) ? 0 : files.length;
  const values = { title: album?.title ?? '' };
  const told = album ? (n ? tn('{n} file, to “{title}”', '{n} files, to “{title}”', n, values) : t('to “{title}”', values)) : n ? tn('{n} file', '{n} files', n) : '';
  return element('div', { className: 'dropzone', role: 'status' }, icon('cloud-upload', 'l'), element('h2', { textContent: t('Drop to upload') }), element('p', { textContent: told }));
}

/** Every pasted picture is called "image.png"; the moment tells them apart. */
function named(file) {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const now = new Date();
  const moment = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 23).replace('T', ' ').replaceAll(':', '.');
  return new File([file], `${moment}${file.name.slice(5)}`, { type: file.type, lastModified: now.getTime() });
}

/** The files of a stack beside each other: a click shows that file in place of the photo. */
import { config, element, t } from './page.js';

/** Files of a photo that have a picture of their own. */
export function picturesOf({ Files: files = [] }) {
  return files.filter(({ Width: width, Sidecar: isSidecar, Error: error, Missing: isMissing }) => width && !isSidecar && !error && !isMissing);
}

export class StackStrip {
  /** @param {(file: object | null) => void} look null = the primary file again */
  constructor(look) {
    this.look = look;
    this.box = element('nav', { className: 'stackstrip', hidden: true, 'aria-label': t('Files of this stack') });
    this.box.addEventListener('click', (event) => {
      const item = event.target.closest('button');
      if (item) this.#choose(item);
    });
  }

  /** Another photo is shown; its files are not known yet. */
  wait(uid) {
    if (uid === this.uid) return;
    this.uid = uid;
    this.details = null;
    this.box.hidden = true;
    this.box.replaceChildren();
  }

  /** @param {object} details of the photo */
  show(details) {
    // Shown again while another file is looked at: which one that is stays marked.
    if (details === this.details) return;
    this.details = details;
    const files = picturesOf(details);
    this.box.hidden = files.length < 2;
    if (this.box.hidden) return;
    this.box.replaceChildren(...files.map((file) => itemOf(file)));
  }

  #choose(item) {
    for (const other of this.box.children) other.setAttribute('aria-pressed', String(other === item));
    this.look(item.file.Primary ? null : item.file);
  }
}

function itemOf(file) {
  const { Hash: hash, Name: path, FileType: type = '', Primary: isPrimary } = file;
  const name = path.split('/').at(-1);
  const item = element('button', { type: 'button', title: name, 'aria-label': name, 'aria-pressed': String(Boolean(isPrimary)) },
    element('img', { src: `/api/v1/t/${hash}/${config.previewToken}/tile_224`, alt: '', draggable: false }),
    element('span', { textContent: type.toUpperCase().slice(0, 4) }));
  item.file = file;
  return item;
}

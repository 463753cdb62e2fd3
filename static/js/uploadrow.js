/** One file in the tray: its picture, how far it is, and what can be done. */
import { fileSize, partOfSize } from './dates.js';
import { element, icon, iconButton, t } from './page.js';
import { canRetry } from './uploadqueue.js';
import { extensionOf } from './uploadfiles.js';

/** @typedef {import('./uploadqueue.js').Item} Item */

const FILMS = new Set(['3g2', '3gp', 'asf', 'avi', 'f4v', 'flv', 'm2ts', 'm4v', 'mkv', 'mov', 'mp4', 'mpeg', 'mpg', 'mts', 'mxf', 'ogv', 'qt', 'webm', 'wmv']);
const TEXTS = new Set(['aae', 'json', 'md', 'nfo', 'pdf', 'txt', 'xml', 'xmp', 'yaml', 'yml']);

export class UploadRow {
  /** @param {Item} item @param {{cancel: (item: Item) => void, retry: (item: Item) => void, limit: number}} acts `limit` in bytes */
  constructor(item, acts) {
    Object.assign(this, { item, acts });
    this.shown = '';
    this.thumb = element('span', { className: 'thumb' }, icon(iconOf(item.name)));
    this.told = element('small', { className: 'num' });
    this.bar = element('progress', { className: 'thin', max: 1, 'aria-label': t('{name}, sent', { name: item.name }) });
    this.name = element('span', { className: 'truncate', textContent: item.name, title: item.name });
    this.end = element('span', { className: 'end' });
    this.box = element('li', {}, this.thumb, element('div', { className: 'told' }, this.name, this.told, this.bar), this.end);
    this.show();
  }

  show() {
    const { state, sent, size } = this.item;
    const told = this.#words();
    if (this.told.textContent !== told) this.told.textContent = told;
    this.bar.hidden = state !== 'sending';
    if (state === 'sending') this.bar.value = size ? sent / size : 0;
    if (this.shown === state) return;
    this.shown = state;
    this.told.className = state === 'failed' || state === 'refused' ? 'bad' : 'num';
    this.box.dataset.state = state;
    const hadFocus = this.end.contains(document.activeElement);
    this.end.replaceChildren(this.#end());
    if (hadFocus) (this.end.querySelector('button') ?? this.box.parentElement)?.focus();
  }

  #words() {
    const { state, sent, size, reason, rule } = this.item;
    switch (state) {
      case 'sending': return t('{done} of {total}', { done: partOfSize(sent, size), total: fileSize(size) });
      case 'resting': return t('Trying again in a moment');
      case 'sent': return t('Sent');
      case 'adding': return t('Being added');
      case 'added': return t('Done');
      case 'known': return t('Already in your library');
      case 'refused': return reason || this.#rule(rule);
      case 'failed': return reason || t('It could not be added');
      default: return t('Waiting');
    }
  }

  #rule(rule) {
    if (rule === 'size') return t('Too large: {size} is the limit', { size: fileSize(this.acts.limit) });
    if (rule === 'empty') return t('The file is empty');
    return rule === 'type' ? t('Files of this kind are not taken') : t('It was not taken');
  }

  #end() {
    const { item, acts } = this;
    const { name, state } = item;
    if (canRetry(item)) return iconButton('rotate-cw', t('Try again: {name}', { name }), { onclick: () => acts.retry(item) });
    if (['waiting', 'sending', 'resting'].includes(state)) return iconButton('x', t('Cancel {name}', { name }), { onclick: () => acts.cancel(item) });
    return icon({ added: 'circle-check', known: 'copy', refused: 'ban', failed: 'circle-alert' }[state] ?? 'check');
  }
}

function iconOf(name) {
  const extension = extensionOf(name);
  if (FILMS.has(extension)) return 'film';
  return TEXTS.has(extension) ? 'file-text' : 'image';
}

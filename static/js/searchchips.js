/** The chips that show what of a search was understood. */
import { config, element, icon, readJson, t } from './page.js';

/** Kind of a term or suggestion to its icon, as the server draws them on the first paint. */
const ICONS = readJson('search-icons');

/** Words that are only words stay in the search box. */
export function isChip({ kind }) {
  return kind !== 'text';
}

export function iconOf(kind) {
  return ICONS[kind] ?? ICONS.filter;
}

/** "Italy", "not Italy". */
export function nameOf({ label, negated }) {
  return negated ? t('not {name}', { name: label }) : label;
}

/**
 * @param {import('./query.js').Term} term
 * @param {string} href the search without it
 */
export function makeChip(term, href) {
  const name = nameOf(term);
  return element('span', { className: `chip on${term.negated ? ' not' : ''}` },
    element('input', { type: 'hidden', name: 'q', value: term.text }),
    term.thumb ? picture(term.thumb) : icon(iconOf(term.kind), 's'), element('bdi', { className: 'truncate', textContent: name, title: term.text }),
    element('a', { className: 'x', href, 'data-remove': '', 'aria-label': t('Remove {name}', { name }) }, icon('x', 's')));
}

function picture(hash) {
  return element('img', { src: `/api/v1/t/${hash}/${config.previewToken}/tile_100`, width: 100, height: 100, alt: '' });
}

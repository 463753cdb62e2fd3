/** What the server says about this page: tokens, permissions, texts. */

/**
 * @typedef {object} PageConfig
 * @property {string} previewToken
 * @property {string} downloadToken
 * @property {string} csrfToken
 * @property {string} appName
 * @property {string[]} [permissions]
 * @property {string} [uploadUrl] below /api/v1/; missing or "" for who may not upload
 * @property {number} [uploadLimit] bytes that one file may have
 * @property {string[]} [uploadTypes] extensions of files that are taken, lower case, without dot
 * @property {string} [authToken] of a link's visitor, who has no cookie for the API
 */

/** @type {PageConfig} */
export const config = readJson('page-config');
const texts = readJson('texts');
const { sprite, login } = document.body.dataset;

export const isRtl = document.documentElement.dir === 'rtl';
export const loginUrl = login ?? '/library/login';

/**
 * The text in the page's language; `{name}` is replaced from `values`.
 * @param {string} message as written in English
 * @param {Record<string, string | number>} [values]
 */
export function t(message, values = {}) {
  return (texts[message] ?? message).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** `t` for a counted thing; `n` is available as `{n}`. */
export function tn(one, many, n, values = {}) {
  return t(n === 1 ? one : many, { n: new Intl.NumberFormat(document.documentElement.lang || 'en').format(n), ...values });
}

/** Whether the account may do this, by the server's word. The server checks again. */
export function may(permission) {
  return config.permissions?.includes(permission) ?? true;
}

/** An icon of the sprite; `kind` adds classes such as "s" or "fill". */
export function icon(name, kind = '') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  svg.setAttribute('class', `icon ${kind}`.trim());
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

export function changeIcon(svg, name) {
  svg.firstElementChild.setAttribute('href', `${sprite}#${name}`);
}

/**
 * An element with properties, attributes (names with a dash or `role`) and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | null | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name.includes('-') || name === 'role') made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return made;
}

/** A round button with an icon; `properties` as for `element`. */
export function iconButton(name, label, properties = {}) {
  return element('button', { className: 'ib', type: 'button', title: label, 'aria-label': label, ...properties }, icon(name));
}

/** The JSON that the server wrote into an element; {} without one. */
export function readJson(id) {
  return JSON.parse(document.getElementById(id)?.textContent || '{}');
}

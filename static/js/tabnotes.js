/** What this tab notes while one goes from page to page: for the account that noted it, and for nobody who signs in after it. */
import { config } from './page.js';

/** @param {string} name @param {object} value */
export function note(name, value) {
  sessionStorage.setItem(name, JSON.stringify({ user: config.user?.uid, value }));
}

/** @param {string} name @returns {any} null if nothing was noted */
export function noted(name) {
  const { user, value = null } = JSON.parse(sessionStorage.getItem(name) ?? '{}');
  return user === config.user?.uid ? value : null;
}

/** The searches made last in this browser by this account; forgotten at sign-out. */
import { withNewest } from './fitting.js';
import { config } from './page.js';

const KEPT = 'recent-searches';

/** @returns {string[]} newest first */
export function recentSearches() {
  const { user, queries } = read();
  return user === config.user?.uid && Array.isArray(queries) ? queries : [];
}

/** @param {string} query */
export function rememberSearch(query) {
  if (!query.trim()) return;
  localStorage.setItem(KEPT, JSON.stringify({ user: config.user?.uid, queries: withNewest(recentSearches(), query) }));
}

export function forgetSearches() {
  localStorage.removeItem(KEPT);
}

/** Nothing stays for whoever comes next: neither when the button is pressed nor when the session ends otherwise. */
export function forgetSearchesAtSignOut() {
  if (!config.user?.uid) forgetSearches();
  for (const form of document.querySelectorAll('[data-sign-out]')) form.addEventListener('submit', forgetSearches);
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '') ?? {};
  } catch {
    return {};
  }
}

/** The searches that are kept as smart albums: asked for when the search box is first used. */
import { get } from './api.js';
import { may } from './page.js';

const MOST = 200;

let asked = null;

/** @returns {Promise<{title: string, query: string}[]>} by title; none where they cannot be had */
export function savedSearches() {
  asked ??= ask();
  return asked;
}

/** Asked for anew the next time: one more was saved. */
export function forgetSavedSearches() {
  asked = null;
}

async function ask() {
  if (!may('albums.search_album')) return [];
  const albums = await get(`albums?type=album&smart=yes&order=name&count=${MOST}`).catch(() => []);
  return albums.filter(({ Filter }) => Filter).map(({ Title, Filter }) => ({ title: Title, query: Filter }));
}

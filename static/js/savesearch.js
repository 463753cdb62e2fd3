/** Keeps a search as a smart album. */
import { askForAlbum } from './albumform.js';
import { get } from './api.js';
import { albumUrl } from './albumurl.js';
import { t } from './page.js';
import { titleFor } from './searchtitle.js';
import { note, noted } from './tabnotes.js';
import { toast } from './toast.js';

/** The album whose search is being changed, kept while one is on the search page. */
const REFINED = 'album-to-refine';

/**
 * Asks for a title and keeps the search.
 * @param {string} query as in the search box
 * @returns {Promise<any>} the album, null if nothing was kept
 */
export async function saveSearch(query) {
  const refined = noted(REFINED);
  const album = await (refined ? changeSearch(refined, query) : keepNew(query));
  if (album) sessionStorage.removeItem(REFINED);
  if (album && album.UID === refined?.uid) location.assign(albumUrl(album));
  else if (album) toast(t('Saved as “{title}”', { title: album.Title }), { icon: 'album', action: t('Open'), onAction: () => location.assign(albumUrl(album)) });
  return album;
}

/** Notes that the search of this album is being changed; what is kept next may take its place. */
export function refine({ uid, title, description, private: isPrivate }) {
  note(REFINED, { uid, title, description, private: Boolean(isPrivate) });
}

async function keepNew(query) {
  return askForAlbum({ title: await suggestTitle(query), description: '', filter: query, private: false },
    { heading: t('Save as smart album'), action: t('Save') });
}

function changeSearch(album, query) {
  return askForAlbum({ ...album, filter: query }, { heading: t('Edit smart album'), action: t('Save'), anew: t('Save as another') });
}

/** By the names of what is understood, "Italy 2024"; else by the words themselves. */
async function suggestTitle(query) {
  const { terms = [] } = await get(`search/understand?${new URLSearchParams({ q: query })}`).catch(() => ({}));
  const names = terms.filter(({ negated }) => !negated).map(({ label }) => label);
  return titleFor(names.join(' ') || query);
}

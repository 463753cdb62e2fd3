/** What can be done to an album: each acts at once, says so, and offers to undo it. */
import { askForAlbum } from './albumform.js';
import { albumUrl } from './albumurl.js';
import { call, post } from './api.js';
import { config, t } from './page.js';
import { toast, toastError } from './toast.js';

/** Makes an album by hand or from a search, and goes there. */
export async function newAlbum() {
  const album = await askForAlbum({ title: '', description: '', filter: '', private: false },
    { heading: t('New album'), action: t('Create'), kinds: true });
  if (album) location.assign(albumUrl(album));
}

/** @param {HTMLElement} shown with the album's data @returns {Promise<any>} the changed album, null if nothing changed */
export function editAlbum({ dataset }) {
  const { uid, title, description, filter } = dataset;
  return askForAlbum({ uid, title, description, filter, private: Boolean(dataset.private), made: 'made' in dataset },
    { heading: filter && !('made' in dataset) ? t('Edit smart album') : t('Edit album'), action: t('Save') });
}

/** Takes an album away; `gone` is called at once, `back` if it is undone or refused. */
export async function deleteAlbum(uid, title, { gone, back }) {
  gone();
  try {
    await call('DELETE', `albums/${uid}`);
  } catch (problem) {
    back();
    return void toastError(problem);
  }
  return void toast(t('“{title}” deleted; its photos stay', { title }), { icon: 'trash-2', action: t('Undo'), onAction: () => restore(uid, back) });
}

export async function setAlbumFavorite(uid, favorite) {
  return call(favorite ? 'POST' : 'DELETE', `albums/${uid}/like`);
}

export function downloadAlbum(uid) {
  const link = document.createElement('a');
  link.href = `/api/v1/albums/${uid}/dl?t=${encodeURIComponent(config.downloadToken)}`;
  link.download = '';
  link.click();
}

async function restore(uid, back) {
  try {
    await post('batch/albums/restore', { albums: [uid] });
    back();
  } catch (problem) {
    toastError(problem);
  }
}

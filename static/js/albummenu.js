/** The menu of an album: on its card in the list, and in the head of its own page. */
import { deleteAlbum, downloadAlbum, editAlbum, setAlbumFavorite } from './albumactions.js';
import { prepareHeart, startCardMenu } from './cardmenu.js';
import { t } from './page.js';
import { shareAlbum } from './sharedialog.js';
import { toastError } from './toast.js';

/**
 * Lets the buttons with `data-menu` open the menu.
 * @param {(button: HTMLElement) => HTMLElement} find the album's element of a button
 * @param {{changed: (shown: HTMLElement, album: any) => void, gone: (shown: HTMLElement) => void, back: (shown: HTMLElement) => void}} tell
 */
export function startAlbumMenu(find, tell) {
  const words = { add: t('Add to favourites'), remove: t('Remove from favourites') };
  startCardMenu(document.getElementById('album-menu'), find, {
    prepare: (menu, shown) => prepareHeart(menu, shown, words),
    act: (shown, name) => void actOn(shown, name, tell),
  });
}

/** Does what is named to an album. */
export async function actOn(shown, act, tell) {
  const { uid, title } = shown.dataset;
  if (act === 'edit') {
    const album = await editAlbum(shown);
    if (album) tell.changed(shown, album);
  }
  if (act === 'favorite') await favorite(shown, tell);
  if (act === 'share') await shareAlbum({ uid, title });
  if (act === 'download') downloadAlbum(uid);
  if (act === 'map') location.assign(`/library/places?q=${encodeURIComponent(`album:${uid}`)}`);
  if (act === 'search') location.assign(`/library/browse?q=${encodeURIComponent(`album:${uid}`)}`);
  if (act === 'delete') await deleteAlbum(uid, title, { gone: () => tell.gone(shown), back: () => tell.back(shown) });
}

async function favorite(shown, tell) {
  try {
    tell.changed(shown, await setAlbumFavorite(shown.dataset.uid, !shown.dataset.favorite));
  } catch (problem) {
    toastError(problem);
  }
}

/** The menu of a label: on its tile in the list, and in the head of its own page. */
import { prepareHeart, startCardMenu } from './cardmenu.js';
import { editLabel, hideLabel, mergeLabel, setLabelFavorite } from './labelactions.js';
import { t } from './page.js';
import { toastError } from './toast.js';

/**
 * @typedef {object} Told
 * @property {(shown: HTMLElement, label: any) => void} changed
 * @property {(shown: HTMLElement) => void} gone
 * @property {(shown: HTMLElement) => void} back
 * @property {(shown: HTMLElement, into: any) => void} merged
 */

/** Lets the buttons with `data-menu` open the menu. @param {(button: HTMLElement) => HTMLElement} find @param {Told} tell */
export function startLabelMenu(find, tell) {
  const words = { add: t('Add to favourites'), remove: t('Remove from favourites') };
  startCardMenu(document.getElementById('label-menu'), find, {
    prepare: (menu, shown) => prepareHeart(menu, shown, words),
    act: (shown, name) => void actOnLabel(shown, name, tell).catch(toastError),
  });
}

/** Does what is named to a label. @param {HTMLElement} shown @param {string} act @param {Told} tell */
export async function actOnLabel(shown, act, tell) {
  const { uid, name } = shown.dataset;
  if (act === 'edit') {
    const { label, merged } = (await editLabel(shown.dataset)) ?? {};
    if (label) tell.changed(shown, label);
    if (merged) tell.merged(shown, merged);
  }
  if (act === 'favorite') tell.changed(shown, await setLabelFavorite(uid, !shown.dataset.favorite));
  if (act === 'merge') {
    const into = await mergeLabel({ uid, name }, () => tell.back(shown));
    if (into) tell.merged(shown, into);
  }
  if (act === 'search') location.assign(`/library/browse?q=${encodeURIComponent(`${shown.dataset.query} `)}`);
  if (act === 'hide') await hideLabel({ uid, name }, { gone: () => tell.gone(shown), back: () => tell.back(shown) });
}

/** The bar that takes the place of the top bar while photos are selected. */
import { downloadPhotos, favoriteSelection, movePhotos, stackPhotos } from './actions.js';
import { addToAlbum, albumToFill, noteAlbumToFill, removeFromAlbum } from './addtoalbum.js';
import { movesOf } from './moves.js';
import { element, icon, iconButton, may, t, tn } from './page.js';
import { placePhotos } from './placing.js';
import { maySearch, showSimilar } from './similar.js';

/**
 * @param {HTMLElement} topBar
 * @param {HTMLElement} main gets the class `selecting`
 * @param {{selection: import('./selection.js').Selection, source: import('./photosource.js').PhotoSource, view: string,
 *   album?: {uid: string} | null}} what `album`: the one whose photos these are, if they were put into it by hand
 */
export function showSelectionBar(topBar, main, { selection, source, view, album = null }) {
  const single = [];
  const counted = element('strong', { role: 'status' });
  const bar = element('header', { className: 'bar selbar', hidden: true },
    iconButton('x', t('Clear selection'), { onclick: () => selection.clear() }), counted,
    element('div', { className: 'acts', role: 'toolbar', 'aria-label': t('Selection') }, ...buttons()));
  topBar.after(bar);
  if (may('albums.update_album')) noteAlbumToFill(main);
  selection.addEventListener('change', update);

  function update() {
    const { size } = selection;
    bar.hidden = size === 0;
    topBar.hidden = size > 0;
    main.classList.toggle('selecting', size > 0);
    for (const alone of single) alone.hidden = size !== 1;
    if (size) counted.textContent = tn('{n} selected', '{n} selected', size);
  }

  function buttons() {
    return [
      may('library.react_to_photo') && button('heart', 'Favourite', (uids) => favoriteSelection(source, uids)),
      may('albums.update_album') && button('album', albumToFill() ? 'Add' : 'Add to album', addToAlbum),
      may('albums.update_album') && album && button('minus', 'Take out', (uids) => removeFromAlbum(source, album, uids)),
      may('library.download_photo') && button('download', 'Download', downloadPhotos),
      maySearch() && forOne(button('sparkles', 'More like this', ([uid]) => showSimilar(uid))),
      may('library.update_photo') && button('map-pin', 'Place', (uids) => placePhotos(uids)),
      may('library.update_photo') && button('layers-2', 'Stack', (uids) => stackPhotos(source, uids)),
      ...movesOf(view).map(({ name, icon: picture, label }) => button(picture, label, (uids) => movePhotos(source, uids, name))),
    ];
  }

  /** A button that has a meaning for one photo only. */
  function forOne(made) {
    single.push(made);
    return made;
  }

  function button(name, label, act) {
    const onclick = () => {
      const uids = [...selection.uids];
      selection.clear();
      void act(uids);
    };
    return element('button', { className: 'btn quiet', type: 'button', onclick }, icon(name), t(label));
  }
}

/** The page of a country: its photos, and the map of them. */
import { showAlbumMap } from './albummap.js';
import { tn } from './page.js';
import { PhotoGrid } from './photogrid.js';
import { showSelectionBar } from './selectionbar.js';
import { on } from './ws.js';

const head = document.getElementById('country');
const grid = new PhotoGrid(document.getElementById('timeline'));

showSelectionBar(document.querySelector('.bar'), document.getElementById('main'), {
  selection: grid.selection, source: grid.source, view: '', album: null,
});
grid.source.addEventListener('change', () => {
  head.querySelector('[data-shown-count]').textContent = tn('{n} photo', '{n} photos', grid.source.total);
});

for (const topic of ['photos.created', 'photos.updated', 'photos.restored']) on(topic, () => grid.reloadSoon());

void showAlbumMap(document.getElementById('map'), (uid) => grid.openPhoto(uid));
await grid.start();

/** The page of one album: its photos, what can be done to it, and news of it. */
import { albumUrl } from './albumurl.js';
import { actOn, startAlbumMenu } from './albummenu.js';
import { showAlbumMap } from './albummap.js';
import { lookForPhotos } from './addtoalbum.js';
import { t, tn } from './page.js';
import { PhotoGrid } from './photogrid.js';
import { refine } from './savesearch.js';
import { showSelectionBar } from './selectionbar.js';
import { toastError } from './toast.js';
import { on } from './ws.js';

const head = document.getElementById('album');
const main = document.getElementById('main');
const grid = new PhotoGrid(document.getElementById('timeline'));
const tell = { changed: showChange, gone: () => main.classList.add('gone'), back: () => location.reload() };

document.addEventListener('click', ({ target }) => {
  const act = target.closest('#album [data-act], .state [data-act]')?.dataset.act;
  if (target.closest('[data-refine]')) refine(head.dataset);
  if (act === 'add') lookForPhotos(head.dataset);
  else if (act) void actOn(head, act, tell).catch(toastError);
});
startAlbumMenu(() => head, tell);
showSelectionBar(document.querySelector('.bar'), main, {
  selection: grid.selection, source: grid.source, view: '', album: head.dataset.filter ? null : { uid: head.dataset.uid },
});
grid.source.addEventListener('change', () => {
  head.querySelector('[data-shown-count]').textContent = tn('{n} photo', '{n} photos', grid.source.total);
});

const map = document.getElementById('map');
if (map) void showAlbumMap(map, (uid) => grid.openPhoto(uid));

on('albums.updated', ({ entities = [] }) => entities.includes(head.dataset.uid) && grid.reloadSoon());
for (const topic of ['photos.created', 'photos.updated', 'photos.restored']) on(topic, () => head.dataset.filter && grid.reloadSoon());

await grid.start();

function showChange(shown, album) {
  const isOther = album.Filter !== head.dataset.filter || album.Private !== Boolean(head.dataset.private);
  Object.assign(head.dataset, {
    title: album.Title, description: album.Description, favorite: album.Favorite ? 'yes' : '',
  });
  document.title = document.title.replace(head.querySelector('[data-shown-title]').textContent, () => album.Title);
  head.querySelector('[data-shown-title]').textContent = album.Title;
  head.querySelector('[data-menu]').setAttribute('aria-label', t('More about {name}', { name: album.Title }));
  const description = head.querySelector('[data-shown-description]');
  description.textContent = album.Description;
  description.hidden = !album.Description;
  if (isOther) location.assign(albumUrl(album));
}

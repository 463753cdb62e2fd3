/** The page of one label: its photos, what can be done to it, and news of it. */
import { labelUrl, splitLabel } from './labelactions.js';
import { actOnLabel, startLabelMenu } from './labelmenu.js';
import { t, tn } from './page.js';
import { PhotoGrid } from './photogrid.js';
import { showSelectionBar } from './selectionbar.js';
import { toastError } from './toast.js';
import { on } from './ws.js';

const head = document.getElementById('label');
const main = document.getElementById('main');
const grid = new PhotoGrid(document.getElementById('timeline'));
const tell = {
  changed: showChange, gone: () => main.classList.add('gone'), back: () => location.reload(), merged: (_, into) => location.assign(labelUrl(into)),
};

document.addEventListener('click', ({ target }) => {
  const act = target.closest('#label [data-act]')?.dataset.act;
  if (act) void actOnLabel(head, act, tell).catch(toastError);
  const other = target.closest('[data-split]')?.closest('[data-uid]');
  if (other) void splitLabel(other.dataset.uid, () => location.reload());
});
startLabelMenu(() => head, tell);
showSelectionBar(document.querySelector('.bar'), main, { selection: grid.selection, source: grid.source, view: '' });
grid.source.addEventListener('change', () => {
  head.querySelector('[data-shown-count]').textContent = tn('{n} photo', '{n} photos', grid.source.total);
});

for (const topic of ['photos.created', 'photos.updated', 'photos.restored']) on(topic, () => grid.reloadSoon());
on('labels.updated', ({ entities = [] }) => entities.includes(head.dataset.uid) && grid.reloadSoon());

await grid.start();

function showChange(_, label) {
  const title = head.querySelector('[data-shown-title]');
  document.title = document.title.replace(title.textContent, () => label.Name);
  Object.assign(head.dataset, { name: label.Name, description: label.Description, favorite: label.Favorite ? 'yes' : '' });
  title.textContent = label.Name;
  head.querySelector('[data-menu]').setAttribute('aria-label', t('More about {name}', { name: label.Name }));
  head.querySelector('[data-shown-heart]').hidden = !label.Favorite;
  const description = head.querySelector('[data-shown-description]');
  description.textContent = label.Description;
  description.hidden = !label.Description;
  history.replaceState(history.state, '', labelUrl(label) + location.hash);
}

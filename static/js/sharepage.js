/** The page that visitors of a share link see: the photos, a slideshow, and downloads where they are allowed. */
import { downloadPhotos } from './actions.js';
import { element, icon, iconButton, t, tn } from './page.js';
import { PhotoGrid } from './photogrid.js';

const main = document.getElementById('main');
const grid = new PhotoGrid(document.getElementById('timeline'));
const select = document.querySelector('[data-select]');

document.querySelector('[data-slideshow]')?.addEventListener('click', async () => {
  const viewer = await openFirst();
  viewer?.slideshow.start();
});
select?.addEventListener('click', () => pick(!grid.picking));
showBar();
// The scrubber belongs to the photos; it would lie on the cover.
new IntersectionObserver(([cover]) => document.body.classList.toggle('covered', cover.intersectionRatio > 0.35), { threshold: [0.34, 0.36] })
  .observe(document.querySelector('.share-cover'));
const started = grid.start();
await started;

async function openFirst() {
  await started;
  if (!grid.source.total) return null;
  const { bucket } = grid.source.where(0);
  await grid.source.load(bucket, { needed: true });
  return grid.openViewer(0);
}

function pick(picking) {
  grid.picking = picking;
  select.setAttribute('aria-pressed', String(picking));
  main.classList.toggle('selecting', picking || grid.selection.size > 0);
  if (picking) main.scrollIntoView({ behavior: 'smooth' });
  else grid.selection.clear();
}

/** The bar that appears at the top edge while photos are selected. */
function showBar() {
  const counted = element('strong', { role: 'status' });
  const bar = element('header', { className: 'bar selbar', hidden: true },
    iconButton('x', t('Clear selection'), { onclick: () => pick(false) }), counted,
    element('div', { className: 'acts', role: 'toolbar', 'aria-label': t('Selection') },
      element('button', { className: 'btn quiet', type: 'button', onclick: download }, icon('download'), t('Download'))));
  document.getElementById('selection-place').replaceWith(bar);
  grid.selection.addEventListener('change', () => {
    const { size } = grid.selection;
    bar.hidden = size === 0;
    main.classList.toggle('selecting', size > 0 || grid.picking);
    counted.textContent = size ? tn('{n} selected', '{n} selected', size) : '';
  });
}

function download() {
  const uids = [...grid.selection.uids];
  pick(false);
  void downloadPhotos(uids);
}

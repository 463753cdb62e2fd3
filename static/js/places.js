/** The Places page: the map with the photos of a search on it, and beside it those in view. */
import { Clusters } from './mapclusters.js';
import { wireControls } from './mapcontrols.js';
import { showPlacesOfView } from './mapside.js';
import { PhotoMap } from './photomap.js';
import { placeByTrack } from './placing.js';
import { spiderfy } from './spider.js';
import { toastError } from './toast.js';

const box = document.getElementById('map');
const { query } = box.dataset;
const clusters = new Clusters(box.dataset.clusters);
const photoMap = new PhotoMap(box, clusters);

document.getElementById('place-by-track')?.addEventListener('click', () => placeByTrack());

await start();

async function start() {
  let found;
  try {
    found = await clusters.load(query);
  } catch (problem) {
    showProblem(problem);
  }
  try {
    await photoMap.start(found?.bounds);
  } catch (problem) {
    return showProblem(problem);
  }
  box.removeAttribute('aria-busy');
  // Of a search that failed the map is shown with nothing on it.
  if (!found) return wireControls(box, photoMap, null);
  document.getElementById('no-places').hidden = found.count > 0;
  wireControls(box, photoMap, found.bounds);
  const side = showPlacesOfView(photoMap, query);
  // A picture may be pressed before the photos beside the map are there.
  photoMap.addEventListener('open', async ({ detail }) => openCluster(detail, await side).catch(toastError));
  photoMap.addEventListener('problem', ({ detail }) => console.warn(detail?.message ?? detail));
  return undefined;
}

/** Nearer, until the cluster falls apart; where it cannot, its photos are laid around it. */
async function openCluster(cluster, side) {
  if (cluster.count === 1) return side.show(cluster);
  const next = await clusters.expansion(cluster, photoMap.zoom);
  if (next <= 18 && photoMap.zoom < 17.5) {
    photoMap.go(cluster.position, Math.max(next, photoMap.zoom + 1));
    return undefined;
  }
  return spiderfy(photoMap, cluster, await clusters.leaves(cluster), side);
}

function showProblem(problem) {
  box.removeAttribute('aria-busy');
  const state = document.getElementById('map-problem');
  state.hidden = false;
  state.querySelector('[data-reason]').textContent = problem.message;
  if (problem.status !== 400) toastError(problem);
}

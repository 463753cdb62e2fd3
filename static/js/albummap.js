/** The band with the map on the page of a country, a state or a trip: where the photos below it were taken. */
import { Clusters } from './mapclusters.js';
import { PhotoMap } from './photomap.js';
import { toastError } from './toast.js';

const NEAREST = 17.5;

/**
 * Draws the map, or takes the band away where no photo has a place.
 * @param {HTMLElement} box @param {(uid: string) => void} open shows a photo of the page
 */
export async function showAlbumMap(box, open) {
  const clusters = new Clusters(box.dataset.clusters);
  const map = new PhotoMap(box, clusters, { inAddress: false });
  let found;
  try {
    found = await clusters.load(box.dataset.query);
    if (!found.count) return void box.remove();
    await map.start(found.bounds);
  } catch (problem) {
    box.remove();
    return void console.warn(problem);
  }
  box.removeAttribute('aria-busy');
  // Who scrolls the page past the map does not mean to move it.
  map.map.cooperativeGestures.enable();
  box.addEventListener('click', ({ target }) => {
    const step = { in: 1, out: -1 }[target.closest('[data-map]')?.dataset.map];
    if (step) map.zoomBy(step);
  });
  map.addEventListener('open', ({ detail }) => openCluster(map, clusters, detail, open).catch(toastError));
  return undefined;
}

/** Nearer, until the cluster falls apart; where it cannot, its newest photo is shown. */
async function openCluster(map, clusters, cluster, open) {
  const next = cluster.count > 1 ? await clusters.expansion(cluster, map.zoom) : Infinity;
  if (next <= 18 && map.zoom < NEAREST) return map.go(cluster.position, Math.max(next, map.zoom + 1));
  const uid = map.covers.get(cluster.cover)?.uid;
  return uid && open(uid);
}

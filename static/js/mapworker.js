/** Clusters points in a worker, so that a hundred thousand of them never hold up the page. */
import '../vendor/supercluster-9.1.0/supercluster.min.js';

const RADIUS = 78;
const MAX_ZOOM = 18;
const MOST_LEAVES = 400;

const { Supercluster } = globalThis;
let index = null;

/** Each question has a `number`, which its answer repeats. */
addEventListener('message', ({ data }) => {
  postMessage({ number: data.number, answer: ANSWERS[data.kind](data) });
});

const ANSWERS = {
  load: ({ longitudes, latitudes, ids }) => load(longitudes, latitudes, ids),
  clusters: ({ box, zoom }) => clusters(box, zoom),
  expansion: ({ cluster }) => index.getClusterExpansionZoom(cluster),
  leaves: ({ cluster }) => index.getLeaves(cluster, MOST_LEAVES).map(({ properties }) => properties.id),
};

function load(longitudes, latitudes, ids) {
  // The points come newest first: the lowest place in the list is the newest photo of a cluster.
  index = new Supercluster({
    radius: RADIUS, maxZoom: MAX_ZOOM, map: ({ place, id }) => ({ place, cover: id }),
    reduce: (sum, one) => { if (one.place < sum.place) Object.assign(sum, one); },
  });
  index.load(Array.from(ids, (id, place) => ({
    type: 'Feature', properties: { id, place }, geometry: { type: 'Point', coordinates: [longitudes[place], latitudes[place]] },
  })));
  return ids.length;
}

function clusters(box, zoom) {
  if (!index) return [];
  return index.getClusters(box, zoom).map(({ id, properties, geometry }) => ({
    cluster: properties.cluster ? id : 0,
    count: properties.point_count ?? 1,
    cover: properties.cluster ? properties.cover : properties.id,
    position: geometry.coordinates,
  }));
}

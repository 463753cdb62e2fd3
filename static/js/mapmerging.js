/** Clusters that would lie on top of each other as one: the server counts by squares, and neighbours may be near. Pure. */

const NEAR = 58; // CSS px; a picture on the map is 56 wide
const TILE = 512; // px of the whole world at zoom 0
const LAST_LATITUDE = 85;

/**
 * @template {{count: number, position: [number, number]}} Cluster
 * @param {Cluster[]} clusters
 * @param {number} zoom
 * @returns {Cluster[]} the largest of neighbours, with the photos of all of them
 */
export function merged(clusters, zoom) {
  const size = TILE * 2 ** zoom;
  const cells = new Map();
  const kept = [];
  for (const cluster of [...clusters].sort((one, other) => other.count - one.count)) {
    const [x, y] = pixels(cluster.position, size);
    const [column, row] = [Math.floor(x / NEAR), Math.floor(y / NEAR)];
    const near = around(column, row).flatMap((cell) => cells.get(cell) ?? []).find((one) => Math.hypot(one.x - x, one.y - y) < NEAR);
    if (near) {
      near.cluster.count += cluster.count;
      continue;
    }
    const own = { ...cluster };
    kept.push(own);
    const cell = `${column} ${row}`;
    cells.set(cell, [...(cells.get(cell) ?? []), { x, y, cluster: own }]);
  }
  return kept;
}

function pixels([lng, lat], size) {
  const sine = Math.sin(Math.max(-LAST_LATITUDE, Math.min(LAST_LATITUDE, lat)) * Math.PI / 180);
  return [(lng + 180) / 360 * size, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * size];
}

function around(column, row) {
  return [-1, 0, 1].flatMap((right) => [-1, 0, 1].map((down) => `${column + right} ${row + down}`));
}

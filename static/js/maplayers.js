/** What layers of the map are put together with: the archive of the world, and values that change with the zoom. Pure. */

/** A layer of the archive that comes with the site. */
export function world(id, type, sourceLayer, more) {
  return { id, type, source: 'world', 'source-layer': sourceLayer, ...more };
}

/** Growing ever faster, as what lies on the ground does. @param {[number, unknown][]} stops */
export function byZoom(...stops) {
  return ['interpolate', ['exponential', 1.4], ['zoom'], ...stops.flat()];
}

/** @param {[number, unknown][]} stops */
export function byLinear(...stops) {
  return ['interpolate', ['linear'], ['zoom'], ...stops.flat()];
}

/** What the towns are called that lie under the pictures on the map, whose own names had to give way. Pure. */
import { NAMED_BEFORE, PIN_SIDE } from './maplabels.js';

const REACH = PIN_SIDE / 2;
/** Countries are what is read before; a picture then stands for more than a town. */
export const CAPTIONS_FROM = 5;

/**
 * @template {{position: [number, number]}} Pin
 * @param {Pin[]} pins
 * @param {{name: string, pop: number, mz: number, position: [number, number]}[]} towns `mz`: the zoom from which a town is named
 * @param {number} zoom
 * @param {(position: [number, number]) => {x: number, y: number}} project from degrees to px
 * @returns {(Pin & {name: string})[]} each with the name of the largest town under it, or ""
 */
export function captioned(pins, towns, zoom, project) {
  if (zoom < CAPTIONS_FROM) return pins.map((pin) => ({ ...pin, name: '' }));
  const named = towns.filter(({ mz }) => mz <= Math.floor(zoom) + NAMED_BEFORE).map((town) => ({ ...town, ...project(town.position) }));
  return pins.map((pin) => {
    const { x, y } = project(pin.position);
    const under = named.filter((town) => Math.abs(town.x - x) < REACH && Math.abs(town.y - y) < REACH);
    return { ...pin, name: under.reduce((largest, town) => (town.pop > (largest?.pop ?? -1) ? town : largest), null)?.name ?? '' };
  });
}

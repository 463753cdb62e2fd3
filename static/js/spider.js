/** Photos of one place, laid around it in a circle or a spiral, each to be opened by itself. */
import { Marker } from '../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs';
import { get } from './api.js';
import { config, element, t } from './page.js';
import { legPlaces } from './spiderlegs.js';

const MOST = 40;

/** Folds the photos that are laid out, if any are. */
let foldOpen = () => {};

/** @param {number[]} ids of the photos, newest first */
export async function spiderfy(photoMap, cluster, ids, side) {
  const shown = ids.slice(0, MOST);
  const covers = await get(`map/covers?ids=${shown.join(',')}`);
  foldOpen();
  const known = shown.filter((id) => covers[id]);
  const places = legPlaces(known.length);
  const legs = known.map((id, at) => {
    const pin = pinOf(covers[id]);
    pin.addEventListener('click', (event) => {
      event.stopPropagation();
      side.open(covers[id].uid);
    });
    return new Marker({ element: pin, offset: places[at] }).setLngLat(cluster.position).addTo(photoMap.map);
  });
  const fold = () => {
    for (const leg of legs) leg.remove();
    photoMap.map.off('click', fold);
    photoMap.map.off('zoomstart', fold);
    removeEventListener('keydown', onEscape);
    foldOpen = () => {};
  };
  const onEscape = ({ key }) => key === 'Escape' && fold();
  foldOpen = fold;
  photoMap.map.on('click', fold);
  photoMap.map.on('zoomstart', fold);
  addEventListener('keydown', onEscape);
  legs[0]?.getElement().focus({ preventScroll: true });
  photoMap.choose(cluster.key);
}

function pinOf({ hash, title }) {
  const image = element('img', { alt: '', width: 42, height: 42, decoding: 'async', src: `/api/v1/t/${hash}/${config.previewToken}/tile_100` });
  const label = title || t('One photo');
  return element('button', { className: 'pinned leg', type: 'button', 'aria-label': label, title: label }, image);
}

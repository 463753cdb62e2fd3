/** The homes on the settings page, and the dialog in which one is chosen: on the map, by name, or by a photo. */
import { call, get, post, put } from './api.js';
import { busy, field } from './dialog.js';
import { config, element, icon, iconButton, t } from './page.js';
import { toast, toastError } from './toast.js';

const CIRCLE = 'home-circle';
const RADII = [100, 150, 250, 400, 600, 1000, 1500, 2500, 5000];
const USUAL = 250;
const PHOTOS = 12;
const CLOSE = 13;
const CORNERS = 64;
const METRES_PER_DEGREE = 111_195;
const numbers = new Intl.NumberFormat(document.documentElement.lang || 'en', { maximumFractionDigits: 1 });

/** Fills the list and wires the button. */
export async function showHomes(list, add) {
  add.addEventListener('click', () => busy(add, async () => {
    const home = await askHome(null);
    if (home) await act(post('homes', home), t('Your home is hidden'));
  }));
  await update();

  async function update() {
    try {
      const homes = await get('homes');
      list.replaceChildren(...homes.map(row));
      list.hidden = !homes.length;
    } catch (problem) {
      toastError(problem);
    }
  }

  async function act(sent, told) {
    try {
      await sent;
      toast(told, { icon: 'eye-off' });
    } catch (problem) {
      toastError(problem);
    }
    await update();
  }

  function row(home) {
    const name = home.Name || t('Home');
    const edit = iconButton('pencil', t('Change {name}', { name }), { onclick: async () => {
      const changed = await askHome(home);
      if (changed) await act(put(`homes/${home.ID}`, changed), t('Your home is hidden'));
    } });
    const remove = iconButton('trash-2', t('Show {name} again', { name }), { onclick: () => act(call('DELETE', `homes/${home.ID}`), t('Your home is no longer hidden')) });
    return element('div', { className: 'item' }, element('span', { className: 'lead' }, icon('map-pin')),
      element('div', { className: 'what' }, element('strong', { textContent: name }),
        element('span', { className: 'num', textContent: [home.Place, distance(home.Radius)].join(' · ') })), edit, remove);
  }
}

/** Asks where and how far around; null if nothing was chosen. */
async function askHome(home) {
  const [{ choosePlace }, { accentColor }] = await Promise.all([import('./placedialog.js'), import('./basemap.js')]);
  const name = element('input', { className: 'input', type: 'text', maxLength: 80, value: home?.Name ?? '', placeholder: t('Home') });
  const radius = element('input', { type: 'range', min: '0', max: String(RADII.length - 1), step: '1', value: String(nearest(home?.Radius ?? USUAL)) });
  const told = element('output', { className: 'num small' });
  const photos = element('div', { className: 'home-photos', hidden: true });
  let view = null;
  let at = home && { lat: home.Lat, lng: home.Lng };
  const draw = () => {
    const metres = RADII[Number(radius.value)];
    told.textContent = distance(metres);
    radius.setAttribute('aria-valuetext', distance(metres));
    if (view && at) drawCircle(view, at, metres, accentColor());
  };
  radius.addEventListener('input', draw);
  draw();
  const more = element('div', { className: 'home-more' }, photos,
    element('div', { className: 'home-fields' }, field(t('Name'), name, { optional: true }),
      element('label', { className: 'field' }, element('span', { className: 'lab' }, t('Radius'), told), radius)));
  const place = await choosePlace({
    title: home ? t('Change your home') : t('Where is your home?'), start: at, canRemove: false, save: t('Hide this place'), more, zoom: CLOSE,
    wire: (map, choose) => {
      view = map;
      void offerPhotos(photos, choose);
    },
    moved: (chosen) => {
      at = chosen;
      draw();
    },
  });
  return place && { Lat: place.lat, Lng: place.lng, Radius: RADII[Number(radius.value)], Name: name.value.trim() };
}

/** The latest photos with a position: where one of them was taken is chosen by it. */
async function offerPhotos(box, choose) {
  const found = await get(`geo/view?${new URLSearchParams({ count: String(PHOTOS), q: 'geo:yes' })}`).catch(() => []);
  if (!found.length) return;
  box.append(element('p', { className: 'muted small', textContent: t('Or the place of a photo') }),
    element('div', { className: 'home-strip' }, ...found.map(({ Hash: hash, Title: title, Lat: lat, Lng: lng }) => element('button', {
      type: 'button', title: title || t('Photo'), onclick: () => choose({ lat, lng }),
    }, element('img', { src: `/api/v1/t/${hash}/${config.previewToken}/tile_224`, alt: title || t('Photo'), width: 56, height: 56, loading: 'lazy' })))));
  box.hidden = false;
}

function drawCircle(view, at, metres, color) {
  if (!view.isStyleLoaded() && !view.getSource(CIRCLE)) {
    view.once('idle', () => drawCircle(view, at, metres, color));
    return;
  }
  const data = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring(at, metres)] } };
  const source = view.getSource(CIRCLE);
  if (source) {
    source.setData(data);
    return;
  }
  view.addSource(CIRCLE, { type: 'geojson', data });
  view.addLayer({ id: CIRCLE, type: 'fill', source: CIRCLE, paint: { 'fill-color': color, 'fill-opacity': 0.18 } });
  view.addLayer({ id: `${CIRCLE}-edge`, type: 'line', source: CIRCLE, paint: { 'line-color': color, 'line-width': 2 } });
}

function ring({ lat, lng }, metres) {
  const up = metres / METRES_PER_DEGREE;
  const across = up / Math.max(Math.cos(lat * Math.PI / 180), 0.01);
  return Array.from({ length: CORNERS + 1 }, (_, at) => {
    const angle = 2 * Math.PI * at / CORNERS;
    return [lng + across * Math.cos(angle), lat + up * Math.sin(angle)];
  });
}

function nearest(metres) {
  return RADII.reduce((best, one, at) => (Math.abs(one - metres) < Math.abs(RADII[best] - metres) ? at : best), 0);
}

function distance(metres) {
  return metres < 1000 ? t('{n} m', { n: numbers.format(metres) }) : t('{n} km', { n: numbers.format(metres / 1000) });
}

/** The page of trips: what can be done with each, and where home is. */
import './albums.js';
import { call, put } from './api.js';
import { t } from './page.js';
import { choosePlace } from './placedialog.js';
import { toastError } from './toast.js';

const home = document.getElementById('home');

home?.querySelector('[data-home]')?.addEventListener('click', () => changeHome().catch(toastError));

/** Other trips are other cards, so the page is read anew. */
async function changeHome() {
  const { lat, lng, said } = home.dataset;
  const start = lat === undefined ? null : { lat: Number(lat), lng: Number(lng) };
  const chosen = await choosePlace({ title: t('Where do you live?'), start, canRemove: said !== undefined });
  if (!chosen) return;
  const isRemoved = chosen.lat === 0 && chosen.lng === 0;
  if (isRemoved) await call('DELETE', 'trips/home');
  else await put('trips/home', { Lat: chosen.lat, Lng: chosen.lng });
  location.reload();
}

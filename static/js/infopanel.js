/** The info panel: when, where, with what, and which files. */
import { fileSize, fullDate, timeOfDay } from './dates.js';
import { albumUrl } from './albumurl.js';
import { element, icon, iconButton, may, t, tn } from './page.js';
import { photoLabels } from './photolabels.js';

/** Where a date came from, in words. */
const SOURCES = {
  meta: 'from the file', name: 'from the file name', xmp: 'from a sidecar', manual: 'set by hand', auto: 'from the file’s age', '': 'from the file’s age',
};

export class InfoPanel {
  /**
   * @param {() => void} close
   * @param {{makePrimary: (fileUid: string) => void, unstack: (fileUid: string) => void, place: () => void,
   *   labels: import('./photolabels.js').Change}} act
   */
  constructor(close, act) {
    this.act = act;
    this.body = element('div', { className: 'facts' });
    this.box = element('aside', { className: 'side', hidden: true, 'aria-label': t('Info') },
      element('header', {}, element('h2', { textContent: t('Info') }), iconButton('x', t('Close info'), { onclick: close })), this.body);
  }

  get isOpen() {
    return !this.box.hidden;
  }

  toggle(open) {
    this.box.hidden = !open;
  }

  /** What the timeline knows already, while the rest is asked for. */
  wait(photo) {
    this.body.replaceChildren(heading(photo.title, ''), when({ TakenAtLocal: photo.day }), where({ Place: { Label: photo.place } }) ?? '');
  }

  /** @param {object | null} details null if the server did not answer */
  show(photo, details) {
    if (!details) {
      this.body.replaceChildren(heading(photo.title, t('More about this photo could not be loaded.')));
      return;
    }
    const sections = [
      heading(details.Title ?? photo.title, details.Description ?? details.Caption ?? ''),
      section('', when(details), where(details, this.act)),
      section('', ...camera(details)),
      section(t('Labels'), photoLabels(details, this.act.labels)),
      section(t('Albums'), albums(details)),
      section(t('About'), specs(details)),
      section(t('Notes'), notes(details)),
      files(details.Files ?? [], this.act),
    ];
    this.body.replaceChildren(...sections.filter(Boolean));
  }
}

function heading(title, text) {
  return element('section', { className: 'first' },
    element('p', { className: 'title-edit', textContent: title || t('Untitled') }),
    text && element('p', { className: 'muted small', textContent: text }));
}

function section(title, ...parts) {
  const shown = parts.filter(Boolean);
  if (!shown.length) return null;
  return element('section', {}, title && element('h3', { textContent: title }), ...shown);
}

function fact(name, title, detail) {
  return element('div', { className: 'fact' }, icon(name),
    element('div', {}, element('strong', { textContent: title }), detail && element('span', { className: 'num', textContent: detail })));
}

function when({ TakenAtLocal: taken = '', TimeZone: zone = '', TakenSrc: source }) {
  const time = taken.length > 10 ? [timeOfDay(taken), zone].filter(Boolean).join(', ') : '';
  const origin = source === undefined ? '' : t(SOURCES[source] ?? '');
  return fact('calendar', fullDate(taken) || t('Date unknown'), [time, origin].filter(Boolean).join(' · '));
}

function where({ UID: uid, Place: place, Lat: lat, Lng: lng, Altitude: altitude, PlaceSrc: source }, act) {
  const label = place?.PlaceID === 'zz' ? '' : place?.Label ?? '';
  const isPlaced = Boolean(lat || lng);
  const change = act && may('library.update_photo');
  if (!label && !isPlaced && !change) return null;
  const position = isPlaced ? `${lat.toFixed(4)}, ${lng.toFixed(4)}`.replace(/-/g, '−') : '';
  const detail = [label && position, altitude && `${altitude} m`.replace('-', '−'), source === 'estimate' && t('estimated')];
  const shown = fact('map-pin', label || position || t('Place unknown'), detail.filter(Boolean).join(' · '));
  const choices = element('span', { className: 'choices' },
    isPlaced && uid && may('library.search_photo') && element('a', { className: 'ib', href: `/library/browse?q=near:${uid}`, title: t('Photos near here'), 'aria-label': t('Photos near here') }, icon('locate')),
    isPlaced && element('a', { className: 'ib', href: `/library/places?at=14/${lat}/${lng}`, title: t('Show on the map'), 'aria-label': t('Show on the map') }, icon('map')),
    change && iconButton('pencil', t('Change the place'), { onclick: () => act.place() }));
  if (act) shown.append(choices);
  return shown;
}

function camera({ Camera: body, Lens: lens, ...exposure }) {
  const name = gearName(body);
  return [name ? fact('camera', name, gearName(lens)) : null, exposureOf(exposure)];
}

/** Maker and model, "" if unknown. */
function gearName({ Make: make = '', Model: model = '' } = {}) {
  // Many makers repeat their name in the model.
  const name = model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`;
  return name.trim() === 'Unknown' ? '' : name.trim();
}

function exposureOf({ FNumber: aperture, Exposure: shutter, Iso: iso, FocalLength: focal }) {
  const values = [
    [t('Aperture'), aperture && `ƒ/${aperture}`], [t('Shutter'), shutter], [t('ISO'), iso && String(iso)], [t('Focal'), focal && `${focal} mm`],
  ];
  if (!values.some(([, value]) => value)) return null;
  return element('dl', { className: 'exposure' }, ...values.map(([name, value]) =>
    element('div', {}, element('dt', { textContent: name }), element('dd', { textContent: value || '–' }))));
}

function albums({ Albums: found = [] }) {
  const shown = found.filter(({ Title: title }) => title);
  return shown.length ? element('div', { className: 'chips' }, ...shown.map((album) =>
    element('a', { className: 'chip', href: albumUrl(album) }, element('span', { className: 'truncate', textContent: album.Title })))) : null;
}

function specs({ Details: details = {} }) {
  const rows = [
    [t('Artist'), details.Artist], [t('Copyright'), details.Copyright], [t('Licence'), details.License], [t('Subject'), details.Subject],
    [t('Keywords'), details.Keywords],
  ].filter(([, value]) => value);
  if (!rows.length) return null;
  return element('dl', { className: 'specs' }, ...rows.flatMap(([name, value]) =>
    [element('dt', { textContent: name }), element('dd', { textContent: value })]));
}

function notes({ Details: { Notes: text } = {} }) {
  return text ? element('p', { className: 'small', textContent: text }) : null;
}

function files(all, act) {
  if (!all.length) return null;
  const title = tn('{n} file', '{n} files', all.length);
  const isStack = all.filter(({ Root, Sidecar }) => Root === '/' && !Sidecar).length > 1 && may('library.update_photo');
  return section(title, element('ul', { className: 'files' }, ...all.map((one) => file(one, isStack && choices(one, act)))));
}

/** What can be done with a file of a stack; the server says why where it cannot. */
function choices({ UID: uid, Primary: isPrimary, Sidecar: isSidecar, Root: root, Width: width }, act) {
  if (isPrimary || isSidecar || root !== '/' || !width) return null;
  return element('span', { className: 'choices' },
    iconButton('star', t('Make primary'), { onclick: () => act.makePrimary(uid) }),
    iconButton('split', t('Unstack'), { onclick: () => act.unstack(uid) }));
}

function file({ Name: path, Width: width, Height: height, Size: size, FileType: type = '', Primary: isPrimary, Sidecar: isSidecar }, actions) {
  const name = path.split('/').at(-1);
  const facts = [width && height ? `${width} × ${height}` : isSidecar && t('Sidecar'), size && fileSize(size)].filter(Boolean).join(' · ');
  return element('li', {},
    element('span', { className: 'ext', textContent: type.toUpperCase().slice(0, 4) }),
    element('div', { className: 'truncate', title: path }, name, element('span', { textContent: facts })),
    isPrimary && element('span', { className: 'tag acc', textContent: t('Primary') }), actions);
}

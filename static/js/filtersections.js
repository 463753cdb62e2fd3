/** The sections of the filter panel: each shows what the search asks for and changes it. */
import { count } from './dates.js';
import { config, element, icon, may, t } from './page.js';
import { PickList } from './picklist.js';
import { makePlaceField } from './placefield.js';
import { isSame, printAny, printFilter, replaceFilters, toggleValue, valuesOf } from './query.js';

/**
 * @typedef {{title: string, box: HTMLElement, show: (terms: import('./query.js').Term[]) => void, isOpen?: boolean}} Section
 */

const TYPES = {
  image: { label: 'Photo', icon: 'image' }, video: { label: 'Video', icon: 'video' }, live: { label: 'Live', icon: 'circle-dot' },
  raw: { label: 'RAW' }, animated: { label: 'GIF', icon: 'film' }, vector: { label: 'Vector' }, document: { label: 'Document', icon: 'file-text' },
  audio: { label: 'Audio', icon: 'volume-2' },
};

/** What a date filter replaces. A month or a day beside a year stays: "July" of another year. */
const DATES = ['taken', 'year', 'before', 'after'];
const RANGES = {
  'this-month': 'This month', 'last-month': 'Last month', 'last-summer': 'Last summer', 'this-year': 'This year', 'last-year': 'Last year',
};

/** Colours as people look for them; the server's order is that of their numbers. */
const SPECTRUM = [
  'red', 'orange', 'gold', 'yellow', 'lime', 'green', 'teal', 'cyan', 'blue', 'purple', 'magenta', 'pink', 'brown', 'black', 'grey', 'white',
];

/** Filters that are on or off, by the permission they need. */
const STATES = [
  { key: 'favorite', value: 'yes', label: 'Favourites', icon: 'heart' },
  { key: 'faces', value: 'yes', label: 'With faces', icon: 'users' },
  { key: 'geo', value: 'yes', label: 'With a place', icon: 'map-pin' },
  { key: 'geo', value: 'no', label: 'Without a place' },
  { key: 'unsorted', value: 'yes', label: 'In no album' },
  { key: 'portrait', value: 'yes', label: 'Portrait format' },
  { key: 'landscape', value: 'yes', label: 'Landscape format' },
  { key: 'square', value: 'yes', label: 'Square' },
  { key: 'mono', value: 'yes', label: 'Black and white' },
  { key: 'scan', value: 'yes', label: 'Scans' },
  { key: 'stack', value: 'yes', label: 'Stacks', icon: 'layers-2' },
  { key: 'review', value: 'yes', label: 'In review', icon: 'inbox', permission: 'library.update_photo' },
  { key: 'private', value: 'yes', label: 'Private', icon: 'lock', permission: 'library.view_private' },
  { key: 'archived', value: 'yes', label: 'Archived', icon: 'archive', permission: 'library.archive_photo' },
];
const QUALITIES = ['4', '5', '6'];

/**
 * @param {any} choices what there is to choose from, by the server's word
 * @param {import('./query.js').Edit} edit
 * @returns {Section[]} in the order of the panel; none for what the library does not have
 */
export function makeSections(choices, edit) {
  const { countries = [], people = [], labels = [], colors = [] } = choices;
  return [
    kinds(choices, edit), dates(choices, edit),
    countries.length && places(countries, edit),
    people.length && listed('People', 'person', people.map(personItem), edit),
    labels.length && listed('Labels', 'label', labels.map(labelItem), edit),
    colors.length && swatches(colors, edit), gear(choices, edit), rating(edit), states(edit),
  ].filter(Boolean);
}

function kinds({ types = [] }, edit) {
  const chips = types.filter((type) => TYPES[type])
    .map((type) => toggleChip({ ...TYPES[type], value: type }, () => edit((terms) => toggleType(terms, type))));
  const round = switchChip({ key: 'panorama', value: 'yes', label: '360°', icon: 'rotate-3d' }, edit);
  const show = (terms) => {
    for (const { chip, value } of chips) press(chip, typesOf(terms).includes(value));
    round.show(terms);
  };
  return { title: t('Kind'), box: chipGroup('Kind', [...chips, round]), show, isOpen: true };
}

/** `type:video` and `video:yes` ask for the same. */
function typesOf(terms) {
  const switched = terms.filter(({ key, value, negated }) => TYPES[key] && value === 'yes' && !negated).map(({ key }) => key);
  return [...new Set([...valuesOf(terms, 'type'), ...switched])];
}

function toggleType(terms, type) {
  const types = typesOf(terms);
  const wanted = types.includes(type) ? types.filter((other) => other !== type) : [...types, type];
  return replaceFilters(terms, ['type', ...Object.keys(TYPES)], printAny('type', wanted));
}

function listed(title, key, items, edit) {
  const list = new PickList(items, (value) => edit((terms) => toggleValue(terms, key, value)), t(title));
  return { title: t(title), box: list.box, isOpen: true, show: (terms) => list.show(valuesOf(terms, key)) };
}

function places(countries, edit) {
  const field = makePlaceField(edit);
  const { title, box, show } = listed('Place', 'country', countries.map(countryItem), edit);
  const showBoth = (terms) => {
    field.show(terms);
    show(terms);
  };
  return { title, box: element('div', { className: 'stack' }, field.box, box), show: showBoth, isOpen: true };
}

function countryItem({ code, name, count: found }) {
  return { value: code, label: name, names: [name], note: count(found) };
}

function labelItem({ slug, name, count: found }) {
  return { value: slug, label: name, names: [name], note: count(found) };
}

function personItem({ uid, name, thumb }) {
  return { value: name, label: name, names: [uid], picture: thumb ? `/api/v1/t/${thumb}/${config.previewToken}/tile_100` : '', icon: 'user' };
}

// ---------- date ----------

function dates({ years = [] }, edit) {
  const from = dateInput('From', () => ranged());
  const to = dateInput('To', () => ranged());
  const year = select('Year', [['', t('Any year')], ...years.map((each) => [String(each), String(each)])],
    (value) => edit((terms) => replaceFilters(terms, DATES, printAny('year', value ? [value] : []))));
  const quick = Object.entries(RANGES).map(([value, label]) => toggleChip({ label, value }, () => edit((terms) => toggleRange(terms, value))));
  const box = element('div', { className: 'stack' }, element('div', { className: 'two' }, from.box, to.box),
    chipGroup('Quick dates', quick),
    years.length ? year.box : null);

  function ranged() {
    const [first, last] = [from.input.value, to.input.value];
    edit((terms) => replaceFilters(terms, DATES, first && printFilter('after', first), last && printFilter('before', last)));
  }

  function show(terms) {
    from.input.value = dayOf(valuesOf(terms, 'after')[0]);
    to.input.value = dayOf(valuesOf(terms, 'before')[0]);
    to.input.min = from.input.value;
    from.input.max = to.input.value;
    year.choose(valuesOf(terms, 'year')[0] ?? '');
    for (const { chip, value } of quick) press(chip, valuesOf(terms, 'taken').includes(value));
  }

  return { title: t('Date'), box, show, isOpen: true };
}

function toggleRange(terms, value) {
  return replaceFilters(terms, DATES, valuesOf(terms, 'taken').includes(value) ? '' : printFilter('taken', value));
}

function dayOf(value = '') {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : '';
}

function dateInput(label, changed) {
  const input = element('input', { className: 'input', type: 'date', max: '9999-12-31', onchange: changed });
  return { input, box: element('label', { className: 'field' }, element('span', { className: 'lab', textContent: t(label) }), input) };
}

// ---------- colour, camera, rating, state ----------

function swatches(colors, edit) {
  const inOrder = [...colors].sort((one, other) => SPECTRUM.indexOf(one.name) - SPECTRUM.indexOf(other.name));
  const buttons = inOrder.map(({ name, hex }) => {
    const label = t(name[0].toUpperCase() + name.slice(1));
    const button = element('button', {
      className: 'swatch', type: 'button', 'aria-label': label, title: label, onclick: () => edit((terms) => toggleValue(terms, 'color', name)),
    });
    button.style.backgroundColor = hex;
    return { name, button };
  });
  const box = element('div', { className: 'swatches', role: 'group', 'aria-label': t('Colour') }, ...buttons.map(({ button }) => button));
  const show = (terms) => {
    const wanted = valuesOf(terms, 'color');
    for (const { name, button } of buttons) press(button, wanted.some((value) => isSame(value, name)));
  };
  return { title: t('Colour'), box, show, isOpen: true };
}

function gear({ cameras = [], lenses = [] }, edit) {
  const lists = [['camera', 'Camera', 'Any camera', cameras], ['lens', 'Lens', 'Any lens', lenses]].filter(([, , , all]) => all.length);
  if (!lists.length) return null;
  const selects = lists.map(([key, label, any, all]) => ({
    key,
    all,
    ...select(label, [['', t(any)], ...all.map((each) => [each.name, each.name])], (value) => edit((terms) => replaceFilters(terms, [key], printAny(key, value ? [value] : [])))),
  }));
  const show = (terms) => selects.forEach(({ key, all, choose }) => choose(gearOf(valuesOf(terms, key)[0], all)));
  return { title: t('Camera and lens'), box: element('div', { className: 'stack' }, ...selects.map(({ box }) => box)), show, isOpen: true };
}

/** A camera may be asked for by its number. */
function gearOf(value = '', all = []) {
  return all.find(({ id, name }) => String(id) === value || isSame(name, value))?.name ?? value;
}

function rating(edit) {
  const stars = [1, 2, 3, 4, 5].map((value) => element('button', {
    className: 'ib star', type: 'button', title: t('{n} stars or more', { n: value }), 'aria-label': t('{n} stars or more', { n: value }),
    onclick: () => edit((terms) => toggleOnly(terms, 'rating', String(value))),
  }, icon('star')));
  const none = toggleChip({ label: 'Not rated', value: 'no' }, () => edit((terms) => toggleOnly(terms, 'rating', 'no')));
  const show = (terms) => {
    const [value = ''] = valuesOf(terms, 'rating');
    for (const [at, star] of stars.entries()) {
      press(star, String(at + 1) === value);
      star.classList.toggle('lit', at < Number(value));
      star.firstElementChild.classList.toggle('fill', at < Number(value));
    }
    press(none.chip, value === 'no');
  };
  return { title: t('Rating'), box: element('div', { className: 'row between', role: 'group', 'aria-label': t('Rating') }, element('div', { className: 'stars' }, ...stars), none.chip), show, isOpen: true };
}

function states(edit) {
  const chips = STATES.filter(({ permission }) => !permission || may(permission)).map((state) => switchChip(state, edit));
  const qualities = QUALITIES.map((value) => toggleChip({ label: 'Quality {n} or better', value, values: { n: value } }, () => edit((terms) => toggleOnly(terms, 'quality', value))));
  const show = (terms) => {
    chips.forEach((each) => each.show(terms));
    for (const { chip, value } of qualities) press(chip, valuesOf(terms, 'quality').includes(value));
  };
  return { title: t('Quality and state'), box: chipGroup('Quality and state', [...chips, ...qualities]), show };
}

/** One value or none: a filter that cannot ask for several. */
function toggleOnly(terms, key, value) {
  return replaceFilters(terms, [key], valuesOf(terms, key).includes(value) ? '' : printFilter(key, value));
}

// ---------- parts ----------

function switchChip(state, edit) {
  const { key, value } = state;
  const { chip } = toggleChip(state, () => edit((terms) => toggleOnly(terms, key, value)));
  return { chip, show: (terms) => press(chip, valuesOf(terms, key).includes(value)) };
}

function toggleChip({ label, icon: name, value, values }, onclick) {
  return { value, chip: element('button', { className: 'chip', type: 'button', 'aria-pressed': 'false', onclick }, name ? icon(name, 's') : null, t(label, values)) };
}

function chipGroup(label, chips) {
  return element('div', { className: 'chips', role: 'group', 'aria-label': t(label) }, ...chips.map(({ chip }) => chip));
}

function press(button, isOn) {
  button.setAttribute('aria-pressed', String(isOn));
}

function select(label, options, changed) {
  const list = element('select', { className: 'input', 'aria-label': t(label), onchange: () => changed(list.value) },
    ...options.map(([value, text]) => element('option', { value, textContent: text })));
  const choose = (value) => {
    if (![...list.options].some((option) => option.value === value)) list.append(element('option', { value, textContent: value }));
    list.value = value;
  };
  return { choose, box: element('span', { className: 'select' }, list, icon('chevrons-up-down', 's')) };
}

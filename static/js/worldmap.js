/** The map of the world on which the countries with photos are coloured: one drawing of ours, no tiles. */
import { readJson, t, tn } from './page.js';

const KEY = 'world-map';
const SVG = 'http://www.w3.org/2000/svg';
/** A country narrower than this, in units of the sheet, is shown by a dot. */
const SMALL = 7;

const figure = document.getElementById('world');
const button = document.querySelector('[data-world-switch]');

if (figure) {
  button.hidden = false;
  button.addEventListener('click', () => show(figure.hidden));
  show(localStorage.getItem(KEY) !== 'off');
}

function show(isOn) {
  localStorage.setItem(KEY, isOn ? 'on' : 'off');
  button.setAttribute('aria-pressed', String(isOn));
  figure.hidden = !isOn;
  if (isOn && !figure.dataset.drawn) void draw();
}

async function draw() {
  figure.dataset.drawn = 'yes';
  const visited = new Map(readJson('visited').map((country) => [country.code, country]));
  let world;
  try {
    world = await (await fetch(figure.dataset.world)).json();
  } catch {
    // The list below says the same.
    figure.hidden = true;
    return;
  }
  const sheet = figure.querySelector('svg');
  sheet.setAttribute('viewBox', `0 0 ${world.width} ${world.height}`);
  const others = node('path', { class: 'other', d: '' });
  const lands = Object.entries(world.countries);
  others.setAttribute('d', lands.filter(([code]) => !visited.has(code)).map(([, [path]]) => path).join(''));
  sheet.append(others);
  const most = Math.max(...[...visited.values()].map(({ count }) => count));
  const shown = lands.filter(([code]) => visited.has(code)).map(([code, land]) => link(visited.get(code), land, most));
  // What is drawn last is on top: small countries in large ones, and dots.
  sheet.append(...shown);
  for (const dot of shown.map(smallAsDot).filter(Boolean)) sheet.append(dot);
  wire(visited);
}

/** A coloured country leads to its page; the more photos, the stronger the colour. */
function link({ code, name, url, count }, [path, x, y], most) {
  const share = Math.log(count + 1) / Math.log(most + 1);
  const land = node('a', { href: url, class: 'land', 'data-code': code, 'aria-label': `${name}, ${photos(count)}` },
    node('path', { d: path, 'fill-opacity': (0.45 + 0.55 * share).toFixed(2) }));
  land.middle = [x, y];
  return land;
}

function smallAsDot(land) {
  const { width, height } = land.firstChild.getBBox();
  if (Math.max(width, height) >= SMALL) return null;
  const [cx, cy] = land.middle;
  land.append(node('circle', { cx, cy, r: 3.2 }));
  return land;
}

function wire(visited) {
  const told = figure.querySelector('figcaption');
  const rest = t('Choose a country to see its photos');
  told.textContent = rest;
  const tell = ({ target }) => {
    const country = visited.get(target.closest?.('.land')?.dataset.code);
    told.textContent = country ? [country.name, photos(country.count), cities(country.cities), country.span].filter(Boolean).join(' · ') : rest;
  };
  figure.addEventListener('pointerover', tell);
  figure.addEventListener('focusin', tell);
  figure.addEventListener('pointerleave', () => { told.textContent = rest; });
}

function photos(n) {
  return tn('{n} photo', '{n} photos', n);
}

function cities(n) {
  return n ? tn('{n} city', '{n} cities', n) : '';
}

function node(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

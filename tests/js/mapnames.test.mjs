/** Names on the map: they make room for pictures, what lies under one is written below it, legs keep apart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { grid } from '../../static/js/mapgrid.js';
import { isDarkLook, makeStyle, PALETTES } from '../../static/js/mapstyles.js';
import { captioned } from '../../static/js/pincaptions.js';
import { legPlaces } from '../../static/js/spiderlegs.js';

const archive = { tiles: '/t/{z}/{x}/{y}', minzoom: 0, maxzoom: 7, bounds: [-180, -85, 180, 85], attribution: '' };
const data = { sources: { world: archive, relief: archive, satellite: archive, dem: archive }, packs: {}, glyphs: '/g', countries: {}, origin: '' };
const project = ([lng, lat]) => ({ x: lng * 100, y: -lat * 100 });
const rome = { name: 'Rome', pop: 2_300_000, mz: 2, position: [12.5, 41.9] };
const trastevere = { name: 'Trastevere', pop: 13_000, mz: 9, position: [12.47, 41.88] };
const pin = { position: [12.48, 41.89] };
const nameAt = (zoom, towns = [trastevere, rome], at = pin) => captioned([at], towns, zoom, project)[0].name;

test('the largest town under a picture is written below it', () => {
  assert.equal(nameAt(12), 'Rome');
  assert.equal(nameAt(12, [trastevere]), 'Trastevere');
});

test('a town that is not under the picture, or not yet named, is not', () => {
  assert.equal(nameAt(12, [rome], { position: [13, 41.9] }), '');
  assert.equal(nameAt(5.9, [trastevere]), '');
  assert.equal(nameAt(6, [trastevere]), 'Trastevere');
});

test('a picture that stands for half a continent has no name', () => {
  assert.equal(nameAt(4.9), '');
});

test('in each look pictures are placed first, before any name', () => {
  for (const name of Object.keys(PALETTES)) {
    const { layers } = makeStyle(name, data);
    assert.equal(layers.at(-1).id, 'pins', name);
    assert.equal(layers.at(-1).layout['icon-allow-overlap'], true);
  }
});

test('relief is gone before fjords are seen, and borders in dispute are dashed', () => {
  for (const name of ['topo', 'outdoors']) {
    const { layers } = makeStyle(name, data);
    const opacities = layers.filter(({ id }) => ['relief', 'heights'].includes(id)).map(({ paint }) => paint['raster-opacity'] ?? paint['color-relief-opacity']);
    assert.equal(opacities.length, 1);
    const [last, opacity] = opacities[0].slice(-2);
    assert.deepEqual([last < 6.5, opacity], [true, 0], name);
  }
  for (const name of Object.keys(PALETTES)) {
    const [borders, disputed] = ['borders', 'disputed'].map((wanted) => makeStyle(name, data).layers.find(({ id }) => id === wanted));
    assert.ok(disputed.paint['line-dasharray'] && !borders.paint['line-dasharray']);
    const [, , isDisputed] = disputed.filter;
    assert.deepEqual(borders.filter[2], ['!', isDisputed]);
    assert.equal(isDisputed[2][0], 'within');
  }
});

test('a band of shallows is narrower than what tiles overlap by', () => {
  for (const name of Object.keys(PALETTES)) {
    const bands = makeStyle(name, data).layers.filter(({ id }) => id.startsWith('shallows'));
    assert.equal(bands.length, 4);
    for (const { paint } of bands) assert.ok(paint['line-width'].at(-1) / 2 < 16 && /^#[0-9a-f]{6}$/.test(paint['line-color']));
  }
});

test('no look of the day shows the made-up areas of towns', () => {
  for (const name of Object.keys(PALETTES)) {
    const { layers } = makeStyle(name, data);
    assert.ok(layers.every((layer) => layer['source-layer'] !== 'urban'));
    assert.equal(layers.some(({ id }) => id === 'lights'), name === 'dark', name);
  }
  assert.deepEqual(Object.keys(PALETTES).filter(isDarkLook), ['dark', 'satellite']);
});

test('no line of the grid is drawn twice', () => {
  const lines = grid().features.map(({ geometry }) => geometry.coordinates.flat().map((degrees) => degrees.toFixed(4)).join(' '));
  assert.equal(new Set(lines).size, lines.length);
});

test('photos around a place do not cover each other or it', () => {
  for (const count of [2, 10, 11, 40]) {
    const places = legPlaces(count);
    assert.equal(places.length, count);
    const distances = places.flatMap(([x, y], at) => places.slice(at + 1).map(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY)));
    assert.ok(Math.min(...distances) >= 50, `${count}: ${Math.min(...distances)}`);
    assert.ok(places.every(([x, y]) => Math.hypot(x, y) > 55));
  }
});

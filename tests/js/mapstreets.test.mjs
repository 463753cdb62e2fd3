/** Street packs: every layer of the Protomaps schema is drawn, in each look, and below the world's names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { makeStyle, PALETTES } from '../../static/js/mapstyles.js';

const LAYERS = ['boundaries', 'buildings', 'earth', 'landcover', 'landuse', 'places', 'pois', 'roads', 'transit', 'water'];
const archive = { tiles: '/t/{z}/{x}/{y}', minzoom: 0, maxzoom: 15, bounds: [11, 47, 12, 48], attribution: '© OpenStreetMap' };
const data = {
  sources: { world: archive, relief: archive, satellite: archive, dem: archive }, packs: { town: archive }, glyphs: '/g', countries: {}, origin: '',
};

test('every look draws every layer of a pack', () => {
  for (const name of Object.keys(PALETTES)) {
    const drawn = makeStyle(name, data).layers.filter(({ source }) => source === 'pack-town');
    assert.deepEqual([...new Set(drawn.map((layer) => layer['source-layer']))].sort(), LAYERS, name);
  }
});

test('no two layers share an id, and each colour is one', () => {
  for (const name of Object.keys(PALETTES)) {
    const { layers } = makeStyle(name, data);
    assert.equal(new Set(layers.map(({ id }) => id)).size, layers.length);
    assert.ok(!JSON.stringify(layers).includes('undefined'));
    for (const { id, paint = {} } of layers) for (const [key, value] of Object.entries(paint)) assert.notEqual(value, undefined, `${id} ${key}`);
  }
});

test('towns of the world give way where a pack names them', () => {
  const towns = makeStyle('streets', data).layers.find(({ id }) => id === 'towns');
  assert.ok(JSON.stringify(towns.filter).includes('"within"'));
});

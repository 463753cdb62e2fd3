/** Clusters of the server that would cover each other become one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { merged } from '../../static/js/mapmerging.js';

const cluster = (lng, lat, count) => ({ key: `${lng} ${lat}`, count, position: [lng, lat] });

test('neighbours become the larger of them, with all photos', () => {
  const found = merged([cluster(10, 50, 3), cluster(10.5, 50, 9), cluster(-60, -20, 4)], 2);
  assert.deepEqual(found.map(({ key, count }) => [key, count]), [['10.5 50', 12], ['-60 -20', 4]]);
});

test('nearer to the ground they fall apart', () => {
  assert.equal(merged([cluster(10, 50, 3), cluster(10.5, 50, 9)], 10).length, 2);
});

test('no photo is lost, and what was given stays', () => {
  const given = Array.from({ length: 400 }, (_, n) => cluster(n % 40 * 9 - 178, Math.floor(n / 40) * 16 - 78, n + 1));
  const total = (list) => list.reduce((sum, { count }) => sum + count, 0);
  const before = total(given);
  assert.equal(total(merged(given, 1)), before);
  assert.equal(total(given), before);
});

test('the poles are no trouble', () => {
  assert.equal(merged([cluster(0, 90, 1), cluster(0, -90, 1)], 3).length, 2);
});

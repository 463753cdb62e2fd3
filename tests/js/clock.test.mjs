/** How far a camera's clock was off, as it is typed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { clockText, readClock } from '../../static/js/clock.js';

test('hours, minutes and seconds are read, and minutes may be left out', () => {
  assert.equal(readClock('1:02:03'), 3723);
  assert.equal(readClock('−0:00:30'), -30);
  assert.equal(readClock('-2'), -7200);
  assert.equal(readClock(' +1:30 '), 5400);
});

test('what is no time is none', () => {
  for (const text of ['', 'x', '1:60', '1:00:99', '1:2:3:4', '--1', '1.5']) assert.equal(readClock(text), null, text);
});

test('what was written is read as the same', () => {
  for (const seconds of [0, 1, -1, 59, 3600, -3661, 86400, 360000]) assert.equal(readClock(clockText(seconds)) || 0, seconds);
});

/** Keys of buckets, and which photo is in which. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { continuesDay, dayOf, daysOf, isBest, lastAtMost, monthOf, sharedByHalf, startsOf } from '../../static/js/buckets.js';

test('month, day and chunk keys share their month', () => {
  assert.deepEqual(['2026-11', '2026-11-14', '2026-11-14.2'].map(monthOf), ['2026-11', '2026-11', '2026-11']);
});

test('a month has no day', () => {
  assert.deepEqual(['2026-11', '2026-11-14', '2026-11-14.2'].map(dayOf), ['', '2026-11-14', '2026-11-14']);
});

test('only a later chunk goes on with the day before it', () => {
  assert.ok(continuesDay('2026-11-14.1', '2026-11-14.0'));
  assert.ok(!continuesDay('2026-11-14.0', '2026-11-15.3'));
  assert.ok(!continuesDay('2026-11-14', '2026-11-15'));
  assert.ok(!continuesDay('2026-11-14.0', undefined));
});

test('the best matches are one run without days', () => {
  assert.deepEqual(['best.0', 'best.12', '2026-11'].map(isBest), [true, true, false]);
  assert.deepEqual(['best.0', 'best.12'].map(monthOf), ['best', 'best']);
  assert.deepEqual(['best.0', 'best.12'].map(dayOf), ['', '']);
  assert.ok(continuesDay('best.0', undefined));
});

test('a photo is found in the bucket that starts before it', () => {
  const starts = startsOf([3, 2, 5]);
  assert.deepEqual([...starts], [0, 3, 5]);
  assert.deepEqual([0, 2, 3, 4, 5, 9].map((index) => lastAtMost(starts, index)), [0, 0, 1, 1, 2, 2]);
});

test('equal days make one run', () => {
  const runs = daysOf(['2026-11-14', '2026-11-14', '2026-11-08']);
  assert.deepEqual(runs, [{ day: '2026-11-14', from: 0, to: 2 }, { day: '2026-11-08', from: 2, to: 3 }]);
});

test('the place that half of the photos share is the place of the day', () => {
  const places = ['', 'Skagen', 'Skagen', 'Home'];
  assert.equal(sharedByHalf(places, 0, 4), 'Skagen');
  assert.equal(sharedByHalf(places, 3, 4), 'Home');
});

test('a place of fewer photos is not the place of the day', () => {
  assert.equal(sharedByHalf(['', 'Skagen', 'Skagen', 'Home', ''], 0, 5), '');
  assert.equal(sharedByHalf(['', ''], 0, 2), '');
});

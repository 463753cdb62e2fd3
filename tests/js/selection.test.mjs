/** Selecting, extending, clearing; and how renditions are chosen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settleAll } from '../../static/js/pool.js';
import { Selection } from '../../static/js/selection.js';
import { boxOf, cellSize, fitSize, widthOf } from '../../static/js/thumbs.js';

test('a second toggle takes a photo out again', () => {
  const selection = new Selection();
  selection.toggle('pa', 3);
  assert.ok(selection.has('pa') && selection.anchor === 3);
  selection.toggle('pa', 3);
  assert.equal(selection.size, 0);
});

test('a day is selected whole, and only then cleared', () => {
  const selection = new Selection();
  selection.add(['pa']);
  selection.toggleAll(['pa', 'pb']);
  assert.equal(selection.size, 2);
  selection.toggleAll(['pa', 'pb']);
  assert.equal(selection.size, 0);
});

test('clearing nothing is no change', () => {
  const selection = new Selection();
  let changes = 0;
  selection.addEventListener('change', () => { changes += 1; });
  selection.clear();
  assert.equal(changes, 0);
});

test('a cell takes the smallest rendition that keeps its shape', () => {
  assert.equal(cellSize(190, 190, 1, 1), 'tile_224');
  assert.equal(cellSize(190, 190, 1, 2), 'tile_500');
  assert.equal(cellSize(285, 190, 1.5, 2), 'fit_720');
  assert.equal(cellSize(640, 320, 2, 2), 'fit_1280');
});

test('a screen takes the rendition that covers it', () => {
  assert.deepEqual([700, 1750, 2880, 9000].map((width) => fitSize(width, 1.5)), ['fit_720', 'fit_1920', 'fit_4096', 'fit_4096']);
});

test('an upright photo is narrower than the name of its rendition', () => {
  assert.equal(widthOf('fit_1920', 0.5), 600);
  assert.equal(fitSize(700, 0.5), 'fit_2560');
});

test('a box has the longest side asked for', () => {
  assert.deepEqual(boxOf(1.5, 600), { w: 600, h: 400 });
  assert.deepEqual(boxOf(0.5, 600), { w: 300, h: 600 });
});

test('a pool keeps its width and its order', async () => {
  let running = 0;
  let most = 0;
  const results = await settleAll([1, 2, 3, 4, 5], 2, async (value) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (value === 3) throw new Error('three');
    return value * 10;
  });
  assert.equal(most, 2);
  assert.deepEqual(results.map(({ value }) => value), [10, 20, undefined, 40, 50]);
  assert.equal(results[2].reason.message, 'three');
});

/** The window slides over a page taller than a browser allows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ScrollWindow } from '../../static/js/scrollwindow.js';

function windowOver(total, limit = 1000) {
  const made = new ScrollWindow(limit);
  made.resize(total);
  return made;
}

test('a short page is not moved', () => {
  const window = windowOver(400);
  assert.equal(window.centre(300), 300);
  assert.deepEqual([window.height, window.offset], [400, 0]);
});

test('a position in the middle is centred', () => {
  const window = windowOver(10_000);
  assert.equal(window.centre(5000), 500);
  assert.equal(window.offset, 4500);
});

test('the last position is reached', () => {
  const window = windowOver(47_000_000, 6_000_000);
  assert.equal(window.centre(47_000_000), 6_000_000);
  assert.equal(window.offset + window.height, window.total);
});

test('near an edge with more behind it the window must move', () => {
  const window = windowOver(10_000);
  window.centre(5000);
  assert.ok(window.isNearEdge(50) && window.isNearEdge(950) && !window.isNearEdge(500));
});

test('at the very ends there is nothing to move to', () => {
  const window = windowOver(10_000);
  window.centre(0);
  assert.ok(!window.isNearEdge(0));
  window.centre(10_000);
  assert.ok(!window.isNearEdge(1000));
});

test('a page that shrinks pulls the window back', () => {
  const window = windowOver(10_000);
  window.centre(9900);
  window.resize(2000);
  assert.equal(window.offset, 1000);
});

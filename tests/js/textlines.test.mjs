/** Where lines of text lie in a picture. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { corners, matrixOf } from '../../static/js/textlines.js';

test('corners are shares of the picture', () => {
  assert.deepEqual(corners([0, 0, 0.5, 0, 0.5, 1, 0, 1], 200, 100).map(({ x, y }) => [x, y]), [[0, 0], [100, 0], [100, 100], [0, 100]]);
});

test('an upright line is stretched to its box', () => {
  assert.equal(matrixOf(corners([0.1, 0.1, 0.5, 0.1, 0.5, 0.2, 0.1, 0.2], 100, 100), 20, 5), 'matrix(2, 0, 0, 2, 0, 0)');
});

test('a line that is read downwards is turned by a quarter', () => {
  assert.equal(matrixOf(corners([0.5, 0, 0.5, 1, 0.3, 1, 0.3, 0], 100, 100), 100, 20), 'matrix(0, 1, -1, 0, 0, 0)');
});

test('a line on its head is turned by a half', () => {
  assert.equal(matrixOf(corners([1, 1, 0, 1, 0, 0.5, 1, 0.5], 100, 100), 100, 50), 'matrix(-1, 0, 0, -1, 0, 0)');
});

/** Rows fill the width and keep the shape of photos. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { justify } from '../../static/js/justify.js';

const FRAME = { width: 1000, target: 190, gap: 4 };
const SHAPES = Array.from({ length: 60 }, (_, at) => [1.5, 0.67, 1.33, 1, 1.78][at % 5]);

function rowsOf({ boxes }) {
  const rows = new Map();
  for (let at = 0; at < boxes.length; at += 4) {
    const [x, y, width, height] = boxes.subarray(at, at + 4);
    rows.set(y, [...(rows.get(y) ?? []), { x, width, height }]);
  }
  return [...rows.values()];
}

test('every row but the last fills the width exactly', () => {
  const rows = rowsOf(justify(SHAPES, FRAME));
  for (const row of rows.slice(0, -1)) {
    const { x, width } = row.at(-1);
    assert.ok(Math.abs(x + width - FRAME.width) < 0.01);
  }
});

test('photos keep their shape', () => {
  const { boxes } = justify(SHAPES, FRAME);
  SHAPES.forEach((ratio, at) => assert.ok(Math.abs(boxes[at * 4 + 2] / boxes[at * 4 + 3] - ratio) < 0.001));
});

test('rows stay near the target height', () => {
  const rows = rowsOf(justify(SHAPES, FRAME)).slice(0, -1);
  for (const [{ height }] of rows) assert.ok(height > 150 && height < 250, `row of ${height} px`);
});

test('a short last row is not blown up', () => {
  const { boxes, height } = justify([1.5], FRAME);
  assert.equal(boxes[3], FRAME.target);
  assert.equal(height, FRAME.target);
});

test('no photos need no room', () => {
  assert.deepEqual(justify([], FRAME), { boxes: new Float32Array(0), height: 0, rows: 0 });
});

test('only the photos of the range are placed', () => {
  const { boxes } = justify([1, 1, 1, 1], { ...FRAME, from: 2, to: 3 });
  assert.deepEqual([...boxes.subarray(0, 8)], new Array(8).fill(0));
  assert.ok(boxes[10] > 0);
});

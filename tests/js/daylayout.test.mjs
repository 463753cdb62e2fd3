/** Big days stand alone, small days side by side. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOf } from '../../static/js/buckets.js';
import { estimateHeight, layOutDays } from '../../static/js/daylayout.js';

const FRAME = { width: 1000, target: 190, gap: 4, head: 44, dayGap: 24, narrowest: 136 };

function layOut(counts, frame = {}) {
  const days = Object.entries(counts).flatMap(([day, count]) => new Array(count).fill(day));
  return layOutDays(daysOf(days), days.map(() => 1.5), { ...FRAME, ...frame });
}

test('three days of one photo share a row', () => {
  const { blocks } = layOut({ '2026-11-14': 1, '2026-11-08': 1, '2026-11-03': 1 });
  assert.equal(new Set(blocks.map(({ y }) => y)).size, 1);
  assert.ok(blocks[0].x < blocks[1].x && blocks[1].x < blocks[2].x);
});

test('days that share a row do not overlap or leave the width', () => {
  const { blocks } = layOut({ '2026-11-14': 1, '2026-11-08': 2, '2026-11-03': 1, '2026-11-02': 1 });
  for (const [at, block] of blocks.entries()) {
    const next = blocks[at + 1];
    assert.ok(block.x + block.width <= FRAME.width + 0.01);
    if (next && next.y === block.y) assert.ok(block.x + block.width < next.x);
  }
});

test('a big day has the whole width', () => {
  const { blocks } = layOut({ '2026-11-14': 1, '2026-11-08': 12 });
  assert.deepEqual(blocks.map(({ x, width }) => [x, width]), [[0, FRAME.width], [0, FRAME.width]]);
  assert.ok(blocks[1].y >= blocks[0].y + blocks[0].height);
});

test('a day that goes on has no second heading', () => {
  const { blocks, boxes } = layOut({ '2026-11-14': 8 }, { continues: true });
  assert.equal(blocks[0].titled, false);
  assert.equal(boxes[1], 0);
});

test('panoramas and slivers are cropped to shapes that leave room', () => {
  const { boxes } = layOutDays([{ day: 'd', from: 0, to: 2 }], [9, 0.1], FRAME);
  assert.ok(Math.abs(boxes[2] / boxes[3] - 2.8) < 0.01);
  assert.ok(Math.abs(boxes[6] / boxes[7] - 0.5) < 0.01);
});

test('an estimate is near the truth', () => {
  const counts = Object.fromEntries(Array.from({ length: 12 }, (_, day) => [`2026-11-${10 + day}`, 20]));
  const { height } = layOut(counts);
  const ratio = estimateHeight(240, FRAME) / height;
  assert.ok(ratio > 0.6 && ratio < 1.5, `estimated ${ratio} of the height`);
});

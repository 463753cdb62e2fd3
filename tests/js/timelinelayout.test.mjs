/** Where buckets stand: below each other, months of few photos side by side where a search wants it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOf, lastAtMost, startsOf } from '../../static/js/buckets.js';
import { TimelineLayout } from '../../static/js/timelinelayout.js';

const FRAME = {
  width: 1000, margin: 0, gap: 4, target: 190, head: 44, dayGap: 24, narrowest: 136, month: 56, between: 28,
  low: { top: 38, head: 26, narrowest: 148 },
};

/** A source of months with so many photos each, newest first; loaded unless told otherwise. */
function sourceOf(counts, { loaded = true, ratio = 1.5 } = {}) {
  const buckets = counts.map((count, at) => {
    const key = `2020-${String(12 - at).padStart(2, '0')}`;
    const days = new Array(count).fill(`${key}-01`);
    return { key, count, days: loaded ? daysOf(days) : [], columns: loaded ? { ratio: days.map(() => ratio) } : null };
  });
  const starts = startsOf(counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const where = (index) => {
    const number = lastAtMost(starts, index);
    return { number, bucket: buckets[number], at: index - starts[number] };
  };
  return { buckets, starts, total, where };
}

function layOut(counts, { inLine = true, ...options } = {}) {
  const layout = new TimelineLayout(sourceOf(counts, options));
  layout.layOutAll({ ...FRAME, inLine });
  return layout;
}

test('months of one photo share a line of a search, not of the timeline', () => {
  assert.equal(new Set(layOut([1, 1, 1]).tops).size, 1);
  assert.equal(new Set(layOut([1, 1, 1], { inLine: false }).tops).size, 3);
});

test('what shares a line does not overlap, and the line ends before the width does', () => {
  const layout = layOut([1, 1, 1, 1, 2, 1, 1]);
  for (let index = 0; index < layout.source.total; index += 1) {
    const [box, next] = [layout.boxOf(index), layout.boxOf(index + 1)];
    assert.ok(box.x + box.width <= FRAME.width);
    if (next && next.y === box.y) assert.ok(box.x + box.width < next.x);
  }
  assert.ok(layout.tops.at(-1) > 0);
});

test('a month of many photos has the whole width to itself', () => {
  const layout = layOut([1, 30, 1]);
  assert.deepEqual([...layout.tops].map((top, at) => layout.tops.indexOf(top) === at), [true, true, true]);
  assert.equal(layout.places[1].width, 0);
});

test('the height is the same before and after a line is loaded', () => {
  const estimated = layOut([1, 1, 1], { loaded: false }).total;
  assert.ok(Math.abs(layOut([1, 1, 1]).total - estimated) < 20);
});

test('the first bucket of a line is found from any place in it', () => {
  const layout = layOut([1, 1, 1, 1, 1, 1]);
  const second = [...layout.tops].findIndex((top) => top > 0);
  assert.equal(layout.firstBucketAt(5), 0);
  assert.equal(layout.firstBucketAt(layout.tops[second] + 5), second);
});

test('a place leads back to itself', () => {
  for (const layout of [layOut([1, 1, 2, 40, 1, 1, 3, 60]), layOut([5, 9], { inLine: false }), layOut([1, 1, 1, 7], { loaded: false })]) {
    const last = layout.source.total - 1;
    for (let position = 0; layout.indexAt(position) < last; position += 37) {
      assert.ok(Math.abs(layout.positionOf(layout.indexAt(position)) - position) < 1, `${position}`);
    }
  }
});

test('what is looked at stays where it was when the width changes', () => {
  const layout = layOut([1, 1, 2, 40, 1, 1, 3, 60]);
  const top = layout.tops[3] + 120;
  const anchor = layout.anchorAt(top, top + 600);
  layout.layOutAll({ ...FRAME, width: 600, inLine: true });
  const box = layout.boxOf(anchor.index);
  assert.ok(Math.abs(box.y - layout.topFor(anchor) - anchor.above) < 0.001);
});

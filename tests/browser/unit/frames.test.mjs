// Drawing that is spread over frames.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inFrames } from '../../../www/shell/frames.js';

/** Frames that were asked for. @type {(() => void)[]} */
const frames = [];
/** How long the page is laid out, ms. */
let laidOut = 0;
Object.assign(globalThis, {
  requestAnimationFrame: (/** @type {() => void} */ frame) => frames.push(frame),
  document: { documentElement: { getBoundingClientRect: () => busy(laidOut) } },
});

/** @param {number} ms */
function busy(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test('what is quick is drawn in one frame, what is slow in several, in order, and a fault stops nothing', () => {
  /** @type {string[]} */
  const drawn = [];
  for (const name of ['a', 'b', 'c']) inFrames(() => drawn.push(name));
  assert.equal(frames.length, 1);
  frames.shift()?.();
  assert.deepEqual([drawn.join(''), frames.length], ['abc', 0]);

  for (const name of ['d', 'e'])
    inFrames(() => {
      drawn.push(name);
      busy(10);
    });
  inFrames(() => {
    throw new Error('a drawing has failed');
  });
  inFrames(() => {
    drawn.push('f');
    inFrames(() => drawn.push('g'));
  });
  assert.equal(frames.length, 1);
  frames.shift()?.();
  assert.deepEqual([drawn.join(''), frames.length], ['abcd', 1]);
  frames.shift()?.();
  assert.deepEqual([drawn.join(''), frames.length], ['abcde', 1]);
  assert.throws(() => frames.shift()?.(), /has failed/);
  frames.shift()?.();
  assert.deepEqual([drawn.join(''), frames.length], ['abcdefg', 0]);
});

test('where the page is laid out for long, drawing waits for the next frame, and not for longer', () => {
  let drawn = 0;
  inFrames(() => (drawn += 1));
  laidOut = 12;
  frames.shift()?.();
  assert.deepEqual([drawn, frames.length], [0, 1]);
  frames.shift()?.();
  assert.deepEqual([drawn, frames.length], [1, 0]);
});

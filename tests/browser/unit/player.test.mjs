// Replay, with a stand-in for the sound hardware.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeContext, FakeTake, due, later } from './fakes.mjs';
import { recordingWith, standIn } from './fixtures.mjs';

const { audio } = await import('../../../www/sound/capture.js');
const { play, stop } = await import('../../../www/sound/player.js');
const { get, set } = await import('../../../www/shell/state.js');
const context = /** @type {FakeContext} */ (/** @type {unknown} */ (audio()));
const recording = (/** @type {number} */ number) =>
  recordingWith({ number, take: standIn(new FakeTake(16_000)) });

beforeEach(() => {
  stop();
  set({ phase: 'idle' });
  Object.assign(context, { started: 0, stopped: 0, resuming: async () => undefined });
});

test('of two sounds asked for at once only the later is heard', async () => {
  const awake = later();
  context.resuming = () => awake.promise;
  play(recording(1));
  play(recording(2));
  awake.resolve();
  await due();
  assert.equal(context.started, 1);
  assert.equal(get().playing, 2);
});

test('a stop before the sound began is a stop', async () => {
  const awake = later();
  context.resuming = () => awake.promise;
  play(recording(1));
  stop();
  awake.resolve();
  await due();
  assert.deepEqual([context.started, get().playing], [0, null]);
});

test('nothing is played into an open microphone', async () => {
  set({ phase: 'recording' });
  await play(recording(1));
  assert.deepEqual([context.started, get().playing], [0, null]);
});

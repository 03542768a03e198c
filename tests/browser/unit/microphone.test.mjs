// Recording, with stand-ins for microphone and sound hardware: in the end the microphone is always closed.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  FakeContext,
  FakeNode,
  FakeTake,
  device,
  due,
  engine,
  later,
  measuring,
  speak,
  until,
} from './fakes.mjs';
import { standIn } from './fixtures.mjs';

const { START_MS, audio } = await import('../../../www/sound/capture.js');
const { giveUp } = await import('../../../www/record/recorder.js');
const { cancel, discard, elapsed, press } = await import('../../../www/record/record.js');
const { use } = await import('../../../www/engine/engine.js');
const { addFiles } = await import('../../../www/session/incoming.js');
const { forgetAll } = await import('../../../www/session/session.js');
const { MOST_RECORDINGS, get, set, watch } = await import('../../../www/shell/state.js');
const context = /** @type {FakeContext} */ (/** @type {unknown} */ (audio()));
const phase = () => get().phase;
const idle = () => until(() => phase() === 'idle');
const live = () => device.tracks.filter((track) => track.live).length;

/** A view that stumbles once over the phase it is given. */
let stumble = '';
watch(['phase'], () => {
  if (phase() !== stumble) return;
  stumble = '';
  throw new TypeError('a view');
});

beforeEach(() => {
  console.error = () => {};
  set({ phase: 'idle', problem: null, notice: null, recordings: [], current: null, queue: [] });
  Object.assign(device, { tracks: [], asked: 0, answer: async () => undefined });
  Object.assign(context, { resuming: async () => undefined });
  FakeTake.all = [];
  FakeNode.answers = true;
  measuring.step = () => 1;
  use(Promise.resolve(engine));
});

async function recording() {
  press();
  await due();
  assert.equal(phase(), 'recording');
  assert.equal(live(), 1);
}

test('a recording comes to a result, and the microphone is closed', async () => {
  await recording();
  speak(1);
  assert.equal(elapsed(), 1);
  press();
  await idle();
  assert.deepEqual([phase(), live(), get().recordings.length, get().problem], ['idle', 0, 1, null]);
  assert.deepEqual(
    FakeTake.all.map(({ closed, freed }) => [closed, freed]),
    [[true, 0]],
  );
});

test('where the list is full the microphone stays closed, and that is said', async () => {
  set({ recordings: Array(MOST_RECORDINGS).fill(standIn({ number: 1 })) });
  press();
  await due();
  assert.deepEqual(
    [phase(), device.asked, get().notice],
    ['idle', 0, { key: 'list.full', params: { n: '5,000' } }],
  );
});

test('a start that fails after the microphone opened closes it', async () => {
  class Take {
    constructor() {
      throw { code: 'unsupported_rate', rate_hz: 1 };
    }
  }
  use(Promise.resolve({ ...engine, wasm: { ...engine.wasm, Take: standIn(Take) } }));
  press();
  await due();
  assert.deepEqual([device.tracks.length, live(), phase()], [1, 0, 'idle']);
  assert.deepEqual([get().problem?.kind, get().problem?.name], ['other', 'unsupported_rate']);
});

test('sound hardware that never starts is given up, and the microphone is closed', async (t) => {
  // Time runs faster here.
  const wait = globalThis.setTimeout;
  t.after(() => {
    globalThis.setTimeout = wait;
  });
  globalThis.setTimeout = standIn((/** @type {() => void} */ work, /** @type {number} */ ms) =>
    wait(work, ms === START_MS ? 20 : ms),
  );
  context.resuming = () => new Promise(() => {});
  press();
  await idle();
  assert.deepEqual(
    [device.tracks.length, live(), get().problem?.kind, get().problem?.name],
    [1, 0, 'other', 'TimeoutError'],
  );
});

test('a view that fails when the recording begins leaves no microphone open', async () => {
  stumble = 'recording';
  press();
  await due();
  assert.deepEqual([device.tracks.length, live(), phase(), elapsed()], [1, 0, 'idle', 0]);
  assert.equal(get().problem?.name, 'TypeError');
  assert.deepEqual(
    FakeTake.all.map(({ freed }) => freed),
    [1],
  );
  await recording();
  cancel();
});

test('a cancel before the browser asked: it never asks', async () => {
  /** @type {ReturnType<typeof later<import('../../../www/types.js').Engine>>} */
  const loading = later();
  use(loading.promise);
  press();
  cancel();
  loading.resolve(engine);
  await due();
  assert.deepEqual([device.asked, phase()], [0, 'idle']);
});

test('a cancel while the browser asks closes what opens later', async () => {
  const asking = later();
  device.answer = () => asking.promise;
  press();
  await due();
  assert.deepEqual([device.asked, phase()], [1, 'asking']);
  cancel();
  asking.resolve();
  await due();
  assert.deepEqual([device.tracks.length, live(), phase()], [1, 0, 'idle']);
});

test('a cancel while the sound hardware does not wake closes the microphone', async () => {
  const awake = later();
  context.resuming = () => awake.promise;
  press();
  await due();
  assert.deepEqual([live(), phase()], [1, 'asking']);
  cancel();
  await due();
  assert.deepEqual([live(), phase()], [0, 'idle']);
  awake.resolve();
  await due();
  assert.deepEqual([live(), phase(), get().notice?.key], [0, 'idle', 'cancelled']);
});

test('a call that interrupts the sound, as Safari says it, keeps what was heard', async () => {
  await recording();
  speak(2);
  context.state = 'interrupted';
  context.dispatchEvent(new Event('statechange'));
  await idle();
  context.state = 'running';
  assert.equal(live(), 0);
  assert.deepEqual(
    get().recordings.map(({ seconds, notices }) => [seconds, notices.map(({ key }) => key)]),
    [[2, ['notice.interrupted']]],
  );
});

test('a page that goes away keeps what was heard', async () => {
  await recording();
  speak(2);
  window.dispatchEvent(new Event('pagehide'));
  assert.equal(live(), 0);
  await idle();
  assert.equal(phase(), 'idle');
  assert.deepEqual(
    get().recordings.map(({ seconds, notices }) => [seconds, notices.map(({ key }) => key)]),
    [[2, ['notice.interrupted']]],
  );
});

test('a cancel right after stop counts', async () => {
  await recording();
  speak(1);
  FakeNode.answers = false;
  press();
  assert.equal(phase(), 'working');
  assert.equal(giveUp(), true);
  FakeNode.last.port.onmessage({ data: null });
  await idle();
  assert.deepEqual(
    [phase(), live(), get().recordings.length, get().notice?.key],
    ['idle', 0, 0, 'cancelled'],
  );
  assert.deepEqual(
    FakeTake.all.map(({ freed }) => freed),
    [1],
  );
});

test('a stop that fails ends in a message, not in waiting', async () => {
  await recording();
  speak(1);
  FakeNode.last.port.postMessage = () => {
    FakeNode.last.port.postMessage = () => {};
    throw new DOMException('gone', 'InvalidStateError');
  };
  press();
  await idle();
  assert.deepEqual([phase(), live(), get().problem?.name], ['idle', 0, 'InvalidStateError']);
  assert.deepEqual(
    FakeTake.all.map(({ freed }) => freed),
    [1],
  );
});

test('forgetting everything ends a recording', async () => {
  await recording();
  speak(1);
  discard();
  forgetAll();
  await due();
  assert.deepEqual(
    [phase(), live(), get().recordings.length, get().notice?.key],
    ['idle', 0, 0, 'forget.done'],
  );
});

test('files that come during a recording are answered', async () => {
  await recording();
  await addFiles([new File(['x'], 'a.wav')]);
  assert.deepEqual([phase(), get().notice?.key], ['recording', 'notice.busy']);
  cancel();
});

test('a measuring part that did not load says so', async () => {
  const { CodedError } = await import('../../../www/shell/errors.js');
  const refused = Promise.reject(new CodedError('load', { part: 'undertone.js' }, new TypeError('x')));
  refused.catch(() => {});
  use(refused);
  press();
  await due();
  assert.deepEqual([phase(), get().problem?.kind], ['idle', 'load']);
});

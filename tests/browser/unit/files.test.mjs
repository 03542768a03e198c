// Sound files: read, measured one after the other, given up, forgotten.
/** @import {Engine} from '../../../www/types.js' */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeTake, due, engine, later, measuring, until, wavFile } from './fakes.mjs';
import { standIn } from './fixtures.mjs';

const { analyse } = await import('../../../www/engine/analyse.js');
const { CodedError } = await import('../../../www/shell/errors.js');
const { read } = await import('../../../www/sound/files.js');
const { use } = await import('../../../www/engine/engine.js');
const { addFiles } = await import('../../../www/session/incoming.js');
const { forgetAll } = await import('../../../www/session/session.js');
const { cancel: cancelWork } = await import('../../../www/session/work.js');
const { get, set } = await import('../../../www/shell/state.js');

const sound = (/** @type {string} */ name) => new File(['RIFF', new Uint8Array(60)], name);
const lines = () => get().queue.map(({ text }) => text.key);
/** @type {number[]} */
let sniffed;

beforeEach(() => {
  console.error = () => {};
  set({ phase: 'idle', problem: null, notice: null, recordings: [], current: null, queue: [] });
  FakeTake.all = [];
  FakeTake.isWav = (bytes) => String.fromCharCode(...bytes.subarray(0, 4)) === 'RIFF';
  sniffed = [];
  FakeTake.sniff = (bytes) => {
    sniffed.push(bytes.length);
    return { kind: 'unknown' };
  };
  measuring.step = () => 1;
  use(Promise.resolve(engine));
  globalThis.OfflineAudioContext = standIn(
    class {
      decodeAudioData = async () => {
        throw new DOMException('no', 'EncodingError');
      };
    },
  );
});

test('files come in one after the other', async () => {
  await addFiles([sound('a.wav'), sound('b.wav')]);
  assert.deepEqual(
    get().recordings.map(({ file }) => file),
    ['a.wav', 'b.wav'],
  );
  assert.deepEqual([get().phase, lines()], ['idle', []]);
});

test('no file is blamed for a part of the page that is missing', async () => {
  for (const code of ['load', 'model']) {
    const refused = Promise.reject(new CodedError(code, { part: 'x' }));
    refused.catch(() => {});
    use(refused);
    await addFiles([sound('a.wav')]);
    assert.deepEqual([get().phase, get().problem?.kind, lines()], ['idle', code, []]);
  }
});

test('a file that cannot be opened any more is not called something else', async () => {
  const moved = Object.assign(sound('moved.wav'), {
    arrayBuffer: () => Promise.reject(new DOMException('x', 'NotReadableError')),
  });
  await addFiles([moved, sound('b.wav')]);
  assert.deepEqual(lines(), ['file.gone']);
  assert.equal(get().recordings.length, 1);
});

test('a file that is far too large is not even read', async () => {
  let asked = 0;
  const huge = {
    name: 'huge.wav',
    type: '',
    size: 601e6,
    arrayBuffer: async () => {
      asked += 1;
      return new ArrayBuffer(4);
    },
  };
  await addFiles([standIn(huge)]);
  assert.deepEqual([asked, lines()], [0, ['file.large']]);
});

test('only the head of a file is looked at, the whole only of a small one without a rate', async () => {
  let seen = 0;
  FakeTake.isWav = (bytes) => {
    seen = bytes.length;
    return false;
  };
  const { signal } = new AbortController();
  const open = (/** @type {number} */ size) =>
    read(engine, new File([new Uint8Array(size)], 'x'), signal).catch(() => {});
  await open(300_000);
  assert.deepEqual([seen, sniffed], [12, [262_144, 300_000]]);
  sniffed = [];
  await open(1_000);
  assert.deepEqual(sniffed, [1_000]);
  sniffed = [];
  await open(65 * 1024 * 1024);
  assert.deepEqual(sniffed, [262_144]);
});

test('a sound that is given up on its way in is freed', async () => {
  const control = new AbortController();
  wavFile.frames = 160_000;
  const before = wavFile.freed;
  const reading = read(engine, sound('a.wav'), control.signal);
  while (!FakeTake.all[0]?.heard) await due();
  control.abort();
  await assert.rejects(reading);
  assert.deepEqual(
    FakeTake.all.map(({ freed }) => freed),
    [1],
  );
  assert.equal(wavFile.freed, before + 1);
  wavFile.frames = 16_000;
});

/** The score is there halfway; then what was asked for happens. @param {() => void} halfway */
function scoredHalfway(halfway) {
  globalThis.requestAnimationFrame = (step) => Number(setTimeout(step, 0, 0));
  const predicting = /** @type {Engine} */ (
    standIn({ ...engine, info: { hash: 'h' }, model: { predict: () => ({ model: { hash: 'h' } }) } })
  );
  use(Promise.resolve(predicting));
  set({ engine: predicting });
  let steps = 0;
  measuring.levelled = () => (steps === 1 ? { flags: [], signal: {}, model_features: { a: 1 } } : undefined);
  measuring.step = () => {
    steps += 1;
    if (steps === 2) halfway();
    return steps / 3;
  };
}

function noScoreHalfway() {
  measuring.levelled = () => undefined;
  set({ engine: null });
}

test('a score is shown before the rest is measured, and completed under the name that it has by then', async () => {
  let early = '';
  scoredHalfway(() => {
    const { recordings, current, phase } = get();
    const [{ number, analysis, measures }] = recordings;
    early = [phase, current === number, Boolean(analysis), measures].join(' ');
    set({ recordings: [{ ...recordings[0], name: 'named' }], page: 'learn' });
  });
  await addFiles([sound('a.wav')]);
  noScoreHalfway();
  assert.equal(early, 'working true true ');
  const [{ name, measures, analysis, picture, take }, ...others] = get().recordings;
  assert.deepEqual([name, Boolean(measures), Boolean(analysis), others.length], ['named', true, true, 0]);
  assert.deepEqual([picture, get().page, get().phase], [{ columns: 0 }, 'learn', 'idle']);
  assert.equal(/** @type {any} */ (take).freed, 0);
});

test('what is given up after its score was shown is taken back, and its number given again', async () => {
  scoredHalfway(() => {});
  await addFiles([sound('a.wav')]);
  const before = get().current;
  scoredHalfway(cancelWork);
  await addFiles([sound('b.wav')]);
  assert.deepEqual(
    [get().recordings.length, get().current, get().notice?.key, FakeTake.all[1].freed],
    [1, before, 'cancelled', 1],
  );
  scoredHalfway(forgetAll);
  await addFiles([sound('c.wav')]);
  noScoreHalfway();
  assert.deepEqual(get().recordings, []);
  assert.deepEqual(
    FakeTake.all.map(({ freed }) => freed),
    [1, 1, 1],
  );
});

test('forgetting everything ends the work on files, and nothing comes back', async () => {
  let done = false;
  const reached = later();
  let steps = 0;
  measuring.step = () => {
    steps += 1;
    if (steps === 1) return 1;
    reached.resolve();
    return 0.5;
  };
  const working = addFiles([sound('a.wav'), sound('b.wav'), sound('c.wav')]).then(() => {
    done = true;
  });
  await reached.promise;
  forgetAll();
  await until(() => done);
  const stillWorking = !done;
  measuring.step = () => 1;
  await working;
  assert.equal(stillWorking, false, 'the batch goes on');
  assert.deepEqual(
    [get().phase, get().recordings, lines(), get().notice?.key],
    ['idle', [], [], 'forget.done'],
  );
  assert.deepEqual(
    FakeTake.all.map(({ freed }) => freed),
    [1, 1],
  );
});

test('what is forgotten after the last slice does not come back either', async () => {
  measuring.step = () => {
    setImmediate(forgetAll);
    return 1;
  };
  await addFiles([sound('a.wav')]);
  assert.deepEqual(get().recordings, []);
});

test('a cancelled batch says so and leaves no lines', async () => {
  measuring.step = () => {
    cancelWork();
    return 0.5;
  };
  await addFiles([sound('a.wav'), sound('b.wav')]);
  assert.deepEqual(
    [get().phase, get().recordings, lines(), get().notice?.key],
    ['idle', [], [], 'cancelled'],
  );
});

test('files that come while others are measured are answered, once', async () => {
  const reached = later();
  let share = 0.5;
  measuring.step = () => {
    reached.resolve();
    return share;
  };
  const working = addFiles([sound('a.wav')]);
  await reached.promise;
  await addFiles([sound('b.wav')]);
  const told = get().notice?.key;
  share = 1;
  await working;
  assert.deepEqual([told, get().notice, get().recordings.length], ['notice.busy', null, 1]);
});

test('the measuring gives way between any two slices', async () => {
  let tasks = 0;
  let steps = 0;
  const { port1, port2 } = new MessageChannel();
  /** @type {number[]} */
  const seen = [];
  port1.onmessage = () => {
    tasks += 1;
    port2.postMessage(null);
  };
  port2.postMessage(null);
  measuring.step = () => {
    seen.push(tasks);
    steps += 1;
    return steps / 5;
  };
  const { signal } = new AbortController();
  const nothing = () => {};
  await analyse(engine, standIn(new FakeTake(16_000)), signal, nothing, nothing).finally(() => port1.close());
  assert.equal(steps, 5);
  for (let i = 1; i < seen.length; i += 1)
    assert.ok(seen[i] > seen[i - 1], `nothing else ran before slice ${i + 1}`);
});

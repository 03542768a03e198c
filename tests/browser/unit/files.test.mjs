// Sound files: read, measured one after the other, given up, forgotten.
/** @import {Engine} from '../../../www/types.js' */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { FakeTake, due, engine, later, measuring, reader, soundFile, until } from './fakes.mjs';
import { standIn } from './fixtures.mjs';

const { analyse } = await import('../../../www/engine/analyse.js');
const { CodedError } = await import('../../../www/shell/errors.js');
const { read } = await import('../../../www/sound/files.js');
const { use } = await import('../../../www/engine/engine.js');
const { useReader } = await import('../../../www/engine/reader.js');
const { addFiles, measureChannel } = await import('../../../www/session/incoming.js');
const { bringBack, forgetAll, remove, undo } = await import('../../../www/session/session.js');
const { cancel: cancelWork } = await import('../../../www/session/work.js');
const { MOST_RECORDINGS, get, set } = await import('../../../www/shell/state.js');

const sound = (/** @type {string} */ name) => new File(['RIFF', new Uint8Array(60)], name);
const lines = () => get().queue.map(({ text }) => text.key);
const { sniff } = reader;

beforeEach(() => {
  console.error = () => {};
  set({ phase: 'idle', problem: null, notice: null, recordings: [], current: null, queue: [] });
  FakeTake.all = [];
  reader.sniff = sniff;
  Object.assign(soundFile, { seconds: 1, channels: 1, cut: undefined, difference: undefined });
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

test('a full list takes no further file, and what was deleted gives its place to one', async () => {
  set({ recordings: Array.from({ length: MOST_RECORDINGS - 1 }, (_, k) => standIn({ number: -1 - k })) });
  await addFiles([sound('a.wav'), sound('b.wav'), sound('c.wav')]);
  const said = get().queue.map(({ text: { key, params } }) => [key, params?.file, params?.n]);
  const refused = (/** @type {string} */ file) => ['file.many', file, '5,000'];
  assert.deepEqual(said, [refused('b.wav'), refused('c.wav')]);
  assert.equal(get().recordings.length, MOST_RECORDINGS);
  remove(get().recordings[0]);
  await addFiles([sound('d.wav')]);
  undo();
  const { recordings, deleted } = get();
  assert.deepEqual([recordings.length, recordings.at(-1)?.file, deleted], [MOST_RECORDINGS, 'd.wav', null]);
});

test('what was deleted gives its place to recordings that come back from a file, too', () => {
  set({ recordings: Array.from({ length: MOST_RECORDINGS }, (_, k) => standIn({ number: -1 - k })) });
  remove(get().recordings[0]);
  bringBack([standIn({ number: 1 })], { key: 'file.backOne' });
  undo();
  assert.deepEqual([get().recordings.length, get().deleted], [MOST_RECORDINGS, null]);
});

test('no file is blamed for a part of the page that is missing', async () => {
  for (const code of ['load', 'model']) {
    const refused = Promise.reject(new CodedError(code, { part: 'x' }));
    refused.catch(() => {});
    use(refused);
    await addFiles([sound('a.wav')]);
    assert.deepEqual([get().phase, get().problem?.kind, lines()], ['idle', code, []]);
  }
  use(Promise.resolve(engine));
  const refused = Promise.reject(new CodedError('load', { part: 'reader.js' }));
  refused.catch(() => {});
  useReader(refused);
  await addFiles([sound('a.wav')]);
  useReader(Promise.resolve(standIn(reader)));
  assert.deepEqual([get().phase, get().problem?.params, lines()], ['idle', { part: 'reader.js' }, []]);
});

test('a file that cannot be opened any more is not called something else', async () => {
  const moved = Object.assign(sound('moved.wav'), {
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('x', 'NotReadableError')) }),
  });
  await addFiles([moved, sound('b.wav')]);
  assert.deepEqual(lines(), ['file.gone']);
  assert.equal(get().recordings.length, 1);
});

test('of a file that is too large to be decoded no more than its head is read', async () => {
  reader.sniff = () => ({ kind: 'mp3', rateHz: 48_000 });
  /** @type {number[]} */
  const asked = [];
  const huge = {
    name: 'huge.mp3',
    type: '',
    size: 601e6,
    slice: (/** @type {number} */ from, /** @type {number} */ to) => {
      asked.push(to - from);
      return new Blob([new Uint8Array(to - from)]);
    },
  };
  await addFiles([standIn(huge)]);
  assert.deepEqual([asked, lines()], [[262_144], ['file.large']]);
});

test('only the head of a file is looked at, the whole only of a small one without a rate', async () => {
  /** @type {number[]} */
  let sniffed = [];
  reader.sniff = (bytes) => {
    sniffed.push(bytes.length);
    return { kind: 'unknown' };
  };
  const { signal } = new AbortController();
  const open = (/** @type {number} */ size) =>
    read(engine, new File([new Uint8Array(size)], 'x'), signal).catch(() => {});
  await open(300_000);
  assert.deepEqual(sniffed, [262_144, 300_000]);
  sniffed = [];
  await open(1_000);
  assert.deepEqual(sniffed, [1_000]);
  sniffed = [];
  await open(65 * 1024 * 1024);
  assert.deepEqual(sniffed, [262_144]);
});

/** What the browser's decoder is asked, and what it answers. @param {{rate?: number, refuses?: boolean}} [how] */
function decoder({ rate = 0, refuses = false } = {}) {
  /** @type {number[]} */
  const asked = [];
  globalThis.OfflineAudioContext = standIn(
    class {
      /** @param {{sampleRate: number}} wish */
      constructor({ sampleRate }) {
        asked.push(sampleRate);
        if (refuses) throw new DOMException('no', 'NotSupportedError');
        this.sampleRate = rate || sampleRate;
      }
      decodeAudioData = async () => ({
        sampleRate: this.sampleRate,
        length: 2 * this.sampleRate,
        duration: 2,
        numberOfChannels: 2,
        getChannelData: () => new Float32Array(2 * this.sampleRate),
      });
    },
  );
  return asked;
}

test('a browser decodes at the file’s own rate, or the file is refused: nothing else may resample', async () => {
  const open = async (/** @type {object} */ found) => {
    set({ queue: [] });
    reader.sniff = () => standIn({ kind: 'mp4', ...found });
    await addFiles([new File([new Uint8Array(9)], 'a.m4a')]);
    return lines()[0] ?? `${FakeTake.all.at(-1)?.rate}`;
  };
  const asked = decoder();
  assert.equal(await open({ rateHz: 22_050 }), '22050');
  assert.equal(await open({}), 'file.unknownRate');
  assert.equal(await open({ rateHz: 7_350 }), 'file.lowRate');
  assert.equal(await open({ rateHz: 384_000 }), 'file.highRate');
  assert.deepEqual(asked, [22_050]);
  assert.deepEqual(decoder({ rate: 48_000 }), []);
  assert.equal(await open({ rateHz: 22_050 }), 'file.otherRate');
  decoder({ refuses: true });
  assert.equal(await open({ rateHz: 192_000 }), 'file.otherRate');
  assert.equal(get().recordings.length, 1);
});

test('a file that ends early is measured and says so, with lengths that differ', async () => {
  soundFile.cut = { presentS: 2.396, declaredS: 2.4 };
  await addFiles([sound('a.wav')]);
  soundFile.cut = { presentS: 1 };
  await addFiles([sound('b.wav')]);
  soundFile.cut = undefined;
  await addFiles([sound('c.wav')]);
  const notices = get().recordings.map(({ notices }) => notices);
  assert.deepEqual(notices, [
    [{ key: 'file.cut', params: { file: 'a.wav', p: '2.396', d: '2.400' } }],
    [{ key: 'file.cutOff', params: { file: 'b.wav', p: '1.0' } }],
    [],
  ]);
});

test('of a file that is too long the beginning is measured', async () => {
  soundFile.seconds = 1_803;
  await addFiles([sound('a.wav')]);
  const [{ notices, seconds }] = get().recordings;
  assert.deepEqual([seconds, notices[0].key, notices[0].params?.m], [1800, 'file.long', '30']);
});

test('another channel is measured in the place of the one before', async () => {
  soundFile.channels = 2;
  soundFile.difference = 'unlike';
  await addFiles([sound('a.wav')]);
  const [before] = get().recordings;
  assert.deepEqual(before.channels, { count: 2, taken: 'mean', difference: 'unlike' });
  set({ recordings: [{ ...before, name: 'named' }] });
  const listed = await measureChannel(get().recordings[0], 2);
  assert.equal(soundFile.chosen, 1);
  assert.deepEqual(get().recordings, [listed]);
  const { number, name, when, channels, take } = get().recordings[0];
  assert.deepEqual([number, name, when], [before.number, 'named', before.when]);
  assert.deepEqual([channels?.taken, get().current, get().phase], [2, number, 'idle']);
  assert.deepEqual(
    FakeTake.all.map(({ freed }) => freed),
    [1, 0],
  );
  assert.notEqual(take, before.take);
  // A recording whose file is not at hand stays as it is, and so does one whose file went away.
  assert.equal(await measureChannel({ ...get().recordings[0], source: null }, 1), null);
  const gone = Object.assign(sound('a.wav'), {
    slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('x', 'NotReadableError')) }),
  });
  assert.equal(await measureChannel({ ...get().recordings[0], source: gone }, 1), null);
  assert.deepEqual([lines(), get().recordings], [['file.gone'], [listed]]);
});

test('a sound that is given up on its way in is freed', async () => {
  const control = new AbortController();
  soundFile.seconds = 10;
  const before = soundFile.freed;
  const reading = read(engine, sound('a.wav'), control.signal);
  while (!FakeTake.all[0]?.heard) await due();
  control.abort();
  await assert.rejects(reading);
  assert.deepEqual(
    FakeTake.all.map(({ freed }) => freed),
    [1],
  );
  assert.equal(soundFile.freed, before + 1);
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

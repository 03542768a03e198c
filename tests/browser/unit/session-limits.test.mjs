// A session's file as somebody could have made it to do harm, or by mistake: limits, texts, and that whatever is taken can be saved again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { courseWithin } from '../../../www/session/session-course.js';
import { parse as checked, pieces, unpack } from '../../../www/session/session-file.js';
import { numbersFor } from '../../../www/session/session-limits.js';
import { apart } from '../../../www/session/session-sounds.js';
import { CodedError } from '../../../www/shell/errors.js';
import { cleanName } from '../../../www/shell/names.js';
import { NAMES, analysisWith, catalogue, measuresWith, recordingWith, standIn } from './fixtures.mjs';

const info = /** @type {import('../../../www/types.js').ModelInfo} */ (
  standIn({ hash: 'abc', objective: 'metric-act' })
);
const engine = { info, catalogue };
const now = new Date(Date.UTC(2026, 10, 24));

/** @param {string} text */
const parse = (text) => checked(unpack(text, engine, now), engine);

/** @param {any} session @returns {string} the code that it is refused with; empty where it is taken */
function refusal(session) {
  try {
    parse(typeof session === 'string' ? session : JSON.stringify(session));
    return '';
  } catch (error) {
    assert.ok(error instanceof CodedError, String(error));
    return error.code;
  }
}

const utterance = (/** @type {number} */ start, /** @type {number} */ end) => ({
  start,
  end,
  seconds: end - start,
  voiced_s: 1,
  above_background_db: 30,
  measured: true,
  certainty: 'uncertain',
  reasons: ['noisy'],
  voice: 1,
  left_out: false,
  by_hand: true,
  pause_inside_s: 0.2,
  before: 3.1,
  failed: null,
  windows: [{ start, end: start + 3, activation: 3 }],
  measures: measuresWith(),
});

/** A session with everything that one may have; without sounds. */
const WHOLE = (() => {
  const own = { ...recordingWith(), take: null };
  const all = JSON.parse([...pieces([own], engine, false, now)].join(''));
  all.recordings.push({
    ...structuredClone(all.recordings[0]),
    number: 3,
    seconds: 30,
    course: {
      pause_s: 0.5,
      voices: ['Ann', 'Ben'],
      chosen: 2,
      as_one: false,
      utterances: [utterance(0, 9), utterance(10, 20), { ...utterance(20, 21), failed: 'no_voice' }],
    },
    notices: [
      { key: 'notice.limit' },
      { key: 'file.cut', params: { file: 'dog.wav', p: '1,5', d: '1.234,5' } },
      { key: 'notice.wasMuted', params: { t: '0:05' } },
    ],
  });
  all.recordings.push({
    ...all.recordings[0],
    number: 4,
    analysis: null,
    problem: { kind: 'silent', peak: -90 },
  });
  const line = { text: 'The train leaves at eight.', seconds: 2, measures: measuresWith() };
  all.calm = [
    { when: now.toISOString(), lines: [line, line] },
    { when: now.toISOString(), voice: 'Ann', lines: [line] },
  ];
  return JSON.stringify(all);
})();
const session = () => JSON.parse(WHOLE);

/** @param {(all: any, recording: any, course: any) => unknown} change */
function changed(change) {
  const all = session();
  change(all, all.recordings[1], all.recordings[1].course);
  return all;
}

test('what a session is looped over has limits, and what is longer than a sound can be is refused', () => {
  assert.equal(refusal(session()), '');
  for (const seconds of [1e15, 1e10, 90_001, -1])
    assert.equal(refusal(changed((_, one) => (one.seconds = seconds))), 'damaged_session', `${seconds}`);
  assert.equal(refusal(changed((_, one) => (one.seconds = 86_400))), '', 'the command line reads a day');
  assert.equal(refusal(changed((all) => (all.calm[0].lines[0].seconds = 1e10))), 'damaged_session');
  const line = { file: 'a.wav', ...analysisWith() };
  const lasting = (/** @type {number} */ s) =>
    refusal({ ...line, signal: { ...line.signal, duration_s: s } });
  assert.deepEqual([lasting(1e15), lasting(86_400)], ['damaged_session', '']);
  /** @type {[string, (all: any, recording: any, course: any) => unknown][]} */
  const longer = [
    [
      'windows',
      (_, __, course) => (course.utterances[1].windows = Array(11).fill(course.utterances[1].windows[0])),
    ],
    ['reasons', (_, __, course) => (course.utterances[0].reasons = ['noisy', 'noisy'])],
    ['flags', (_, one) => (one.analysis.flags = Array(1000).fill('noisy'))],
    ['limited', (_, one) => (one.analysis.limited = [NAMES[0], NAMES[0]])],
    ['calm voices', (all) => (all.calm = Array(1_001).fill(all.calm[0]))],
    ['calm lines', (all) => (all.calm[0].lines = Array(101).fill(all.calm[0].lines[0]))],
    ['utterances', (_, __, course) => (course.utterances = Array(5_001).fill(course.utterances[0]))],
  ];
  for (const [what, change] of longer) assert.equal(refusal(changed(change)), 'damaged_session', what);
  const enough = changed(
    (_, __, course) => (course.utterances[1].windows = Array(8).fill(course.utterances[1].windows[0])),
  );
  assert.equal(refusal(enough), '');
});

test('a list takes five thousand recordings, and no text is cut into more pieces', async () => {
  const one = { ...session().recordings[0], analysis: null };
  const many = (/** @type {number} */ n) => ({ ...session(), recordings: Array(n).fill(one) });
  assert.deepEqual([refusal(many(5_000)), refusal(many(5_001))], ['', 'many_recordings']);
  const line = JSON.stringify({ schema: 1 });
  assert.equal(refusal(`${line}\n`.repeat(300_000)), 'many_recordings', 'lines of the command line');
  // As many empty lines as an array could not hold.
  assert.equal(refusal('\n'.repeat(150e6)), 'not_ours');
  const sounds = new Blob(['{"undertone":2,"recordings":[', '{"sound":""},'.repeat(5_001), ']}']);
  await assert.rejects(
    apart(sounds),
    (error) => error instanceof CodedError && error.code === 'many_recordings',
  );
});

test('of a name of any length no more is looked at than may stay', () => {
  assert.equal(cleanName('\u202e'.repeat(150e6)), ' '.repeat(200));
  assert.equal(cleanName('𝄞'.repeat(300)), '𝄞'.repeat(200));
  assert.equal(cleanName(`a${'𝄞'.repeat(300)}`, 3), 'a𝄞𝄞');
  const [{ recording }] = parse(JSON.stringify({ file: '/'.repeat(150e6), ...analysisWith() }));
  assert.equal(recording.file, '');
});

test('more channels than a file can have are left out', () => {
  const kept = (/** @type {unknown} */ count) =>
    parse(JSON.stringify(changed((_, one) => (one.channels = { count, taken: 'mean', difference: null }))))[1]
      .recording.channels;
  assert.deepEqual(kept(65_535), { count: 65_535, taken: 'mean', difference: null });
  assert.deepEqual([kept(65_536), kept(4e9)], [null, null]);
});

test('a number that single precision cannot hold is refused: it would be saved as nothing', () => {
  for (const value of [1e39, -1e39, 3.5e38, 1e308]) {
    assert.equal(refusal(changed((_, one) => (one.analysis.features[NAMES[4]] = value))), 'damaged_session');
    assert.equal(
      refusal(changed((_, one) => (one.analysis.model_features[NAMES[4]] = value))),
      'damaged_session',
    );
    assert.equal(refusal(changed((_, one) => (one.analysis.pitch.high_hz = value))), 'damaged_session');
  }
  assert.equal(refusal(changed((_, one) => (one.analysis.features[NAMES[4]] = 3.4e38))), '');
});

test('numbers are given anew where none could follow', () => {
  assert.deepEqual(numbersFor([1e9], true, 0), [1]);
  assert.deepEqual(numbersFor([7, 1e9 - 5], true, 0), [1, 2]);
  assert.deepEqual(numbersFor([7, 5_000_000], true, 0), [7, 5_000_000]);
  const [next] = numbersFor([3], false, Math.max(...numbersFor([999_000_000], true, 0)));
  assert.equal(refusal(changed((_, one) => (one.number = next))), '');
});

test('a course ends where its sound does', () => {
  const { course } = parse(JSON.stringify(session()))[1].recording;
  assert.ok(course);
  assert.equal(courseWithin(course, 30), course);
  assert.equal(courseWithin(null, 1), null);
  assert.equal(courseWithin(course, 1), null, 'it is cut anew');
  const part = courseWithin({ ...course, chosen: 3 }, 20);
  assert.deepEqual([part?.utterances.length, part?.chosen, part?.voices], [2, 2, ['Ann', 'Ben']]);
});

test('every text of a file is cleaned and cut', () => {
  const foul = '\u202eabc\u0000'.repeat(50_000);
  const all = changed((all, one, course) => {
    all.saved = one.name = one.file = one.captured.device = one.analysis.version = foul;
    one.notices = [{ key: 'file.cutOff', params: { file: foul, p: '3' } }];
    course.voices = [foul, foul];
    course.utterances[0].failed = foul;
    course.utterances[0].measures.version = foul;
    all.calm[0].voice = all.calm[0].lines[0].text = all.calm[0].lines[0].measures.version = foul;
  });
  const back = parse(JSON.stringify(all));
  const said = JSON.stringify([back, back.calm]);
  assert.doesNotMatch(said, /\u202e|\\u0000/);
  /** @type {string[]} */
  const texts = [];
  JSON.stringify([back, back.calm], (_, value) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  assert.ok(texts.filter((text) => text.startsWith(' abc')).length >= 11);
  assert.ok(texts.every((text) => text.length <= 200));
});

test('only what the page remarks of a recording is taken as a notice, filled as the page fills it', () => {
  const kept = (/** @type {unknown} */ notices) =>
    parse(JSON.stringify(changed((_, one) => (one.notices = notices))))[1].recording.notices;
  const own = [
    { key: 'notice.limit' },
    { key: 'course.full' },
    { key: 'notice.unplugged', params: { t: '0:05' } },
    { key: 'notice.interrupted', params: { t: '12:59' } },
    { key: 'notice.wasMuted', params: { t: '0:05' } },
    { key: 'file.long', params: { file: 'dog.wav', m: '1.234', l: '30:00' } },
    { key: 'file.longer', params: { file: 'dog.wav', l: '30:00' } },
    { key: 'file.cut', params: { file: 'dog.wav', p: '1.5', d: '2,5' } },
    { key: 'file.cutOff', params: { file: 'dog.wav', p: '1.5' } },
  ];
  assert.deepEqual(kept(own), own);
  const foreign = [
    { key: 'notice.gone', params: { name: 'any **sentence**', other: 'x' } },
    { key: 'notice.busy' },
    { key: 'file.allAgain' },
    { key: 'notice.wasMuted', params: { t: 'call this number' } },
    { key: 'notice.wasMuted' },
    { key: 'notice.wasMuted', params: null },
    { key: 'file.cutOff', params: { file: 'dog.wav', p: '3 **x**' } },
    { key: ['notice.limit'] },
    { key: 'constructor' },
    null,
  ];
  assert.deepEqual(kept(foreign), []);
  assert.deepEqual(kept(Array(1000).fill(own[0])), [own[0]]);
  const more = { key: 'notice.limit', params: { t: 'x' }, way: { key: 'x' } };
  assert.deepEqual(kept([more]), [own[0]], 'nothing besides');
  const cut = { key: 'file.cutOff', params: { file: 'any **sentence**', p: '1' } };
  const named = (/** @type {string|null} */ file) =>
    parse(JSON.stringify(changed((_, one) => Object.assign(one, { file, notices: [cut] }))))[1].recording
      .notices;
  assert.deepEqual(named('dog.wav'), [{ key: 'file.cutOff', params: { file: 'dog.wav', p: '1' } }]);
  assert.deepEqual(named('**a**.wav'), [{ key: 'file.cutOff', params: { file: '∗∗a∗∗.wav', p: '1' } }]);
  assert.deepEqual(named(null), [], 'of a recording from the microphone');
});

/** Random numbers that are the same at each run: mulberry32. @param {number} seed */
const randomOf = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

/** What may stand anywhere in a file. @type {unknown[]} */
const VALUES = [
  ...[
    0, -0, 1, 2, -1, 0.1, 1.5, 20.005, 1e-7, 1e-46, 5e-324, 3.4e38, 1e39, -1e39, 1e308, 1e9, 999_999_999,
    1e15,
  ],
  ...[
    86_400,
    90_000,
    65_535,
    4e9,
    2 ** 53,
    16_777_217,
    8.64e15,
    null,
    true,
    false,
    '',
    'mean',
    '2',
    'noisy',
    'short',
  ],
  ...['too_short', 'none', 'sure', 'silent', 'a\u202eb', '\ud83d', '𝄞'.repeat(201), '"sound": "', '@later@'],
  ...['2026-11-24', '+275760-09-13T00:00:00.000Z', '-000001-01-01T00:00:00Z', 'eGeMAPSv02/2'],
  ...[[], {}, [0, 1], [1, 1], ['noisy'], ['noisy', 'noisy'], { toString: 1 }, [{ key: 'notice.limit' }]],
];

/** Every object of a session. @param {any} at @returns {any[]} */
const objectsIn = (at) => [
  at,
  ...Object.values(at).flatMap((one) => (typeof one === 'object' && one !== null ? objectsIn(one) : [])),
];

/** Changes something anywhere. @param {any} all @param {() => number} random */
function mutate(all, random) {
  const some = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  // Anywhere, or in what has few values: those of features are many.
  const objects = objectsIn(all);
  const few = objects.filter(
    (one) => Object.keys(one).length < 30 && ('number' in one || 'start' in one || 'lines' in one),
  );
  let at = random() < 0.5 ? some(objects) : (some(few) ?? all);
  for (;;) {
    const key = some(Object.keys(at));
    if (key === undefined) return;
    const value = at[key];
    if (typeof value === 'object' && value !== null && Object.keys(value).length && random() < 0.7) {
      at = value;
      continue;
    }
    const kind = random();
    if (kind < 0.1) {
      if (Array.isArray(at)) at.splice(Number(key), 1);
      else delete at[key];
    } else if (kind < 0.2 && Array.isArray(at)) at.push(structuredClone(value));
    else if (kind < 0.4 && typeof value === 'number')
      at[key] = value * some([1 + 1e-9, 1.01, -1, 1e20, 1e40]);
    else at[key] = structuredClone(some(VALUES));
    return;
  }
}

/** What comes back, without what is another at each reading. @param {ReturnType<typeof parse>} read */
function comparable(read) {
  /** @param {any} value @returns {unknown} */
  const plain = (value) =>
    value === 0
      ? 0
      : value instanceof Date
        ? value.getTime()
        : Array.isArray(value)
          ? value.map(plain)
          : value && typeof value === 'object'
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
            : value;
  const recordings = read.map(({ recording: { origin, course, ...rest } }) => ({
    ...rest,
    course: course && { ...course, utterances: course.utterances.map(({ when, ...one }) => one) },
  }));
  return plain([recordings, read.calm.map(({ origin, ...rest }) => rest)]);
}

test('whatever is taken is written so that it is taken again, and is the same', () => {
  const random = randomOf(20_261_130);
  let taken = 0;
  const cases = 800;
  for (let i = 0; i < cases; i += 1) {
    const all = session();
    for (let k = 0; k <= random() * 3; k += 1) mutate(all, random);
    if (random() < 0.1 && all.recordings?.[0]) all.recordings[0].number = 1e9 - Math.floor(3 * random());
    const text = JSON.stringify(all);
    if (refusal(text)) continue;
    taken += 1;
    const first = parse(text);
    // As a list would have them.
    const numbers = numbersFor(
      first.map(({ recording }) => recording.number),
      true,
      0,
    );
    first.forEach(({ recording }, k) => Object.assign(recording, { number: numbers[k] }));
    const last = Math.max(...numbers);
    const next = { ...recordingWith(), take: null, number: last + 1 };
    const list = [...first.map(({ recording }) => recording), next];
    const again = [...pieces(list, engine, false, now, false, first.calm)].join('');
    assert.equal(refusal(again), '', `case ${i}: ${text}`);
    const second = parse(again);
    assert.equal(second.pop()?.recording.number, last + 1);
    assert.deepEqual(comparable(second), comparable(first), `case ${i}`);
  }
  assert.ok(taken > cases / 5 && taken < (cases * 4) / 5, `${taken} of ${cases} were taken`);
});

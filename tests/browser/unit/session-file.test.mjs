// A saved session: written, read again, refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersFor, parse, write } from '../../../www/session/session-file.js';
import { CodedError } from '../../../www/shell/errors.js';
import { analysisWith, catalogue, measuresWith, recordingWith, row, standIn } from './fixtures.mjs';

const info = /** @type {import('../../../www/types.js').ModelInfo} */ (
  standIn({ hash: 'abc', objective: 'metric-act' })
);
const engine = { info, catalogue };
const measures = measuresWith();
/** As the measuring part gives it: typed arrays, which JSON would write as objects. */
const recording = (more = {}) =>
  recordingWith({
    measures: { ...measures, features: standIn(Float32Array.from(measures.features)) },
    ...more,
  });
const now = new Date(Date.UTC(2026, 10, 24));

/** A saved session that somebody has changed. @param {(all: any, recording: any) => void} change */
function changed(change) {
  const all = JSON.parse(write([recording()], engine, false, now));
  change(all, all.recordings[0]);
  return JSON.stringify(all);
}

/** @param {string} text @param {string} [version]  that the refusal names */
function refused(text, version) {
  const isRefusal = (/** @type {unknown} */ error) => {
    assert.ok(error instanceof CodedError);
    assert.equal(error.code, 'not_ours');
    if (version !== undefined) assert.equal(error.data.v, version);
    return true;
  };
  assert.throws(() => parse(text, engine), isRefusal);
}

test('what was saved comes back, with the sound only where it was put in', () => {
  const [{ recording: back, sound }] = parse(write([recording()], engine, false, now), engine);
  assert.equal(sound, null);
  assert.equal(back.take, null);
  const { take, picture, analysis: read, measures: measured, ...rest } = recording();
  const { take: none, picture: unseen, analysis: unread, measures: again, ...same } = back;
  assert.ok(take && picture && read && none === null && unseen === null);
  assert.equal(unread, null, 'the chosen model reads it anew');
  assert.deepEqual(
    { ...same, captured: { ...same.captured } },
    { ...rest, captured: { ...rest.captured, gain: undefined } },
  );
  assert.deepEqual(again, { ...measured, features: row(88) });
  const [{ sound: heard }] = parse(write([recording()], engine, true, now), engine);
  assert.deepEqual(heard, Uint8Array.of(1, 2, 250));
});

test('the file says what made it', () => {
  const all = JSON.parse(write([recording()], engine, false, now));
  assert.equal(all.undertone, 1);
  assert.equal(all.version, '0.1.0');
  assert.equal(all.rate_hz, 16_000);
  assert.equal(all.catalogue, 'x/1');
  assert.equal(all.model.hash, 'abc');
  assert.deepEqual(all.recordings[0].captured, {
    device: 'Built-in',
    rate: 48_000,
    echo: false,
    noise: true,
  });
});

test('a file that is not ours, newer, or broken anywhere is refused as a whole', () => {
  for (const text of ['dear reader', 'null', '[]', '{"undertone":1,"recordings":[]}']) refused(text);
  refused(
    changed((all) => (all.undertone = 2)),
    '2',
  );
  refused(
    changed((all) => (all.undertone = { toString: 'x' })),
    '?',
  );
  /** @type {((recording: any) => void)[]} */
  const breaks = [
    (one) => (one.number = 0),
    (one) => (one.when = 'yesterday'),
    (one) => (one.name = { a: 1 }),
    (one) => (one.sound = '*'),
    (one) => (one.analysis.features[5] = null),
    (one) => (one.analysis.ranks[5] = 1.5),
    (one) => (one.analysis.limited = [88]),
    (one) => (one.analysis.flags = ['constructor']),
    (one) => delete one.analysis.contributions.groups.Pitch,
    (one) => (one.analysis.pitch = { low_hz: 'x' }),
  ];
  for (const change of breaks) refused(changed((_, one) => change(one)));
  // Without a pitch there is none; groups and families are read where they are contributions.
  const unread = ['pitch', 'groups', 'families'];
  for (const key of Object.keys(analysisWith()).filter((key) => !unread.includes(key))) {
    const wrong = key === 'activation' ? '3' : { x: 1 };
    refused(changed((_, one) => (one.analysis[key] = wrong)));
  }
});

test('measures of another list are left out and said so; a problem stays one', () => {
  const [{ recording: other }] = parse(
    changed((all) => {
      all.catalogue = 'x/2';
    }),
    engine,
  );
  assert.deepEqual([other.measures, other.analysis, other.problem?.kind], [null, null, 'other_measures']);
  const silent = recording({
    measures: null,
    analysis: null,
    problem: { kind: 'silent', family: 'B', params: { seconds: 2, peak: -80 }, ways: [] },
  });
  const [{ recording: back }] = parse(write([silent], engine, false, now), engine);
  assert.equal(back.problem?.kind, 'silent');
  assert.equal(back.problem?.params?.peak, -80);
});

test('acoustics only: no model, no score and nothing read from one is written, and it comes back', () => {
  const text = write([recording({ analysis: null })], engine, false, now, true);
  assert.doesNotMatch(
    text,
    /"model"|activation|score|baseline|interval|latent|contributions|unlike|ranks|limited|metric/,
  );
  assert.equal(write([recording()], engine, false, now, true), text, 'also where a model has read it before');
  assert.equal(
    JSON.parse(write([recording({ measures: null, analysis: null })], engine, false, now, true)).recordings[0]
      .analysis,
    null,
  );
  const [{ recording: back }] = parse(text, engine);
  assert.deepEqual(back.measures, { ...measures, features: row(88) });
  assert.equal(back.problem, null);
  refused(text.replace('"region"', '"place"'));
});

test('notices that nobody wrote are dropped', () => {
  const [{ recording: back }] = parse(
    changed((_, one) => {
      one.notices = [
        { key: 'notice.limit' },
        { key: '__proto__' },
        { key: 'notice.gone', params: { name: { a: 1 } } },
        7,
      ];
    }),
    engine,
  );
  assert.deepEqual(back.notices, [{ key: 'notice.limit' }]);
});

test('numbers are kept in an empty list and go on in another', () => {
  assert.deepEqual(numbersFor([2, 5], true, 0), [2, 5]);
  assert.deepEqual(numbersFor([2, 2], true, 0), [1, 2]);
  assert.deepEqual(numbersFor([1, 2], false, 4), [5, 6]);
});

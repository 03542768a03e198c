import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersFor, parse, write } from '../../../www/session/session-file.js';

const row = (length, value = 0.5) => Array.from({ length }, () => value);
const catalogue = {
  version: 'x/1',
  features: row(88),
  groups: ['Pitch', 'Loudness'],
  families: ['energy'],
  flags: ['too_short', 'noisy', 'unlike_reference'],
};
const engine = { info: { hash: 'abc', objective: 'metric-act' }, catalogue };
const measures = {
  flags: ['noisy'],
  region: [0, 2],
  signal: {
    duration_s: 2,
    active_speech_s: 1.5,
    active_speech_level_dbfs: -20,
    peak_dbfs: -3,
    clipped_share: 0,
    dc: 0,
    snr_db: null,
    voiced_share: 0.5,
  },
  pitch: null,
  features: Float32Array.from(row(88)),
  model_features: row(88),
  version: '0.1.0',
};
const analysis = {
  ...measures,
  activation: 3.25,
  interval: [2.5, 4],
  latent: [0.1, 0.2],
  score_axis: 3.25,
  other_axis: -0.1,
  map: [0.1, 0.2],
  baseline: 2.9,
  flags: ['noisy', 'unlike_reference'],
  ranks: [null, ...row(87)],
  limited: [3],
  contributions: {
    features: row(88, 0.004),
    groups: { Pitch: 0.3, Loudness: 0.05 },
    families: { energy: 0.35 },
  },
  model: { hash: 'abc', objective: 'metric-act' },
};
const recording = (more = {}) => ({
  number: 2,
  name: 'The dog',
  file: 'dog.wav',
  when: new Date(Date.UTC(2026, 10, 23)),
  seconds: 2,
  take: { wav: () => Uint8Array.of(1, 2, 250), free() {} },
  measures,
  analysis,
  picture: { columns: 1 },
  captured: { device: 'Built-in', rate: 48_000, echo: false, noise: true },
  notices: [{ key: 'notice.interrupted', params: { t: '0:05' } }],
  problem: null,
  ...more,
});
const now = new Date(Date.UTC(2026, 10, 24));
const changed = (change) => {
  const all = JSON.parse(write([recording()], engine, false, now));
  change(all, all.recordings[0]);
  return JSON.stringify(all);
};
const refused = (text, v) =>
  assert.throws(
    () => parse(text, engine),
    (error) => error.code === 'not_ours' && (v === undefined || error.data.v === v),
  );

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
  refused('dear reader');
  refused('null');
  refused('[]');
  refused('{"undertone":1,"recordings":[]}');
  refused(
    changed((all) => {
      all.undertone = 2;
    }),
    '2',
  );
  refused(
    changed((all) => {
      all.undertone = { toString: 'x' };
    }),
    '?',
  );
  refused(
    changed((_, one) => {
      one.number = 0;
    }),
  );
  refused(
    changed((_, one) => {
      one.when = 'yesterday';
    }),
  );
  refused(
    changed((_, one) => {
      one.name = { a: 1 };
    }),
  );
  refused(
    changed((_, one) => {
      one.sound = '*';
    }),
  );
  for (const key of Object.keys(analysis)) {
    if (key === 'pitch') continue;
    refused(
      changed((_, one) => {
        one.analysis[key] = key === 'activation' ? '3' : { x: 1 };
      }),
    );
  }
  refused(
    changed((_, one) => {
      one.analysis.features[5] = null;
    }),
  );
  refused(
    changed((_, one) => {
      one.analysis.ranks[5] = 1.5;
    }),
  );
  refused(
    changed((_, one) => {
      one.analysis.limited = [88];
    }),
  );
  refused(
    changed((_, one) => {
      one.analysis.flags = ['constructor'];
    }),
  );
  refused(
    changed((_, one) => {
      delete one.analysis.contributions.groups.Pitch;
    }),
  );
  refused(
    changed((_, one) => {
      one.analysis.pitch = { low_hz: 'x' };
    }),
  );
});

test('measures of another list are left out and said so; a problem stays one', () => {
  const [{ recording: other }] = parse(
    changed((all) => {
      all.catalogue = 'x/2';
    }),
    engine,
  );
  assert.deepEqual([other.measures, other.analysis, other.problem.kind], [null, null, 'other_measures']);
  const silent = recording({
    measures: null,
    analysis: null,
    problem: { kind: 'silent', family: 'B', params: { seconds: 2, peak: -80 }, ways: [] },
  });
  const [{ recording: back }] = parse(write([silent], engine, false, now), engine);
  assert.equal(back.problem.kind, 'silent');
  assert.equal(back.problem.params.peak, -80);
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

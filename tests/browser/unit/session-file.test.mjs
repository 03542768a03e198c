// A saved session: written, read again, refused.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse as checked, pieces, unpack, writeFile } from '../../../www/session/session-file.js';
import { numbersFor } from '../../../www/session/session-limits.js';
import { apart, fileOf, mark } from '../../../www/session/session-sounds.js';
import { CodedError } from '../../../www/shell/errors.js';
import { faults } from '../schema.mjs';
import {
  NAMES,
  analysisWith,
  catalogue,
  inPieces,
  measuresWith,
  recordingWith,
  standIn,
} from './fixtures.mjs';

/** A saved session of the page of version 0.1.0. @param {string} name */
const fixture = (name) => readFile(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8');

const info = /** @type {import('../../../www/types.js').ModelInfo} */ (
  standIn({ hash: 'abc', objective: 'metric-act' })
);
const engine = { info, catalogue };
const measures = measuresWith();
const analysis = analysisWith();
const recording = recordingWith;
const now = new Date(Date.UTC(2026, 10, 24));

/** @param {string} text @param {{catalogue: any}} engine @param {Date} [when] @param {(Blob|null)[]} [sounds] */
const parse = (text, engine, when, sounds) => checked(unpack(text, engine, when), engine, sounds);

/** A session's text. @param {Parameters<typeof pieces>} session */
const write = (...session) => [...pieces(...session)].join('');

/** A saved session that somebody has changed. @param {(all: any, recording: any) => unknown} change */
const changed = (change) => {
  const all = JSON.parse(write([recording()], engine, false, now));
  change(all, all.recordings[0]);
  return JSON.stringify(all);
};

/** @param {string} text @param {string} [version]  that the refusal names @param {string} [code] @param {(Blob|null)[]} [sounds] */
function refused(text, version, code = 'damaged_session', sounds = []) {
  const isRefusal = (/** @type {unknown} */ error) => {
    assert.ok(error instanceof CodedError);
    assert.equal(error.code, code);
    if (version !== undefined) assert.equal(error.data.v, version);
    return true;
  };
  assert.throws(() => parse(text, engine, now, sounds), isRefusal);
}

test('what was saved comes back, with the sound only where it was put in', () => {
  const [{ recording: back, sound }] = parse(write([recording()], engine, false, now), engine);
  assert.equal(sound, null);
  assert.equal(back.take, null);
  const { take, picture, analysis: read, measures: measured, ...rest } = recording();
  const { take: none, picture: unseen, analysis: unread, measures: again, ...same } = back;
  assert.ok(take && picture && read && none === null && unseen === null);
  assert.equal(unread, null, 'the chosen model predicts anew');
  assert.deepEqual(
    { ...same, captured: { ...same.captured } },
    { ...rest, origin: now.toISOString(), captured: { ...rest.captured, gain: undefined } },
  );
  assert.deepEqual(again, measured, 'to the last bit of single precision');
  assert.deepEqual(Object.keys(again?.features ?? {}), NAMES);
  const [{ sound: heard }] = parse(write([recording()], engine, true, now), engine);
  assert.deepEqual(heard, Uint8Array.of(1, 2, 250));
});

test('a session is JSON as it is usually written, with its sounds last', () => {
  const text = write([recording(), { ...recording(), take: null }], engine, true, now);
  assert.equal(text, JSON.stringify(JSON.parse(text), null, 1));
  assert.equal(JSON.parse(text).recordings[0].sound, 'AQL6');
  assert.equal('sound' in JSON.parse(text).recordings[1], false);
  assert.equal(write([recording()], engine, false, now).includes('"sound"'), false);
});

/** A recording with a sound of so many bytes. @param {number} length */
function sounding(length) {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) % 251);
  const take = /** @type {any} */ ({ wavPiece: inPieces(bytes, 65_537), bytes, free() {} });
  return { ...recording(), take };
}

test('sounds are taken out of a file while it is read, and come back byte by byte', async () => {
  // Longer than what is read at once, with every end that base64 has; what stands for a sound may stand in a name.
  const lengths = [700_001, 3, 1, 100_003, 2];
  const all = lengths.map((length) => ({ ...sounding(length), name: '"sound": "@sound 0@" @later@' }));
  all.splice(1, 0, { ...recording(), take: null, name: mark(3) });
  const file = await writeFile(all, engine, true, now);
  assert.equal(await file.text(), write(all, engine, true, now));
  const { text, sounds } = await apart(file);
  assert.equal(sounds.length, lengths.length);
  assert.ok(text.length < lengths[0], `${text.length}`);
  const back = parse(text, engine, now, sounds);
  for (const [i, { sound, recording: read }] of back.entries()) {
    const { take, name } = all[i];
    assert.equal(read.name, name);
    if (!take) assert.equal(sound, null);
    else {
      assert.ok(sound instanceof Blob);
      assert.deepEqual(new Uint8Array(await sound.arrayBuffer()), /** @type {any} */ (take).bytes);
    }
  }
  // Any other writer's spaces, and one that escapes.
  const tight = JSON.stringify(JSON.parse(await file.text()));
  for (const other of [tight, tight.replaceAll('"sound":"', '"sound" : "'), tight.replaceAll('/', '\\/')]) {
    const one = await apart(new Blob([other]));
    const [{ sound }] = parse(one.text, engine, now, one.sounds);
    const bytes = sound instanceof Blob ? new Uint8Array(await sound.arrayBuffer()) : sound;
    assert.deepEqual(bytes, /** @type {any} */ (all[0].take).bytes);
  }
  assert.deepEqual(await apart(fileOf({ text, sounds }, 'kept')), { text, sounds });
});

test('a sound that is damaged or cut off is refused with its file', async () => {
  const whole = write([sounding(50_000)], engine, true, now);
  const from = whole.indexOf('"sound": "') + 10;
  for (const broken of [
    `${whole.slice(0, from + 400)}!${whole.slice(from + 401)}`,
    `${whole.slice(0, from + 400)}=${whole.slice(from + 401)}`,
    `${whole.slice(0, from + 4)}==${whole.slice(from + 4)}`,
    whole.slice(0, from + 400),
    whole.slice(0, from + 400) + whole.slice(from + 401),
    whole.replace(/"sound": "[^"]*"/, `"sound": "${mark(0)}"`),
    whole.replace(/"sound": "[^"]*"/, '"sound": 7'),
  ]) {
    const { text, sounds } = await apart(new Blob([broken]));
    refused(text, undefined, 'damaged_session', sounds);
  }
});

test('a name from a file is a line of letters, a number one that can be counted on from', () => {
  const open = (/** @type {object} */ more) => {
    const all = JSON.parse(write([recording()], engine, false, now));
    Object.assign(all.recordings[0], more);
    return parse(JSON.stringify(all), engine)[0].recording;
  };
  assert.equal(open({ name: 'a\u202egpj.exe\u0000b' }).name, 'a gpj.exe b');
  assert.equal(open({ name: 'ø'.repeat(200_000) }).name.length, 200);
  assert.equal(open({ file: '\u2066x\u2069.wav' }).file, ' x .wav');
  assert.equal(open({ number: 1e9 }).number, 1e9);
  for (const number of [1e300, 2 ** 53, 1.5, 0, -1, '1']) assert.throws(() => open({ number }));
});

test('the file says what made it', () => {
  const all = JSON.parse(write([recording()], engine, false, now));
  assert.equal(all.undertone, 2);
  assert.equal(all.rate_hz, 16_000);
  assert.equal(all.model.hash, 'abc');
  const [{ analysis: written }] = all.recordings;
  assert.deepEqual([written.schema, written.version, written.catalogue], [1, '0.1.0', 'eGeMAPSv02/1']);
  assert.deepEqual(all.recordings[0].captured, {
    device: 'Built-in',
    rate: 48_000,
    echo: false,
    noise: true,
  });
});

test('how the channels of a file were taken is kept, and what contradicts itself is left out', () => {
  const kept = (/** @type {unknown} */ channels) =>
    parse(
      changed((_, one) => {
        one.channels = channels;
      }),
      engine,
    )[0].recording.channels;
  const mean = { count: 6, taken: 'mean', difference: null };
  assert.deepEqual(JSON.parse(write([recording()], engine, false, now)).recordings[0].channels, {
    count: 2,
    taken: '1',
    difference: 'levels',
  });
  assert.deepEqual(kept(mean), mean);
  assert.deepEqual(kept({ ...mean, taken: '6', difference: 'unlike' }), {
    count: 6,
    taken: 6,
    difference: 'unlike',
  });
  for (const wrong of [
    undefined,
    null,
    2,
    { ...mean, count: 1 },
    { ...mean, taken: '7' },
    { ...mean, taken: 'x' },
  ])
    assert.equal(kept(wrong), null);
  assert.deepEqual(kept({ ...mean, difference: 'colour' }), mean);
});

test('single-precision numbers are written with their shortest decimals', () => {
  const text = write([recording()], engine, false, now);
  assert.match(text, /"F0semitoneFrom27\.5Hz_sma3nz_amean": 0\.1,/);
  assert.match(text, /"F0semitoneFrom27\.5Hz_sma3nz_amean": 1e-7,/);
  assert.match(text, /"low_hz": 99\.9,/);
});

test('names in another order come back in the catalogue’s', () => {
  const text = changed((_, one) => {
    for (const list of ['features', 'model_features'])
      one.analysis[list] = Object.fromEntries(Object.entries(one.analysis[list]).reverse());
  });
  const [{ recording: back }] = parse(text, engine);
  assert.deepEqual(Object.keys(back.measures?.model_features ?? {}), NAMES);
  assert.deepEqual(
    Object.values(back.measures?.model_features ?? {}),
    Object.values(measures.model_features),
  );
});

test('a file that is not ours, newer, or broken anywhere is refused as a whole', () => {
  for (const text of ['dear reader', 'null', '[]', '{"name":"x","version":"1.0"}', '{"a":'])
    refused(text, undefined, 'not_ours');
  const whole = changed(() => {});
  for (const share of [0.1, 0.5, 0.99]) refused(whole.slice(0, whole.length * share));
  refused('{"undertone":2,"recordings":[]}');
  refused('{"schema":9,"file":"a.wav"}', '9', 'newer_session');
  refused('{"undertone":1,"recordings":[{}]}', '1');
  refused(
    changed((all) => {
      all.undertone = 3;
    }),
    '3',
    'newer_session',
  );
  refused(
    changed((_, one) => {
      one.analysis.schema = 2;
    }),
    '2',
  );
  refused(
    changed((all) => {
      all.undertone = { toString: 'x' };
    }),
    '?',
    'not_ours',
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
    refused(
      changed((_, one) => {
        delete one.analysis[key];
      }),
    );
    refused(
      changed((_, one) => {
        one.analysis[key] = key === 'activation' ? '3' : { x: 1 };
      }),
    );
  }
  refused(
    changed((_, one) => {
      one.analysis.features[NAMES[5]] = null;
    }),
  );
  refused(
    changed((_, one) => {
      one.analysis.ranks[NAMES[5]] = 1.5;
    }),
  );
  refused(
    changed((_, one) => {
      one.analysis.limited = ['constructor'];
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
    changed((_, one) => {
      one.analysis.catalogue = 'eGeMAPSv02/2';
      one.analysis.features = { another: 1 };
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
  assert.match(text, /"model_features"/);
  assert.equal(write([recording()], engine, false, now, true), text, 'also where a model has read it before');
  assert.equal(
    JSON.parse(write([recording({ measures: null, analysis: null })], engine, false, now, true)).recordings[0]
      .analysis,
    null,
  );
  const [{ recording: back }] = parse(text, engine);
  assert.deepEqual(back.measures, measures);
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

/**
 * The first recording of a session that version 0.1.0 of the page saved, with the lists as they were.
 * @param {string} name
 */
async function saved(name) {
  const text = await fixture(name);
  const all = JSON.parse(text);
  return { text, all, old: all.recordings[0].analysis ?? all.recordings[0].measures };
}

/** What the page of that time had in its lists, by name. @param {number[]} values */
const named = (values) => Object.fromEntries(NAMES.map((name, i) => [name, values[i]]));

test('sessions of version 1 open: with a score, with the sound, and with measures alone', async () => {
  for (const name of ['session-1.json', 'session-1-sound.json', 'session-1-acoustics.json']) {
    const { text, all, old } = await saved(name);
    assert.equal(all.undertone, 1);
    const [{ recording: back, sound }, ...others] = parse(text, {
      catalogue: { ...catalogue, ...names(old), flags: ['short', 'unlike_reference'] },
    });
    assert.deepEqual(back.measures, {
      schema: 1,
      version: '0.1.0',
      catalogue: 'eGeMAPSv02/1',
      // That is what it was called then.
      flags: ['short'],
      region: old.region,
      signal: old.signal,
      pitch: old.pitch,
      features: named(old.features),
      model_features: named(old.model_features),
    });
    assert.deepEqual(
      [back.number, back.file, back.seconds, back.problem, back.when.toISOString()],
      [1, 'voice.flac', 0.4, null, all.recordings[0].when],
    );
    const bytes = sound instanceof Uint8Array ? sound.length : 0;
    assert.equal(bytes, name === 'session-1-sound.json' ? 44 + 4 * 6_400 + 14 : 0);
    assert.deepEqual(
      others.map(({ recording: { file, problem } }) => [file, problem?.kind]),
      name === 'session-1-sound.json' ? [] : [['silence.wav', 'silent']],
    );
  }
});

/** The groups and families that an analysis names. @param {any} analysis */
const names = ({ contributions }) =>
  contributions && {
    groups: Object.keys(contributions.groups),
    families: Object.keys(contributions.families),
  };

test('a session of version 1 that is broken is refused as that', async () => {
  const { all, old } = await saved('session-1.json');
  const broken = (/** @type {(analysis: any, session: any) => unknown} */ change) => {
    const one = structuredClone(all);
    change(one.recordings[0].analysis, one);
    return () =>
      parse(JSON.stringify(one), {
        catalogue: { ...catalogue, ...names(old), flags: ['short', 'unlike_reference'] },
      });
  };
  broken(() => {})();
  /** @type {((analysis: any, session: any) => unknown)[]} */
  const breaks = [
    (one) => one.features.pop(),
    (one) => one.model_features.push(1),
    (one) => one.ranks.pop(),
    (one) => one.limited.push(88),
    (one) => delete one.contributions.groups.Pitch,
    (one) => (one.contributions.features[3] = null),
    (one) => delete one.model,
    (_, session) => (session.recordings = {}),
  ];
  const isRefusal = (/** @type {unknown} */ error) =>
    error instanceof CodedError && error.code === 'damaged_session' && error.data.v === '1';
  for (const change of breaks) assert.throws(broken(change), isRefusal);
  const [{ recording: other }] = broken((_, session) => (session.catalogue = 'eGeMAPSv02/0'))();
  assert.equal(other.problem?.kind, 'other_measures');
});

test('lines that the command line wrote open as recordings', () => {
  const { flags, ...rest } = analysis;
  const lines = ['/data/one.wav', 'C:\\data\\two.wav'].map((file) =>
    JSON.stringify({ file, flags, ...rest }),
  );
  const when = new Date(Date.UTC(2026, 0, 2));
  const back = parse(`${lines.join('\n')}\n`, engine, when);
  assert.deepEqual(
    back.map(({ recording: { number, name, file, seconds, when } }) => [number, name, file, seconds, when]),
    [
      [1, '', 'one.wav', 2, when],
      [2, '', 'two.wav', 2, when],
    ],
  );
  assert.deepEqual(back[0].recording.measures, measures);
  assert.deepEqual(back[0].recording.captured, null);
  assert.equal(parse(lines[0], engine).length, 1);
  refused(`${lines[0]}\nnot a line`);
  refused(`${lines[0]}\n7`);
  refused(`${lines[0].replace('"schema":1', '"schema":2')}`, '2', 'newer_session');
  const session = write([recording()], engine, false, now).replace(/\n/g, '');
  refused(`${session}\n${session}`);
});

test('what is written of measures alone is what the schema describes, and nothing besides', async () => {
  const { text, old } = await saved('session-1-sound.json');
  const own = { catalogue: { ...catalogue, ...names(old), flags: ['short', 'unlike_reference'] } };
  const [{ recording: back }] = parse(text, own);
  const { info } = engine;
  const written = (/** @type {object} */ more) =>
    JSON.parse(write([recording({ ...back, ...more })], { info }, true, now, true));
  assert.deepEqual(faults('session.json', written({})), []);
  const silent = { measures: null, problem: { kind: 'silent', params: { seconds: 1, peak: NaN } } };
  assert.deepEqual(faults('session.json', written(silent)), []);
  for (const measured of [
    { ...back.measures, more: 1 },
    { ...back.measures, features: { ...back.measures?.features, more: 1 } },
    { ...back.measures, pitch: { ...back.measures?.pitch, more: 1 } },
    { ...back.measures, flags: ['unlike_reference'] },
  ])
    assert.notDeepEqual(faults('session.json', written({ measures: measured })), []);
  for (const broken of [{ ...written({}), more: 1 }, { ...written({}), undertone: 1 }, JSON.parse(text)])
    assert.notDeepEqual(faults('session.json', broken), []);
});

test('what is written with a model is what the schema describes, and nothing besides', async () => {
  const { text, all, old } = await saved('session-1-sound.json');
  const {
    family: architecture,
    intervalLevel: interval_level,
    frame: { kind: axis, ...marks },
    ...model
  } = all.model;
  const info = { ...model, architecture, interval_level, map: { axis, ...marks } };
  const own = { catalogue: { ...catalogue, ...names(old), flags: ['short', 'unlike_reference'] } };
  const [{ recording: back }] = parse(text, own);
  const predicted = analysisWith({
    ...back.measures,
    model: { objective: info.objective, hash: info.hash, interval_level, axis },
    contributions: { ...old.contributions, features: named(old.contributions.features) },
  });
  const written = () => JSON.parse(write([recording({ ...back, analysis: predicted })], { info }, true, now));
  assert.equal(written().recordings[0].analysis.activation, predicted.activation);
  assert.deepEqual(faults('session.json', written()), []);
  for (const change of /** @type {((session: any, analysis: any) => void)[]} */ ([
    ({ model }) => delete model.architecture,
    ({ model }) => (model.architecture = 'gan'),
    ({ model }) => (model.family = 'dae'),
    ({ model }) => (model.map.axis = 'taught'),
    ({ model }) => (model.map.more = 1),
    (_, { model }) => (model.axis = 'unnamed'),
    (_, { model }) => delete model.axis,
    (_, analysis) => (analysis.contributions.groups.more = 1),
  ])) {
    const session = written();
    change(session, session.recordings[0].analysis);
    assert.notDeepEqual(faults('session.json', session), [], String(change));
  }
});

test('sessions of version 2 open whatever they call the model’s architecture and the map’s axis', () => {
  const [{ recording: back }] = parse(
    changed((all, one) => {
      all.model = { ...all.model, family: 'dae', frame: { kind: 'taught', centre: 0, step: 1 } };
      one.analysis.model.axis = 'taught';
    }),
    engine,
  );
  assert.deepEqual(back.measures, measures);
});

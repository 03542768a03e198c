// What a model predicts is added to the measures, and taken away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputs, predict, shownBy } from '../../../www/engine/predict.js';
import { unmeasured } from '../../../www/engine/utterances.js';
import { useReader } from '../../../www/engine/reader.js';
import { measuresWith, recordingWith, standIn } from './fixtures.mjs';

const measures = measuresWith({ model_features: { a: 1, b: 2 }, features: { a: 3, b: 4 } });
const unread = recordingWith({ measures, analysis: null });

/** An engine whose model notes what it was asked. @param {string} hash */
function engineWith(hash, isUnlike = false) {
  /** @type {Float32Array[]} */
  const asked = [];
  const model = {
    predict(/** @type {Float32Array} */ features) {
      asked.push(features);
      return { activation: 3.2, unlike_reference: isUnlike, model: { hash } };
    },
  };
  /** @type {import('../../../www/types.js').Engine} */
  const engine = standIn({ model, info: { hash } });
  return { engine, asked };
}

test('inputs are single-precision numbers in the order of the measures', () => {
  assert.deepEqual(inputs(measures), Float32Array.of(1, 2));
});

test('the model is told how much speech there is and how far above the background', () => {
  /** @type {unknown[][]} */
  const asked = [];
  const model = {
    predict(/** @type {unknown[]} */ ...given) {
      asked.push(given.slice(1));
      return { unlike_reference: false };
    },
  };
  /** @type {import('../../../www/types.js').Engine} */
  const engine = standIn({ model });
  for (const snr of [12.5, null]) {
    const signal = { ...measures.signal, active_speech_s: 1.5, snr_db: snr };
    predict({ ...measures, signal }, engine);
  }
  assert.deepEqual(asked, [
    [1.5, 12.5],
    [1.5, undefined],
  ]);
});

test('a prediction adds to the measures and changes none of them', () => {
  const analysis = predict(measures, engineWith('a', true).engine);
  assert.deepEqual(analysis, {
    ...measures,
    activation: 3.2,
    unlike_reference: true,
    model: { hash: 'a' },
    flags: ['noisy', 'unlike_reference'],
  });
  assert.deepEqual(measures.flags, ['noisy']);
});

test('a recording is predicted anew only by another model, from the 88 numbers that the first one had', () => {
  const [first, second] = [engineWith('a'), engineWith('b')];
  const once = shownBy(unread, first.engine, false);
  assert.equal(shownBy(once, first.engine, false), once);
  assert.equal(first.asked.length, 1);
  assert.deepEqual(first.asked[0], Float32Array.of(1, 2));
  const anew = shownBy(once, second.engine, false);
  assert.deepEqual([anew.number, anew.measures, anew.analysis?.model.hash], [2, measures, 'b']);
});

test('in acoustics only no model predicts, and what one has predicted is gone', () => {
  const { engine, asked } = engineWith('a');
  const predicted = shownBy(unread, engine, false);
  assert.equal(shownBy(predicted, engine, true).analysis, null);
  assert.equal(shownBy(unread, engine, true).analysis, null);
  assert.equal(asked.length, 1);
});

test('what could not be measured is not predicted from', () => {
  const silent = recordingWith({ measures: null, analysis: null });
  assert.equal(shownBy(silent, engineWith('a').engine, false), silent);
  assert.equal(shownBy(unread, null, false).analysis, null);
});

test('windows of an utterance have the scores of the model that is chosen, or none', async () => {
  const reader = Promise.resolve(standIn({ certainty: () => ({ certainty: 'sure', reasons: [] }) }));
  useReader(/** @type {any} */ (reader));
  await reader;
  const window = { start: 1, end: 4, features: Float32Array.of(7), speechS: 2, snrDb: undefined };
  /** @param {Partial<import('../../../www/types.js').Utterance>} more */
  const shownWith = (more) => {
    const utterance = {
      ...unmeasured({ start: 0, end: 9, voicedS: 5, aboveDb: 30 }, 1),
      measures,
      isMeasured: true,
      ...more,
    };
    const course = { pauseS: 0.5, voices: [], chosen: 1, asOne: false, utterances: [utterance] };
    const { engine, asked } = engineWith('b');
    const [shown] =
      shownBy(recordingWith({ measures, analysis: null, course }), engine, false).course?.utterances ?? [];
    return { shown, asked };
  };
  // It came from a file, with another model's scores.
  const { shown: read } = shownWith({ windows: [[1, 4, 2.5]], windowsBy: 'a' });
  assert.deepEqual([read.windows, read.windowsBy], [[], '']);
  const { shown: same } = shownWith({ windows: [[1, 4, 2.5]], windowsBy: 'b' });
  assert.deepEqual([same.windows, same.windowsBy], [[[1, 4, 2.5]], 'b']);
  // It was measured here.
  const { shown: anew, asked } = shownWith({
    windows: [[1, 4, 2.5]],
    windowsBy: 'a',
    windowInputs: [window],
  });
  assert.deepEqual([anew.windows, anew.windowsBy], [[[1, 4, 3.2]], 'b']);
  assert.ok(asked.includes(window.features));
});

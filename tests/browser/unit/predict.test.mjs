// What a model predicts is added to the measures, and taken away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { predict, shownBy } from '../../../www/engine/predict.js';
import { measuresWith, recordingWith, standIn } from './fixtures.mjs';

const measures = measuresWith({ model_features: [1, 2], features: [3, 4] });
const unread = recordingWith({ measures, analysis: null });

/** An engine whose model notes what it was asked. @param {string} hash */
function engineWith(hash, isUnlike = false) {
  /** @type {Float32Array[]} */
  const asked = [];
  const model = {
    read(/** @type {Float32Array} */ features) {
      asked.push(features);
      return { activation: 3.2, unlike_reference: isUnlike, model: { hash } };
    },
  };
  /** @type {import('../../../www/types.js').Engine} */
  const engine = standIn({ model, info: { hash } });
  return { engine, asked };
}

test('a prediction adds to the measures and changes none of them', () => {
  const analysis = predict(measures, engineWith('a', true).engine);
  assert.deepEqual(analysis, {
    ...measures,
    activation: 3.2,
    model: { hash: 'a' },
    flags: ['noisy', 'unlike_reference'],
  });
  assert.deepEqual(measures.flags, ['noisy']);
});

test('a recording is read anew only by another model, and from the 88 numbers that the first one had', () => {
  const [first, second] = [engineWith('a'), engineWith('b')];
  const once = shownBy(unread, first.engine, false);
  assert.equal(shownBy(once, first.engine, false), once);
  assert.equal(first.asked.length, 1);
  assert.deepEqual(first.asked[0], Float32Array.of(1, 2));
  const anew = shownBy(once, second.engine, false);
  assert.deepEqual([anew.number, anew.measures, anew.analysis?.model.hash], [2, measures, 'b']);
});

test('in acoustics only no model is asked, and what one has said is gone', () => {
  const { engine, asked } = engineWith('a');
  const read = shownBy(unread, engine, false);
  assert.equal(shownBy(read, engine, true).analysis, null);
  assert.equal(shownBy(unread, engine, true).analysis, null);
  assert.equal(asked.length, 1);
});

test('what could not be measured is not read', () => {
  const silent = recordingWith({ measures: null, analysis: null });
  assert.equal(shownBy(silent, engineWith('a').engine, false), silent);
  assert.equal(shownBy(unread, null, false).analysis, null);
});

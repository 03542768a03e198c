import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputs, predict, shownBy } from '../../../www/engine/predict.js';

const measures = { flags: ['noisy'], model_features: { a: 1, b: 2 }, features: { a: 3, b: 4 } };
/** A model that notes how often it was asked. */
const engine = (hash, isUnlike = false) => {
  const asked = [];
  const model = {
    predict(features) {
      asked.push(features);
      return { activation: 3.2, unlike_reference: isUnlike, model: { hash } };
    },
  };
  return { model, info: { hash }, asked };
};

test('inputs are single-precision numbers in the order of the measures', () => {
  assert.deepEqual(inputs(measures), Float32Array.of(1, 2));
});

test('a prediction adds to the measures and changes none of them', () => {
  const analysis = predict(measures, engine('a', true));
  assert.deepEqual(analysis, {
    ...measures,
    activation: 3.2,
    unlike_reference: true,
    model: { hash: 'a' },
    flags: ['noisy', 'unlike_reference'],
  });
  assert.deepEqual(measures.flags, ['noisy']);
});

test('a recording is predicted anew only by another model, and from the 88 numbers that the first one had', () => {
  const [first, second] = [engine('a'), engine('b')];
  const once = shownBy({ number: 1, measures, analysis: null }, first, false);
  assert.equal(shownBy(once, first, false), once);
  assert.equal(first.asked.length, 1);
  assert.deepEqual(first.asked[0], Float32Array.of(1, 2));
  const anew = shownBy(once, second, false);
  assert.deepEqual([anew.number, anew.measures, anew.analysis.model.hash], [1, measures, 'b']);
});

test('in acoustics only no model predicts, and what one has predicted is gone', () => {
  const model = engine('a');
  const predicted = shownBy({ measures, analysis: null }, model, false);
  assert.equal(shownBy(predicted, model, true).analysis, null);
  assert.equal(shownBy({ measures, analysis: null }, model, true).analysis, null);
  assert.equal(model.asked.length, 1);
});

test('what could not be measured is not predicted from', () => {
  const silent = { measures: null, analysis: null };
  assert.equal(shownBy(silent, engine('a'), false), silent);
  assert.equal(shownBy({ measures, analysis: null }, null, false).analysis, null);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read, shownBy } from '../../../www/engine/predict.js';

const measures = { flags: ['noisy'], model_features: [1, 2], features: [3, 4] };
/** A model that notes how often it was asked. */
const engine = (hash, isUnlike = false) => {
  const asked = [];
  const model = {
    read(features) {
      asked.push(features);
      return { activation: 3.2, unlike_reference: isUnlike, model: { hash } };
    },
  };
  return { model, info: { hash }, asked };
};

test('a reading adds to the measures and changes none of them', () => {
  const analysis = read(measures, engine('a', true));
  assert.deepEqual(analysis, {
    ...measures,
    activation: 3.2,
    model: { hash: 'a' },
    flags: ['noisy', 'unlike_reference'],
  });
  assert.deepEqual(measures.flags, ['noisy']);
});

test('a recording is read anew only by another model, and from the 88 numbers that the first one had', () => {
  const [first, second] = [engine('a'), engine('b')];
  const once = shownBy({ number: 1, measures, analysis: null }, first, false);
  assert.equal(shownBy(once, first, false), once);
  assert.equal(first.asked.length, 1);
  assert.deepEqual(first.asked[0], Float32Array.of(1, 2));
  const anew = shownBy(once, second, false);
  assert.deepEqual([anew.number, anew.measures, anew.analysis.model.hash], [1, measures, 'b']);
});

test('in acoustics only no model reads, and what one has read is gone', () => {
  const model = engine('a');
  const read = shownBy({ measures, analysis: null }, model, false);
  assert.equal(shownBy(read, model, true).analysis, null);
  assert.equal(shownBy({ measures, analysis: null }, model, true).analysis, null);
  assert.equal(model.asked.length, 1);
});

test('what could not be measured is not read', () => {
  const silent = { measures: null, analysis: null };
  assert.equal(shownBy(silent, engine('a'), false), silent);
  assert.equal(shownBy({ measures, analysis: null }, null, false).analysis, null);
});

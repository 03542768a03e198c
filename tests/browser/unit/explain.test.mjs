// Names and meanings of the 88 measures, composed from the catalogue.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explanation, groupNote, measureName, partsOf, shortName } from '../../../www/result/explain.js';
import { set } from '../../../www/shell/state.js';
import { CODES, loadAllWords } from '../../../www/words/index.js';
import { catalogue } from './sources.mjs';

const { features, groups, families } = catalogue;

await loadAllWords();

for (const language of CODES) {
  test(`each of the 88 measures has a name and a meaning of its own: ${language}`, () => {
    set({ language });
    assert.equal(features.length, 88);
    const meanings = features.map(explanation);
    for (const [i, text] of meanings.entries()) {
      assert.match(text, /^\p{Lu}.{15,}\.$/u, features[i].name);
      assert.doesNotMatch(text, /[{}]|\.\.|, ?\.|: ?\.|undefined|  /, features[i].name);
      assert.ok(text.length <= 190, `${text.length}: ${text}`);
    }
    assert.equal(
      new Set(meanings).size,
      88,
      meanings.filter((text, i) => meanings.indexOf(text) !== i).join('; '),
    );
    const names = features.map(measureName);
    assert.equal(new Set(names).size, 88, names.filter((text, i) => names.indexOf(text) !== i).join('; '));
    for (const group of new Set(features.map(({ group: of }) => of))) {
      const short = features.filter((feature) => feature.group === group).map(shortName);
      assert.equal(new Set(short).size, short.length, `${group}: ${short}`);
    }
    for (const name of [...groups, ...families]) assert.match(groupNote(name), /^\p{Lu}.+[.]$/u, name);
  });
}

test('the official name tells the LLD and the place', () => {
  assert.deepEqual(partsOf('F0semitoneFrom27.5Hz_sma3nz_percentile20.0'), {
    lld: 'F0semitoneFrom27.5Hz',
    place: '',
  });
  assert.deepEqual(partsOf('slopeUV500-1500_sma3nz_amean'), { lld: 'slope500-1500', place: 'UV' });
  assert.deepEqual(partsOf('mfcc3V_sma3nz_stddevNorm'), { lld: 'mfcc3', place: 'V' });
  assert.deepEqual(partsOf('HNRdBACF_sma3nz_amean'), { lld: 'HNRdBACF', place: '' });
  assert.deepEqual(partsOf('MeanUnvoicedSegmentLength'), { lld: '', place: '' });
});

test('the place is said only where the measure keeps to it, and a sign only where there can be one', () => {
  set({ language: 'en' });
  for (const feature of features) {
    const { lld, place } = partsOf(feature.name);
    if (!lld) continue;
    assert.equal(/in the tones/.test(explanation(feature)), place === 'V', feature.name);
    assert.equal(/between the tones/.test(explanation(feature)), place === 'UV', feature.name);
  }
  const sign = (/** @type {string} */ name) => {
    const feature = features.find((feature) => feature.name === name);
    assert.ok(feature, name);
    return /with its sign/.test(explanation(feature));
  };
  assert.ok(sign('alphaRatioV_sma3nz_stddevNorm') && sign('mfcc1_sma3_stddevNorm'));
  assert.ok(!sign('loudness_sma3_stddevNorm') && !sign('F1frequency_sma3nz_stddevNorm'));
});

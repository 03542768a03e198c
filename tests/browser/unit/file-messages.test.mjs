// What a person is told about a file that cannot be used.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CodedError } from '../../../www/shell/errors.js';
import { whyNotSound } from '../../../www/sound/file-messages.js';
import { loadAllWords } from '../../../www/words/index.js';

await loadAllWords();
const told = (/** @type {unknown} */ error) => {
  const { key, params } = whyNotSound(error, 'a.x');
  return [key, params?.kind || null];
};
const refused = (/** @type {string} */ code, /** @type {string} */ kind) =>
  told(new CodedError(code, { kind, rate: 6_000 }));

test('files are refused by what is wrong with them', () => {
  assert.deepEqual(refused('empty_file', ''), ['file.empty', null]);
  assert.deepEqual(refused('low_rate', 'wav'), ['file.lowRate', 'WAV']);
  assert.equal(whyNotSound(new CodedError('low_rate', { rate: 6_000 }), 'a').params?.r, '6,000');
  for (const code of ['truncated', 'bad_header', 'not_finite', 'damaged', 'no_sound'])
    assert.deepEqual(told({ code, kind: 'wav' }), ['file.damaged', 'WAV'], code);
  assert.deepEqual(told({ code: 'unsupported_format', kind: 'wav' }), ['file.encoding', 'WAV']);
  assert.deepEqual(told({ code: 'memory' }), ['file.memory', null]);
  assert.deepEqual(told(new RangeError('Array buffer allocation failed')), ['file.memory', null]);
  assert.deepEqual(told(new TypeError('x')), ['file.failed', null]);
});

test('files are named for what they are', () => {
  assert.deepEqual(refused('undecodable', 'mp4'), ['file.unreadable', 'MP4']);
  assert.deepEqual(refused('unknown_rate', 'mp4'), ['file.unknownRate', 'MP4']);
  assert.deepEqual(refused('unknown_rate', 'amr'), ['file.unreadable', 'AMR']);
  assert.deepEqual(refused('unknown_rate', 'asf'), ['file.unreadable', 'WMA']);
  for (const [kind, key] of [
    ['text', 'text'],
    ['pdf', 'text'],
    ['image', 'image'],
    ['archive', 'archive'],
    ['midi', 'midi'],
    ['zeros', 'zeros'],
    ['silent_video', 'noSound'],
    ['unknown', 'notSound'],
  ])
    assert.deepEqual(refused('not_sound', kind), [`file.${key}`, null], kind);
});

// What a person is told about an error, and what can be done about it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CodedError,
  cannotListen,
  cannotLoad,
  cannotUse,
  microphoneKind,
  nameOf,
} from '../../../www/shell/errors.js';
import { words as da } from '../../../www/words/da.js';
import { words as en } from '../../../www/words/en.js';

/** @type {Record<string, string>} */
const words = en;
const kind = (/** @type {string} */ name, message = '', permission = '') =>
  microphoneKind({ name, message }, permission);

test('every way in which a microphone stays closed has its own message', () => {
  assert.equal(kind('NotAllowedError', 'Permission denied', 'denied'), 'denied');
  assert.equal(kind('NotAllowedError', 'Permission denied'), 'denied');
  assert.equal(kind('NotAllowedError', 'Permission dismissed'), 'dismissed');
  assert.equal(kind('NotAllowedError', 'The request is not allowed', 'prompt'), 'dismissed');
  assert.equal(kind('NotAllowedError', 'Permission denied by system', 'denied'), 'system');
  assert.equal(kind('NotFoundError'), 'none');
  assert.equal(kind('OverconstrainedError'), 'none');
  assert.equal(kind('NotReadableError'), 'busy');
  assert.equal(kind('SomethingNew'), 'other');
  for (const each of [
    'denied',
    'dismissed',
    'system',
    'none',
    'busy',
    'other',
    'insecure',
    'unsupported',
    'worklet',
    'unplugged',
    'interrupted',
  ]) {
    const problem = cannotListen(each);
    assert.ok(words[`problem.${each}`], `no words for ${each}`);
    assert.ok(problem.ways.includes('file'), 'files are always a way out');
  }
  assert.ok(!cannotListen('insecure').ways.includes('again'));
});

test('a sound that cannot be used is told from a fault of the page', () => {
  const heard = { seconds: 2, peak: -70 };
  for (const [code, expected] of [
    ['too_short', 'too_short'],
    ['empty', 'too_short'],
    ['silent', 'silent'],
    ['no_voice', 'no_voice'],
  ]) {
    const problem = cannotUse({ code }, heard);
    assert.deepEqual([problem.kind, problem.family, problem.params], [expected, 'B', heard]);
    assert.ok(words[`problem.${expected}`] && words[`file.${expected}`]);
  }
  assert.equal(cannotUse(new TypeError('x')).kind, 'unexpected');
  assert.equal(cannotUse(new TypeError('x')).name, 'TypeError');
});

test('memory that is refused is told from everything else', () => {
  const refused = [
    { code: 'memory' },
    new RangeError('Array buffer allocation failed'),
    new Error('Out of memory'),
  ];
  for (const error of refused)
    for (const problem of [cannotUse(error), cannotLoad(error)])
      assert.deepEqual([problem.kind, problem.ways], ['memory', ['again', 'reload']]);
  assert.equal(cannotUse(new RangeError('Invalid array length')).kind, 'unexpected');
  assert.ok(words['problem.memory']);
});

test('a script that did not come is told from a measuring part that does not start', () => {
  const missing = cannotLoad(new CodedError('load', { part: 'undertone-wasm.js' }, new TypeError('failed')));
  const dead = cannotLoad(new CodedError('start', {}, new WebAssembly.CompileError('refused')));
  assert.deepEqual([missing.kind, missing.ways], ['load', ['reload', 'copy']]);
  assert.deepEqual(
    [dead.kind, dead.params, dead.name, dead.ways],
    ['start', {}, 'CompileError', ['reload', 'copy']],
  );
  /** @type {[Record<string, string>, RegExp][]} */
  const languages = [
    [words, /missing|block/i],
    [da, /mangler|bloker/i],
  ];
  for (const [language, absent] of languages) {
    // Only what did not come has a name to give, and only there the network may be to blame.
    assert.match(language['problem.load'], /\{part\}.*(network|netværk)/);
    assert.doesNotMatch(language['problem.start'], /\{part\}|network|netværk/);
    for (const key of ['problem.load', 'problem.start']) {
      assert.doesNotMatch(language[key], absent, key);
      assert.match(language[key], /\|.*(Reload|Genindlæs)\. .*browser/, key);
    }
  }
});

test('a missing part and a model that does not fit are named', () => {
  const missing = cannotLoad(new CodedError('load', { part: 'undertone.js' }, new TypeError('failed')));
  assert.deepEqual(
    [missing.kind, missing.params, missing.name],
    ['load', { part: 'undertone.js' }, 'TypeError'],
  );
  const unfit = cannotLoad(new CodedError('model', {}, { code: 'catalogue_version' }));
  assert.equal(unfit.params?.what, 'catalogue_version');
  assert.equal(nameOf(new DOMException('m', 'AbortError')), 'AbortError');
});

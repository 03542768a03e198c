// Numbers: sums that add up, formats, exact text for files.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  apportion,
  clock,
  exact,
  format,
  formatMeasure,
  formatShort,
  tenths,
} from '../../../www/shell/format.js';
import { LANGUAGES } from '../../../www/words/index.js';

test('rounded parts sum exactly to the rounded whole', () => {
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647 - 0.5;
  for (let round = 0; round < 500; round += 1) {
    const values = Array.from({ length: 9 }, random);
    const whole = Math.round(values.reduce((sum, value) => sum + value, 0) * 100);
    const parts = apportion(values, whole, 2);
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      whole,
    );
    parts.forEach((part, i) =>
      assert.ok(Math.abs(part / 100 - values[i]) < 0.01 + 1e-9, `${values[i]} became ${part / 100}`),
    );
  }
});

test('the largest remainder is rounded up first', () => {
  assert.deepEqual(apportion([0.014, 0.013, 0.013], 4, 2), [2, 1, 1]);
  assert.deepEqual(apportion([-0.004, 0.004], 0, 2), [0, 0]);
});

test('start and end that were rounded apart are still reached', () => {
  // 2.924 → 2.92 and 4.096 → 4.10: the column must sum to 1.18, not to 1.17.
  assert.equal(
    apportion([0.8, 0.372], 118, 2).reduce((a, b) => a + b, 0),
    118,
  );
  assert.deepEqual(apportion([0.8, 0.38], 116, 2), [79, 37]);
});

test('numbers are written as the language writes them, with a true minus', () => {
  assert.equal(format('en', 4.1, 1), '4.1');
  assert.equal(format('da', 4.1, 1), '4,1');
  assert.equal(format('en', -0.21, 2, true), '−0.21');
  assert.equal(format('da', 0.46, 2, true), '+0,46');
  assert.equal(format('en', -0.001, 2), '0.00');
  assert.equal(format('en', NaN, 2), '–');
});

test('a score is rounded to one digit from the two that are shown elsewhere', () => {
  // 4.246 stands as 4.25 in the sum, and whoever rounds that gets 4.3.
  for (const [score, shown] of [
    [4.246, 4.3],
    [4.2449, 4.2],
    [4.35, 4.4],
    [2.95, 3],
    [3, 3],
    [0.044, 0],
    [0.96, 1],
  ])
    assert.equal(tenths(score), shown, String(score));
});

test('measures have four significant digits', () => {
  assert.equal(formatMeasure('en', 31.41592), '31.42');
  assert.equal(formatMeasure('da', -0.0123456), '−0,01235');
  assert.equal(formatMeasure('en', 0.00001234), '1.234E−5');
});

test('files get the shortest decimal that reads back as the same single-precision number', () => {
  assert.equal(exact(Math.fround(0.1)), '0.1');
  assert.equal(exact(Math.fround(1 / 3)), '0.33333334');
  assert.equal(exact(0), '0');
  assert.equal(exact(-12), '-12');
  assert.equal(exact(Math.fround(1e-9)), '0.000000001');
  assert.equal(exact(Math.fround(3.4e10)), '34000000000');
  assert.equal(exact(Infinity), 'NaN');
  let seed = 5;
  for (let i = 0; i < 2000; i += 1) {
    seed = (seed * 48271) % 2147483647;
    const value = Math.fround((seed / 2147483647 - 0.5) * 10 ** ((i % 17) - 8));
    const text = exact(value);
    assert.equal(Math.fround(Number(text)), value);
    assert.match(text, /^-?\d+(\.\d*[1-9])?$/);
  }
});

test('numbers are written as the runtime writes them in every language', () => {
  let seed = 7;
  const values = [
    0, -0, 0.5, 1.005, 1.15, 2.25, -0.04, -0.05, 0.95, 998.95, 998.996, 999, 999.96, 999.9996, 1234.5,
    999999.5, 1e9, 1e-6, 9e-7,
  ];
  for (let i = 0; i < 3000; i += 1) {
    seed = (seed * 48271) % 2147483647;
    const value = (seed / 2147483647 - 0.5) * 10 ** ((i % 17) - 7);
    // Halves, too, in single precision and as decimals.
    values.push(value, Math.fround(value), Number(`${value.toFixed(i % 4)}5`));
  }
  for (const { locale } of Object.values(LANGUAGES))
    for (const digits of [0, 1, 2, 3])
      for (const sign of [false, true])
        for (const value of values) {
          const signDisplay = sign ? 'exceptZero' : 'negative';
          const options = { minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay };
          const known = new Intl.NumberFormat(locale, /** @type {any} */ (options)).format(value);
          assert.equal(format(locale, value, digits, sign), known.replace('-', '−'), `${value} ${digits}`);
        }
});

test('seconds are written as minutes and seconds', () => {
  assert.equal(clock(6.9), '0:06');
  assert.equal(clock(60), '1:00');
});

test('short numbers have three digits, and no small value becomes zero', () => {
  assert.deepEqual(
    [36.42, 1234.5, 1.0374, 0.0412, -0.5, 0].map((value) => formatShort('en', value)),
    ['36.4', '1,235', '1.04', '0.041', '−0.500', '0.000'],
  );
  assert.equal(formatShort('en', -0.000123), '−0.00012');
  assert.equal(formatShort('da', 36.42), '36,4');
  assert.equal(formatShort('en', NaN), '–');
});

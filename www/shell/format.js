// Numbers: rounding that adds up, formats of a locale, exact text for files.

/**
 * Rounds so that the column adds up: the values, each rounded to `digits`, sum exactly to `total` rounded to
 * `digits` (largest remainder). Returned in whole steps of 10^-digits, so that sums stay exact.
 * @param {number[]} values
 * @param {number} steps  the wanted sum in steps
 * @param {number} digits
 * @returns {number[]}
 */
export function apportion(values, steps, digits) {
  const scale = 10 ** digits;
  const floors = values.map((value) => Math.floor(value * scale));
  const byRemainder = values
    .map((value, i) => ({ i, rest: value * scale - floors[i] }))
    .sort((a, b) => b.rest - a.rest);
  let missing = steps - floors.reduce((sum, value) => sum + value, 0);
  for (let k = 0; missing !== 0 && byRemainder.length; k += 1) {
    const at = missing > 0 ? k % byRemainder.length : byRemainder.length - 1 - (k % byRemainder.length);
    floors[byRemainder[at].i] += Math.sign(missing);
    missing -= Math.sign(missing);
  }
  return floors;
}

/**
 * What stands before the decimals and between thousands in locales that need no more than this. The browser's own formats take some
 * 10 ms to start, four times that on a phone, and the page shows numbers before it is ready.
 * @type {Record<string, [string, string]>}
 */
const SIGNS = { en: ['.', ','], da: [',', '.'], de: [',', '.'] };

/**
 * Digits of a number of ordinary size, rounded as the browser's own formats do: half away from zero, by its shortest
 * decimal.
 * @param {number} size  0, or 1e-6 up to 1e9
 * @param {number} digits
 */
const fixed = (size, digits) => (Math.round(Number(`${size}e${digits}`)) / 10 ** digits).toFixed(digits);

/**
 * A number in the manner of a locale with a true minus.
 * @param {string} locale
 * @param {number} value
 * @param {number} digits
 * @param {boolean} [sign]  a plus before positive numbers
 */
export function format(locale, value, digits, sign = false) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const signs = SIGNS[locale];
  if (signs && size < 1e9 && (size === 0 || size >= 1e-6)) {
    const text = fixed(size, digits);
    const before = Number(text) === 0 ? '' : value < 0 ? '−' : sign ? '+' : '';
    const [whole, decimals] = text.split('.');
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, signs[1]);
    return before + [grouped, ...(decimals === undefined ? [] : [decimals])].join(signs[0]);
  }
  const options = /** @type {Intl.NumberFormatOptions} */ ({
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: sign ? 'exceptZero' : 'negative',
  });
  return new Intl.NumberFormat(locale, options).format(value).replace('-', '−');
}

/**
 * A score to one digit, rounded from the two that the sum of reasons shows: 4.246 is 4.25 there, and 4.3 here.
 * @param {number} score
 */
export const tenths = (score) => Math.round(Math.round(score * 100) / 10) / 10;

/** Where a score stands on the scale from 1 to 5, 0 to 1; one beyond it at the scale's end. @param {number} score */
export const shareOfScale = (score) => (Math.min(5, Math.max(1, score)) - 1) / 4;

/**
 * A measure with as many digits as say something: four significant ones.
 * @param {string} locale
 * @param {number} value
 */
export function formatMeasure(locale, value) {
  if (!Number.isFinite(value)) return '–';
  const tiny = value !== 0 && Math.abs(value) < 1e-4;
  const options = /** @type {Intl.NumberFormatOptions} */ ({
    minimumSignificantDigits: 4,
    maximumSignificantDigits: 4,
    notation: tiny ? 'scientific' : 'standard',
    signDisplay: 'negative',
  });
  return new Intl.NumberFormat(locale, options).format(value).replace(/-/g, '−');
}

/**
 * A measure as it stands beside words: three digits are enough.
 * @param {string} locale
 * @param {number} value
 */
export function formatShort(locale, value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-3)
    return new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(value).replace(/-/g, '−');
  return format(locale, value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

/**
 * The shortest decimal that reads back as the same single-precision number, never with an exponent.
 * @param {number} value
 */
export function exact(value) {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return 'NaN';
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = single.toPrecision(digits);
    if (Math.fround(Number(text)) === single) return plain(text);
  }
  return plain(String(single));
}

/** @param {string} text a decimal, perhaps with an exponent */
function plain(text) {
  const [mantissa, exponent] = text.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole, fraction = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent ?? 0);
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return trim(`${sign}0.${'0'.repeat(-point)}${digits}`);
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return trim(`${sign}${digits.slice(0, point)}.${digits.slice(point)}`);
}

/** @param {string} text with a decimal point */
const trim = (text) => text.replace(/0+$/, '').replace(/\.$/, '');

/** The tone from which the pitch's semitones count upwards. */
const LOWEST_HZ = 27.5;

/** A pitch in Hz. @param {number} semitones */
export const hertz = (semitones) => LOWEST_HZ * 2 ** (semitones / 12);

/** @param {number} seconds */
export const clock = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** Bytes as hexadecimal digits, two for each. @param {Uint8Array} bytes */
export const hexadecimal = (bytes) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// The one kind of error that the package throws by itself, and the checks of arguments.
/** @import {ErrorCode, Signal} from './types.js' */

/** Why there is no result. `code` does not change with the wording of `message`. */
export class UndertoneError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message
   * @param {unknown} [cause]
   */
  constructor(code, message, cause) {
    super(message, cause === undefined ? undefined : { cause });
    /** As that of `fetch` and others, so that one test finds all that were given up. */
    this.name = code === 'aborted' ? 'AbortError' : 'UndertoneError';
    /** @type {ErrorCode} */
    this.code = code;
  }
}

/**
 * Calls the WebAssembly module, and makes errors of the objects that it throws.
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
export function called(work) {
  try {
    return work();
  } catch (thrown) {
    const { code, message } = /** @type {{code?: ErrorCode, message?: string}} */ (thrown ?? {});
    if (!code || !message || thrown instanceof Error) throw thrown;
    throw new UndertoneError(code, message);
  }
}

/** @param {unknown} samples @returns {asserts samples is Float32Array} */
export function checkSamples(samples) {
  // By its name: an array of another frame or context is no instance of this one's class.
  if (Object.prototype.toString.call(samples) !== '[object Float32Array]')
    throw new UndertoneError(
      'bad_argument',
      `samples must be a Float32Array with values of −1 to 1, not ${kind(samples)}; ` +
        'Float32Array.from(numbers) makes one, and 16-bit integers are to be divided by 32768',
    );
}

/** @param {unknown} samples @returns {asserts samples is Float32Array} */
export function checkSound(samples) {
  checkSamples(samples);
  if (samples.length === 0) throw new UndertoneError('empty', 'the sound is empty: there is not one sample');
}

/** @param {unknown} rateHz @returns {asserts rateHz is number} */
export function checkRate(rateHz) {
  if (typeof rateHz !== 'number')
    throw new UndertoneError('bad_argument', `rateHz must be a number, not ${kind(rateHz)}`);
  const most = 2 ** 32 - 1;
  if (!Number.isInteger(rateHz) || rateHz < 0 || rateHz > most)
    throw new UndertoneError(
      'unsupported_rate',
      `a sampling rate of ${rateHz} Hz is not supported: it must be a whole number`,
    );
}

/** @param {Signal|undefined} signal */
export function checkSignal(signal) {
  if (signal?.aborted)
    throw new UndertoneError('aborted', 'the work was given up, as its signal says', signal.reason);
}

/** @param {unknown} value */
export function kind(value) {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `${typeof value}`;
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}

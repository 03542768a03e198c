// `undertone/features`: the 88 eGeMAPSv02 functionals and 25 low-level descriptors (LLDs) of a sound, at its own sampling rate and at the
// level as recorded; nothing of models.
/** @import {FeatureOptions, Features} from './types.js' */
import { FEATURES, LLDS } from './catalogue.js';
import { UndertoneError, called, checkRate, checkSamples, checkSignal, checkSound } from './errors.js';
import { inPieces } from './slices.js';
import { once, part, started } from './start.js';

export { FEATURES, LLDS, UndertoneError };

const engine = once(() =>
  started(
    part('the features', () =>
      Promise.all([import('./wasm/features.js'), import('./wasm/features-wasm.js')]),
    ),
  ),
);

/**
 * Loads and starts the module of the features, which the first call does otherwise; until then the package is a few kilobytes.
 * @returns {Promise<void>}
 */
export async function load() {
  await engine();
}

/** A sound that comes in piece by piece. Any pieces give the same bits as the whole sound. */
export class Extractor {
  /** @type {import('./wasm/features.js').Extraction|null} */
  #extraction;
  #rateHz;

  /**
   * @private
   * @param {import('./wasm/features.js').Extraction} extraction
   * @param {number} rateHz
   */
  constructor(extraction, rateHz) {
    this.#extraction = extraction;
    this.#rateHz = rateHz;
  }

  /**
   * @param {number} rateHz  8000 to 48000
   * @param {{llds?: boolean}} [options]  `llds: false` leaves the LLDs empty: less memory, less time
   * @returns {Promise<Extractor>}
   */
  static async create(rateHz, { llds = true } = {}) {
    checkRate(rateHz);
    const { Extraction } = await engine();
    return new Extractor(
      called(() => new Extraction(rateHz, llds)),
      rateHz,
    );
  }

  /**
   * Adds mono samples, −1 to 1; the array is not changed.
   * @param {Float32Array} samples
   * @returns {void}
   */
  push(samples) {
    checkSamples(samples);
    const extraction = this.#open();
    called(() => extraction.push(samples));
  }

  /** How much sound has come, in seconds. @returns {number} */
  get seconds() {
    return this.#open().seconds;
  }

  /**
   * The pitch of the 60 ms frames so far, one every 10 ms, from number `first` on, in Hz; 0 where there is none. The newest 0.4 s may
   * still be decided otherwise.
   * @param {number} [first]
   * @returns {Float32Array}
   */
  pitchHz(first = 0) {
    const extraction = this.#open();
    return called(() => extraction.pitchHz(Math.max(0, Math.trunc(first) || 0)));
  }

  /**
   * Ends the sound, frees the memory, and gives the features.
   * @returns {Features}
   */
  finish() {
    const extraction = this.#open();
    const seconds = extraction.seconds;
    this.#extraction = null;
    // Whatever comes of it, the module has taken the extraction back.
    const extracted = called(() => extraction.finish());
    try {
      const values = extracted.functionals();
      const features = FEATURES.map(({ name }, index) => [name, values[index]]);
      const llds = LLDS.map(({ name }, index) => [name, extracted.lld(index)]);
      return {
        rateHz: this.#rateHz,
        seconds,
        features: Object.fromEntries(features),
        llds: Object.fromEntries(llds),
        hopSeconds: extracted.hopSeconds,
        pitchHz: extracted.f0Hz(),
      };
    } finally {
      extracted.free();
    }
  }

  /** Gives the sound up and frees its memory. After `finish` it does nothing. @returns {void} */
  free() {
    this.#extraction?.free();
    this.#extraction = null;
  }

  #open() {
    if (this.#extraction) return this.#extraction;
    throw new UndertoneError('closed', 'this sound has ended already: create another Extractor');
  }
}

/**
 * The 88 functionals and the 25 LLDs of a whole sound, as `undertone extract` computes them: at the sound's own rate, of all of it, at
 * its own level. Works in slices of a few milliseconds.
 * @param {Float32Array} samples  mono, −1 to 1; the array is not changed
 * @param {number} rateHz  8000 to 48000
 * @param {FeatureOptions} [options]
 * @returns {Promise<Features>}
 */
export async function extract(samples, rateHz, { llds = true, signal } = {}) {
  checkSound(samples);
  checkRate(rateHz);
  checkSignal(signal);
  const extractor = await Extractor.create(rateHz, { llds });
  try {
    await inPieces(samples, (piece) => extractor.push(piece), signal);
    return extractor.finish();
  } finally {
    extractor.free();
  }
}

/**
 * The mean of several channels, as the command line takes it.
 * @param {readonly Float32Array[]} channels  of one length
 * @returns {Float32Array}
 */
export function mix(channels) {
  if (!Array.isArray(channels) || channels.length === 0)
    throw new UndertoneError('bad_argument', 'channels must be an array of at least one Float32Array');
  channels.forEach(checkSamples);
  const [{ length }] = channels;
  if (channels.some((channel) => channel.length !== length))
    throw new UndertoneError('bad_argument', 'the channels must be of one length');
  const mean = new Float32Array(length);
  for (let k = 0; k < length; k += 1) {
    let sum = 0;
    for (const channel of channels) sum += channel[k];
    mean[k] = sum / channels.length;
  }
  return mean;
}

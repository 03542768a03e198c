// Sound files: opened, dropped or pasted. WAV by our own reader; others by the browser's decoder at the
// file's own rate, so that only our resampler resamples.
/** @import {Engine, Take} from '../types.js' */
import { unlessAborted } from '../shell/abort.js';
import { breathe } from '../shell/dom.js';
import { CodedError } from '../shell/errors.js';

/** Longer files are measured up to here. */
export const LONGEST_S = 600;
/** A file is read as a whole, so there is a limit. */
export const LARGEST_MB = 600;
/** Where nearly every format has its sampling rate. */
const HEAD_BYTES = 256 * 1024;
/**
 * An MP4 may have it at the end, an MP3 behind a large picture: up to this size the whole file is looked
 * through.
 */
const WHOLE_BYTES = 64 * 1024 * 1024;
/** Rates at which every browser must be able to decode. */
const DECODER = { lowest: 8_000, highest: 96_000, usual: 48_000 };

/**
 * @param {Engine} engine
 * @param {File} file
 * @param {AbortSignal} signal
 * @returns {Promise<{take: Take, fileSeconds: number}>}  throws {@link CodedError}, with `known` in its data
 */
export async function read(engine, file, signal) {
  if (file.size > LARGEST_MB * 1e6) throw new CodedError('large_file');
  const bytes = new Uint8Array(await unlessAborted(contents(file), signal));
  signal.throwIfAborted();
  if (!bytes.length) throw new CodedError('empty_file');
  const { Take } = engine.wasm;
  if (Take.isWav(bytes.subarray(0, 12))) {
    try {
      return await readWav(engine, bytes, signal);
    } catch (error) {
      throw Object.assign(/** @type {object} */ (error), { known: true });
    }
  }
  let { kind, rateHz } = Take.sniff(bytes.subarray(0, HEAD_BYTES));
  if (!rateHz && bytes.length > HEAD_BYTES && bytes.length <= WHOLE_BYTES)
    ({ kind, rateHz } = Take.sniff(bytes));
  const known = kind !== 'unknown';
  const rate = rateHz && rateHz >= DECODER.lowest && rateHz <= DECODER.highest ? rateHz : DECODER.usual;
  let sound;
  try {
    const decoder = new OfflineAudioContext({ numberOfChannels: 1, length: 1, sampleRate: rate });
    sound = await unlessAborted(decoder.decodeAudioData(bytes.buffer), signal);
  } catch (error) {
    throw new CodedError('undecodable', { known: known || file.type.startsWith('audio/') ? 1 : 0 }, error);
  }
  signal.throwIfAborted();
  const channels = Array.from({ length: sound.numberOfChannels }, (_, c) => sound.getChannelData(c));
  try {
    const push = (/** @type {Take} */ take, /** @type {number} */ from, /** @type {number} */ to) =>
      take.push(mean(channels.map((channel) => channel.subarray(from, to))));
    const take = await toTake(engine, sound.sampleRate, sound.length, push, signal);
    return { take, fileSeconds: sound.duration };
  } catch (error) {
    throw Object.assign(/** @type {object} */ (error), { known: true });
  }
}

/** @param {File} file @returns {Promise<ArrayBuffer>} */
async function contents(file) {
  try {
    return await file.arrayBuffer();
  } catch (error) {
    throw new CodedError('closed_file', {}, error);
  }
}

/**
 * A WAV file by our own reader, piece by piece.
 * @param {Engine} engine
 * @param {Uint8Array} bytes
 * @param {AbortSignal} signal
 */
async function readWav(engine, bytes, signal) {
  const { WavFile } = engine.wasm;
  const { length } = bytes;
  const wav = WavFile.read(bytes.subarray(0, HEAD_BYTES), length) ?? WavFile.read(bytes, length);
  if (!wav) throw new Error('a whole WAV file has a whole header');
  try {
    const { rateHz, frames } = wav;
    const push = (/** @type {Take} */ take, /** @type {number} */ from, /** @type {number} */ to) =>
      take.pushWav(wav, bytes.subarray(...wav.place(from, to)), from);
    return { take: await toTake(engine, rateHz, frames, push, signal), fileSeconds: frames / rateHz };
  } finally {
    wav.free();
  }
}

/** The mean of channels. @param {Float32Array[]} channels */
function mean([first, ...others]) {
  if (!others.length) return first;
  const sum = first.slice();
  for (const channel of others) for (let i = 0; i < sum.length; i += 1) sum[i] += channel[i];
  for (let i = 0; i < sum.length; i += 1) sum[i] /= others.length + 1;
  return sum;
}

/**
 * A take of a sound that is there, filled second by second, so that the page stays awake.
 * @param {Engine} engine
 * @param {number} rateHz
 * @param {number} length  samples
 * @param {(take: Take, from: number, to: number) => void} push  adds some of the samples to the take
 * @param {AbortSignal} signal
 */
async function toTake(engine, rateHz, length, push, signal) {
  const take = new engine.wasm.Take(rateHz);
  const end = Math.min(length, LONGEST_S * rateHz);
  try {
    for (let from = 0; from < end; from += rateHz) {
      push(take, from, Math.min(from + rateHz, end));
      await breathe();
      signal.throwIfAborted();
    }
    take.close();
    return take;
  } catch (error) {
    take.free();
    throw error;
  }
}

/**
 * @param {(files: File[]) => void} use
 * @param {HTMLInputElement} picker
 */
export function accept(use, picker) {
  picker.addEventListener('change', () => {
    use([...(picker.files ?? [])]);
    picker.value = '';
  });
  const carries = (/** @type {DataTransfer|null} */ data) => data?.types.includes('Files') ?? false;
  let depth = 0;
  const over = (/** @type {number} */ step) => {
    depth = Math.max(0, depth + step);
    document.documentElement.classList.toggle('dropping', depth > 0);
  };
  window.addEventListener('dragenter', (event) => carries(event.dataTransfer) && over(1));
  window.addEventListener('dragleave', (event) => carries(event.dataTransfer) && over(-1));
  window.addEventListener('dragover', (event) => carries(event.dataTransfer) && event.preventDefault());
  window.addEventListener('drop', (event) => {
    if (!carries(event.dataTransfer)) return;
    event.preventDefault();
    over(-depth);
    use([...(event.dataTransfer?.files ?? [])]);
  });
  window.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) use(files);
  });
}

// Sound files: opened, dropped or pasted. WAV, AIFF, CAF, AU and FLAC by our own reader, piece by piece; others by the browser's decoder at
// the file's own rate, so that only our resampler resamples.
/** @import {Channels, Difference, Engine, Reader, Take} from '../types.js' */
import { letGo } from '../engine/analyse.js';
import { reader } from '../engine/reader.js';
import { unlessAborted } from '../shell/abort.js';
import { breathe } from '../shell/dom.js';
import { CodedError, codeOf } from '../shell/errors.js';

/** Longer files are measured up to here. */
export const LONGEST_S = 1_800;
/** What the browser decodes is read as a whole, so there is a limit. */
export const LARGEST_MB = 600;
/** Where nearly every format has its sampling rate. */
const HEAD_BYTES = 256 * 1024;
/**
 * An MP4 may have it at the end, an MP3 behind a large picture: up to this size the whole file is looked
 * through.
 */
const WHOLE_BYTES = 64 * 1024 * 1024;
/** Rates that our resampler takes, Hz. */
const RATES = { lowest: 8_000, highest: 192_000 };
/** What we read ourselves. */
const OURS = ['wav', 'aiff', 'caf', 'au', 'flac', 'ogg_flac'];

/** What holds no sound. */
const NO_SOUND = ['unknown', 'text', 'pdf', 'image', 'archive', 'midi', 'zeros', 'empty', 'silent_video'];

/**
 * What was read of a file.
 * @typedef {object} Sound
 * @property {Take} take
 * @property {number|null} longS            how long the whole file is, if only its beginning was read; 0 if that is not known
 * @property {{presentS: number, declaredS?: number}|null} cut  of a file that ends before its sound does
 * @property {Channels|null} channels       of a file with more than one
 */

/**
 * @param {Engine} engine
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {number} [channel]  the one that is taken, the first is 1; 0: the mean of all
 * @returns {Promise<Sound>}  throws {@link CodedError}
 */
export async function read(engine, file, signal, channel = 0) {
  if (!file.size) throw new CodedError('empty_file');
  const parts = await unlessAborted(reader(), signal);
  let head = await contents(file, 0, HEAD_BYTES, signal);
  let { kind, rateHz } = parts.sniff(head);
  const lookThrough = async () => {
    if (rateHz || file.size <= HEAD_BYTES || file.size > WHOLE_BYTES) return;
    head = await contents(file, 0, file.size, signal);
    ({ kind, rateHz } = parts.sniff(head));
  };
  // Our own reader asks for what it needs.
  if (!OURS.includes(kind)) await lookThrough();
  const work = { engine, parts, file, signal, channel };
  if (!OURS.includes(kind)) return decoded(work, kind, rateHz);
  try {
    return await ours(work, head);
  } catch (error) {
    // The browser may know an encoding that we do not.
    const byBrowser = () => lookThrough().then(() => decoded(work, kind, rateHz));
    const other = codeOf(error) === 'unsupported_format' ? byBrowser() : Promise.reject();
    return await other.catch(() => {
      signal.throwIfAborted();
      throw Object.assign(/** @type {object} */ (error), { kind });
    });
  }
}

/** @typedef {{engine: Engine, parts: Reader, file: File, signal: AbortSignal, channel: number}} Work */

/**
 * Some of a file's bytes.
 * @param {File} file
 * @param {number} from
 * @param {number} to
 * @param {AbortSignal} signal
 */
async function contents(file, from, to, signal) {
  let bytes;
  try {
    bytes = await unlessAborted(file.slice(from, to).arrayBuffer(), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new CodedError('closed_file', {}, error);
  }
  signal.throwIfAborted();
  return new Uint8Array(bytes);
}

/**
 * A file that we read ourselves: never as a whole, so it may be of any size.
 * @param {Work} work
 * @param {Uint8Array} head
 * @returns {Promise<Sound>}
 */
async function ours({ engine, parts, file, signal, channel }, head) {
  const sound = parts.SoundFile.open(head, file.size);
  const more = async () => {
    const wanted = sound.wanted();
    if (wanted) sound.push(await contents(file, wanted[0], wanted[1], signal));
    return Boolean(wanted);
  };
  try {
    while (!sound.rateHz) if (!(await more())) break;
    if (channel) sound.choose(channel - 1);
    const { rateHz, channels: count, seconds } = sound;
    const take = new engine.wasm.Take(checked(rateHz));
    const most = LONGEST_S * rateHz;
    let taken = 0;
    let whole = true;
    await orFree(take, async () => {
      take.expect(Math.min(seconds ?? 0, LONGEST_S));
      const next = () => {
        const samples = sound.next();
        if (!samples) return false;
        whole = taken + samples.length <= most;
        take.push(samples.subarray(0, most - taken));
        taken += samples.length;
        return true;
      };
      // The samples that came with the head first.
      for (;;) {
        while (whole && next()) {
          await breathe();
          signal.throwIfAborted();
        }
        if (!whole || !(await more())) break;
      }
      take.close();
    });
    return {
      take,
      longS: whole ? null : (seconds ?? 0),
      cut: (whole && sound.cut()) || null,
      channels: channelsOf(count, channel, sound.difference()),
    };
  } finally {
    sound.free();
  }
}

/**
 * A file that the browser decodes.
 * @param {Work} work
 * @param {string} kind
 * @param {number|undefined} rateHz
 * @returns {Promise<Sound>}
 */
async function decoded({ engine, parts, file, signal, channel }, kind, rateHz) {
  if (NO_SOUND.includes(kind)) throw new CodedError('not_sound', { kind });
  if (file.size > LARGEST_MB * 1e6) throw new CodedError('large_file');
  // Without it the browser would resample, and two browsers differently.
  if (!rateHz) throw new CodedError('unknown_rate', { kind });
  const decoder = contextAt(checked(rateHz), kind);
  let sound;
  try {
    const { buffer } = await contents(file, 0, file.size, signal);
    sound = await unlessAborted(decoder.decodeAudioData(/** @type {ArrayBuffer} */ (buffer)), signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CodedError) throw error;
    throw new CodedError('undecodable', { kind }, error);
  }
  signal.throwIfAborted();
  if (sound.sampleRate !== rateHz) throw new CodedError('other_rate', { kind, rate: rateHz });
  const count = sound.numberOfChannels;
  const mixer = new parts.Mixer(count, channel ? channel - 1 : undefined);
  const take = new engine.wasm.Take(rateHz);
  const end = Math.min(sound.length, LONGEST_S * rateHz);
  try {
    await orFree(take, async () => {
      take.expect(end / rateHz);
      for (let from = 0; from < end; from += rateHz) {
        const length = Math.min(rateHz, end - from);
        const planes = new Float32Array(count * length);
        for (let c = 0; c < count; c += 1)
          planes.set(sound.getChannelData(c).subarray(from, from + length), c * length);
        take.push(mixer.mix(planes));
        await breathe();
        signal.throwIfAborted();
      }
      take.close();
    });
    const longS = sound.length > end ? sound.duration : null;
    return { take, longS, cut: null, channels: channelsOf(count, channel, mixer.difference()) };
  } finally {
    mixer.free();
  }
}

/** A rate that our resampler takes. @param {number} rateHz */
function checked(rateHz) {
  if (rateHz < RATES.lowest) throw new CodedError('low_rate', { rate: rateHz });
  if (rateHz > RATES.highest) throw new CodedError('high_rate', { rate: rateHz });
  return rateHz;
}

/** What decodes at a rate, which not every browser does at every one. @param {number} sampleRate @param {string} kind */
function contextAt(sampleRate, kind) {
  try {
    return new OfflineAudioContext({ numberOfChannels: 1, length: 1, sampleRate });
  } catch (error) {
    throw new CodedError('other_rate', { kind, rate: sampleRate }, error);
  }
}

/**
 * How several channels were taken.
 * @param {number} count
 * @param {number} channel
 * @param {Difference|undefined} difference
 * @returns {Channels|null}
 */
const channelsOf = (count, channel, difference) =>
  count > 1 ? { count, taken: channel || 'mean', difference: difference ?? null } : null;

/**
 * A take that comes to nothing is freed.
 * @param {Take} take
 * @param {() => Promise<void>} fill
 */
async function orFree(take, fill) {
  try {
    await fill();
  } catch (error) {
    letGo(take);
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

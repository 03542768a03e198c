// What a person is told about a file: why it cannot be used and what to do, or what is to be known of its sound.
/** @import {Message} from '../types.js' */
/** @import {Sound} from './files.js' */
import { CodedError, codeOf, isMemory } from '../shell/errors.js';
import { clock } from '../shell/format.js';
import { number } from '../shell/i18n.js';
import { MOST_RECORDINGS } from '../shell/state.js';
import { LARGEST_MB, LONGEST_S } from './files.js';

/** Formats by the names that people know; they are the same in every language. @type {Record<string, string>} */
const NAMES = {
  wav: 'WAV',
  aiff: 'AIFF',
  caf: 'CAF',
  au: 'AU',
  flac: 'FLAC',
  mp3: 'MP3 or MP2',
  aac: 'AAC',
  ogg_vorbis: 'Ogg Vorbis',
  ogg_opus: 'Ogg Opus',
  ogg_flac: 'Ogg FLAC',
  ogg_speex: 'Ogg Speex',
  ogg_other: 'Ogg',
  mp4: 'MP4',
  webm: 'WebM',
  amr: 'AMR',
  asf: 'WMA',
  adif: 'AAC (ADIF)',
  ac3: 'AC-3',
  dts: 'DTS',
  dsd: 'DSD',
  ape: 'Monkey’s Audio',
  wav_pack: 'WavPack',
  musepack: 'Musepack',
  tta: 'True Audio',
  sphere: 'NIST SPHERE',
  voc: 'VOC',
  silk: 'SILK',
  real_media: 'RealAudio',
  gsm: 'GSM',
  avi: 'AVI',
  flv: 'FLV',
  mpeg_video: 'MPEG',
};

/** What holds no sound, and its message. @type {Record<string, string>} */
const OTHER = {
  text: 'text',
  pdf: 'text',
  image: 'image',
  archive: 'archive',
  midi: 'midi',
  zeros: 'zeros',
  silent_video: 'noSound',
};

/** Codes of our readers that mean: a sound file, but something is wrong in it. */
const DAMAGED = /^(no_sound|truncated|bad_header|not_finite|damaged)$/;

/** Codes with a message of their own. @type {Record<string, string>} */
const OWN = {
  empty_file: 'empty',
  closed_file: 'gone',
  large_file: 'large',
  many_recordings: 'many',
  memory: 'memory',
  low_rate: 'lowRate',
  high_rate: 'highRate',
  other_rate: 'otherRate',
  unknown_rate: 'unknownRate',
  unsupported_format: 'encoding',
};

/**
 * What a person is told about a file that cannot be used.
 * @param {unknown} error
 * @param {string} file  its name
 * @returns {Message}
 */
export function whyNotSound(error, file) {
  const code = isMemory(error) ? 'memory' : codeOf(error);
  // What nobody foresaw says nothing about the file.
  if (!code) return { key: 'file.failed', params: { file } };
  const data = /** @type {{kind?: string}} */ (error);
  const { kind = data.kind ?? '', rate = 0 } = error instanceof CodedError ? error.data : {};
  const most = { m: number(LARGEST_MB, 0), n: number(MOST_RECORDINGS, 0) };
  const params = { file, kind: NAMES[kind] ?? '', r: number(Number(rate), 0), ...most };
  const what =
    OWN[code] ??
    (DAMAGED.test(code) ? 'damaged' : (OTHER[kind] ?? (NAMES[kind] ? 'unreadable' : 'notSound')));
  // Of a format that no browser reads, its rate is not the matter.
  return { key: `file.${what === 'unknownRate' && UNREAD.has(String(kind)) ? 'unreadable' : what}`, params };
}

/** What the browsers' decoders may read. */
const READ = ['mp3', 'aac', 'ogg_vorbis', 'ogg_opus', 'mp4', 'webm'];
const UNREAD = new Set(Object.keys(NAMES).filter((kind) => !READ.includes(kind)));

/** Two lengths in seconds, with so many digits that they differ. @param {number} a @param {number} b @returns {[string, string]} */
function apart(a, b) {
  for (let digits = 1; ; digits += 1) {
    const [one, other] = [number(a, digits), number(b, digits)];
    if (one !== other || digits === 4) return [one, other];
  }
}

/**
 * What is to be known of a sound that was not read as a whole.
 * @param {Pick<Sound, 'longS'|'cut'>} sound
 * @param {string} file  its name
 * @returns {Message[]}
 */
export function noticesOf({ longS, cut }, file) {
  const l = clock(LONGEST_S);
  // Less than a second is not worth a word.
  if (longS === 0) return [{ key: 'file.longer', params: { file, l } }];
  if (longS && longS > LONGEST_S + 1)
    return [{ key: 'file.long', params: { file, m: number(longS / 60, 0), l } }];
  if (!cut) return [];
  if (cut.declaredS === undefined)
    return [{ key: 'file.cutOff', params: { file, p: number(cut.presentS, 1) } }];
  const [p, d] = apart(cut.presentS, cut.declaredS);
  return [{ key: 'file.cut', params: { file, p, d } }];
}

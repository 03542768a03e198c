// Sound files that the tests make, of any number of channels: WAV in every encoding, FLAC.
import { MANNERS, WITH_S, speak } from '../../../www/sound/formant-synthesis.js';
import { readFileSync } from 'node:fs';

/** The samples of a 16-bit mono WAV file and its rate. @param {string} file */
export function samplesOf(file) {
  const bytes = readFileSync(file);
  const from = bytes.indexOf('data') + 8;
  const count = (bytes.length - from) >> 1;
  return {
    rate: bytes.readUInt32LE(24),
    samples: Float64Array.from({ length: count }, (_, k) => bytes.readInt16LE(from + 2 * k) / 32_768),
  };
}

/** @param {number} value −1 … 1 @param {number} bits */
const integer = (value, bits) => {
  const full = 2 ** (bits - 1);
  return Math.max(-full, Math.min(full - 1, Math.round(value * full)));
};

/** A-law (ITU-T G.711). @param {number} value −1 … 1 */
function aLaw(value) {
  const size = Math.min(2_047, Math.floor(Math.abs(value) * 2_048));
  const segment = size < 32 ? 0 : Math.floor(Math.log2(size)) - 4;
  const code = segment ? (segment << 4) | ((size >> segment) & 15) : size >> 1;
  return (code | (value >= 0 ? 0x80 : 0)) ^ 0x55;
}

/** µ-law (ITU-T G.711). @param {number} value −1 … 1 */
function muLaw(value) {
  const size = Math.min(32_635, Math.floor(Math.abs(value) * 32_768)) + 132;
  const segment = Math.floor(Math.log2(size)) - 7;
  return ~((value < 0 ? 0x80 : 0) | (segment << 4) | ((size >> (segment + 3)) & 15)) & 0xff;
}

/** @typedef {8|16|24|32|'float'|'double'|'a-law'|'mu-law'} Encoding */
/** Format tag, bytes of a sample, and how one is put. @type {Record<Encoding, [number, number, (file: Buffer, value: number, at: number) => void]>} */
const ENCODINGS = {
  8: [1, 1, (file, value, at) => file.writeUInt8(integer(value, 8) + 128, at)],
  16: [1, 2, (file, value, at) => file.writeInt16LE(integer(value, 16), at)],
  24: [1, 3, (file, value, at) => file.writeIntLE(integer(value, 24), at, 3)],
  32: [1, 4, (file, value, at) => file.writeInt32LE(integer(value, 32), at)],
  float: [3, 4, (file, value, at) => file.writeFloatLE(value, at)],
  double: [3, 8, (file, value, at) => file.writeDoubleLE(value, at)],
  'a-law': [6, 1, (file, value, at) => file.writeUInt8(aLaw(value), at)],
  'mu-law': [7, 1, (file, value, at) => file.writeUInt8(muLaw(value), at)],
};

/**
 * A WAV file.
 * @param {ArrayLike<number>[]} channels
 * @param {number} rate
 * @param {Encoding} [encoding]
 */
export function wavOf(channels, rate, encoding = 16) {
  const [tag, bytes, put] = ENCODINGS[encoding];
  const [count, frames] = [channels.length, channels[0].length];
  const file = Buffer.alloc(44 + bytes * count * frames);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(tag, 20);
  file.writeUInt16LE(count, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * bytes * count, 28);
  file.writeUInt16LE(bytes * count, 32);
  file.writeUInt16LE(8 * bytes, 34);
  file.write('data', 36);
  file.writeUInt32LE(file.length - 44, 40);
  for (let k = 0; k < frames; k += 1)
    channels.forEach((channel, c) => put(file, channel[k], 44 + bytes * (k * count + c)));
  return file;
}

/**
 * An AIFF file of 16 bits.
 * @param {ArrayLike<number>[]} channels
 * @param {number} rate
 */
export function aiffOf(channels, rate) {
  const [count, frames] = [channels.length, channels[0].length];
  const file = Buffer.alloc(54 + 2 * count * frames);
  file.write('FORM', 0);
  file.writeUInt32BE(file.length - 8, 4);
  file.write('AIFFCOMM', 8);
  file.writeUInt32BE(18, 16);
  file.writeUInt16BE(count, 20);
  file.writeUInt32BE(frames, 22);
  file.writeUInt16BE(16, 26);
  // The rate is a number of 80 bits.
  const exponent = Math.floor(Math.log2(rate));
  file.writeUInt16BE(16_383 + exponent, 28);
  file.writeBigUInt64BE(BigInt(rate) << BigInt(63 - exponent), 30);
  file.write('SSND', 38);
  file.writeUInt32BE(file.length - 46, 42);
  bigEndian(channels).copy(file, 54);
  return file;
}

/**
 * An AU file with 16 bits.
 * @param {ArrayLike<number>[]} channels
 * @param {number} rate
 */
export function auOf(channels, rate) {
  const [count, frames] = [channels.length, channels[0].length];
  const head = Buffer.alloc(24);
  head.write('.snd', 0);
  // Where the samples begin, their bytes, 16-bit integers, rate, channels.
  [24, 2 * count * frames, 3, rate, count].forEach((value, k) => head.writeUInt32BE(value, 4 + 4 * k));
  return Buffer.concat([head, bigEndian(channels)]);
}

/**
 * A CAF file with 16 bits.
 * @param {ArrayLike<number>[]} channels
 * @param {number} rate
 */
export function cafOf(channels, rate) {
  const [count, frames] = [channels.length, channels[0].length];
  const head = Buffer.alloc(68);
  head.write('caff\0\x01\0\0desc', 0, 'latin1');
  head.writeBigUInt64BE(32n, 12);
  head.writeDoubleBE(rate, 20);
  head.write('lpcm', 28);
  // No flags: big-endian integers; bytes of a packet, its frames, channels, bits.
  [0, 2 * count, 1, count, 16].forEach((value, k) => head.writeUInt32BE(value, 32 + 4 * k));
  head.write('data', 52);
  head.writeBigUInt64BE(BigInt(4 + 2 * count * frames), 56);
  return Buffer.concat([head, bigEndian(channels)]);
}

/** Samples of 16 bits, the channels in turn. @param {ArrayLike<number>[]} channels */
function bigEndian(channels) {
  const count = channels.length;
  const data = Buffer.alloc(2 * count * channels[0].length);
  for (let k = 0; k < channels[0].length; k += 1)
    channels.forEach((channel, c) => data.writeInt16BE(integer(channel[k], 16), 2 * (k * count + c)));
  return data;
}

/** A box of MP4. @param {string} name @param {Buffer[]} content */
const box = (name, ...content) => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + content.reduce((sum, part) => sum + part.length, 0));
  return Buffer.concat([size, Buffer.from(name), ...content]);
};

/** As much of an MP4 file as says that it has one track of this kind. @param {'vide'|'soun'} kind */
export function mp4Of(kind) {
  const handler = Buffer.concat([Buffer.alloc(8), Buffer.from(kind), Buffer.alloc(12)]);
  const track = box('trak', box('mdia', box('hdlr', handler)));
  return Buffer.concat([
    box('ftyp', Buffer.from('isom')),
    box('moov', track),
    box('mdat', Buffer.alloc(500)),
  ]);
}

/** A checksum whose polynomial has so many bits. @param {number[]} bytes @param {number} bits @param {number} polynomial */
function checksum(bytes, bits, polynomial) {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << (bits - 8);
    for (let k = 0; k < 8; k += 1)
      crc = ((crc << 1) ^ (crc >> (bits - 1) ? polynomial : 0)) & (2 ** bits - 1);
  }
  return crc;
}

/**
 * A FLAC file (RFC 9639) whose samples are stored as they are, in blocks of 4096.
 * @param {ArrayLike<number>[]} channels
 * @param {number} rate
 * @param {8|16|24} bits
 */
export function flacOf(channels, rate, bits) {
  const [count, frames] = [channels.length, channels[0].length];
  const info = Buffer.alloc(42);
  info.write('fLaC');
  info.writeUInt32BE(0x8000_0022, 4);
  info.writeUInt16BE(4_096, 8);
  info.writeUInt16BE(4_096, 10);
  const fields =
    (BigInt(rate) << 44n) | (BigInt(count - 1) << 41n) | (BigInt(bits - 1) << 36n) | BigInt(frames);
  info.writeBigUInt64BE(fields, 18);
  const parts = [info];
  for (let from = 0, number = 0; from < frames; from += 4_096, number += 1) {
    const length = Math.min(4_096, frames - from);
    // A length in 16 bits, rate and bits as at the beginning; the frame's number as UTF-8 has it.
    const head = [0xff, 0xf8, 0x70, (count - 1) << 4, ...Buffer.from(String.fromCodePoint(number))];
    head.push((length - 1) >> 8, (length - 1) & 255);
    head.push(checksum(head, 8, 0x07));
    const bytes = bits / 8;
    const body = Buffer.alloc(count * (1 + length * bytes));
    channels.forEach((channel, c) => {
      const start = c * (1 + length * bytes);
      body.writeUInt8(2, start);
      for (let k = 0; k < length; k += 1)
        body.writeIntBE(integer(channel[from + k], bits), start + 1 + k * bytes, bytes);
    });
    const frame = [...head, ...body];
    const sum = checksum(frame, 16, 0x8005);
    parts.push(Buffer.from([...frame, sum >> 8, sum & 255]));
  }
  return Buffer.concat(parts);
}

/**
 * A conversation of two synthetic voices: eight utterances, calm and lively in turn, with pauses of 1.3 s; one of them is too short for a
 * score. @returns {{samples: Float32Array, places: [number, number][]}} at 16 kHz, with start and end of each in s
 */
export function conversationOf() {
  const rate = 16_000;
  const pieces = [0, 1, 0, 1, 2, 0, 1, 0].map((kind) => {
    if (kind === 2) return speak(MANNERS.lively, WITH_S.slice(1, 12));
    return kind ? speak(MANNERS.lively, WITH_S) : speak(MANNERS.calm, WITH_S.slice(0, 26));
  });
  const pause = 1.3 * rate;
  const total = pieces.reduce((sum, piece) => sum + piece.length + pause, pause);
  const samples = Float32Array.from({ length: total }, (_, k) => 0.0004 * Math.sin(k * k));
  /** @type {[number, number][]} */
  const places = [];
  let at = pause;
  for (const piece of pieces) {
    samples.set(piece, at);
    places.push([at / rate, (at + piece.length) / rate]);
    at += piece.length + pause;
  }
  return { samples, places };
}

/** A spoken sentence, higher and faster or lower and slower. @param {Pick<ReturnType<typeof samplesOf>, 'samples'>} spoken @param {number} factor */
export function sentence({ samples }, factor) {
  return Float32Array.from({ length: Math.floor(samples.length / factor) }, (_, k) => {
    const at = k * factor;
    const before = Math.floor(at);
    return samples[before] + ((samples[before + 1] ?? 0) - samples[before]) * (at - before);
  });
}

/** Pause between two sentences, s. */
const PAUSE_S = 1.2;

/** A spoken sentence again and again, each time at another height, with pauses. @param {ReturnType<typeof samplesOf>} spoken @param {number} seconds */
export function talkOf(spoken, seconds) {
  const { rate } = spoken;
  const talk = new Float32Array(seconds * rate);
  for (let k = 0, at = 0; at < talk.length; k += 1) {
    const next = sentence(spoken, 0.85 + 0.3 * ((k * 0.618) % 1));
    talk.set(next.subarray(0, talk.length - at), at);
    at += next.length + Math.round(PAUSE_S * rate);
  }
  return talk;
}

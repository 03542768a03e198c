// Replays exactly what was analysed: the 16 kHz samples.
/** @import {Recording} from '../types.js' */
import { get, set } from '../shell/state.js';
import { audio, rest } from './capture.js';

const RATE_HZ = 16_000;
/** What is heard, and when the sound's beginning would have been. @type {{source: AudioBufferSourceNode, from: number}|null} */
let playing = null;
/** What was last asked for and does not sound yet. */
/** @type {object|null} */
let coming = null;

/**
 * @param {Recording} recording
 * @param {[number, number]} [part]  from and to, in s; without it all of it
 */
export async function play(recording, part) {
  stop();
  const { phase } = get();
  // Nothing sounds into an open microphone.
  if (phase === 'asking' || phase === 'recording') return;
  const { take } = recording;
  const samples = part ? take?.samplesBetween(...part) : take?.samples();
  if (!samples?.length) return;
  const context = audio();
  const mine = {};
  coming = mine;
  await context.resume();
  // Another sound, a stop, or a recording came first.
  if (coming !== mine) return;
  coming = null;
  const buffer = context.createBuffer(1, samples.length, RATE_HZ);
  buffer.getChannelData(0).set(samples);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.addEventListener('ended', () => playing?.source === source && stop());
  source.start();
  playing = { source, from: context.currentTime - (part?.[0] ?? 0) };
  set({ playing: recording.number });
}

export function stop() {
  if (!playing && !coming) return;
  const source = playing?.source;
  playing = coming = null;
  source?.stop();
  source?.disconnect();
  set({ playing: null });
  if (get().phase !== 'recording' && get().phase !== 'asking') rest();
}

/** @param {Recording} recording @param {[number, number]} [part] */
export const toggle = (recording, part) =>
  get().playing === recording.number ? stop() : play(recording, part);

/** Seconds into the sound that is heard. */
export const position = () => (playing ? audio().currentTime - playing.from : 0);

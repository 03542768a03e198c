// Replays exactly what was analysed: the 16 kHz samples.
/** @import {Recording} from '../types.js' */
import { get, set } from '../shell/state.js';
import { audio, rest } from './capture.js';

const RATE_HZ = 16_000;
/** @type {{source: AudioBufferSourceNode, from: number}|null} */
let playing = null;
/** What was last asked for and does not sound yet. */
/** @type {object|null} */
let coming = null;

/** @param {Recording} recording */
export async function play(recording) {
  stop();
  const { phase } = get();
  // Nothing sounds into an open microphone.
  if (phase === 'asking' || phase === 'recording') return;
  const samples = recording.take?.samples();
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
  playing = { source, from: context.currentTime };
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

/** @param {Recording} recording */
export const toggle = (recording) => (get().playing === recording.number ? stop() : play(recording));

/** Seconds into the sound that is heard. */
export const position = () => (playing ? audio().currentTime - playing.from : 0);

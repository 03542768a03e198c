// The sound picture of a part of a recording: at once from the picture of the whole, then as finely as it is seen.
/** @import {LivePicture} from '../../pkg/undertone.js' */
/** @import {Recording, SoundPicture, Take} from '../types.js' */
import { drawPitch } from '../result/pitch-line.js';
import { spectrogramImage } from '../result/spectrogram.js';
import { fit, token } from '../shell/canvas.js';
import { inSlices } from '../shell/slices.js';
import { get } from '../shell/state.js';

/** With fewer CSS px to a second the tone of the voice is a scribble. */
const PITCH_FROM_PX = 10;
/** Columns of the pitch to a second. */
const PITCH_PER_S = 100;
/** Where the picture of the whole has so many columns to a CSS px, no finer one is seen. */
const FINE = 1;
/** A finer picture is drawn when the part has stayed the same for so long, ms. */
const STILL_MS = 120;

/** @typedef {{take: Take, from: number, to: number, tones: LivePicture}} Part */

/**
 * A canvas that shows parts of recordings.
 * @param {HTMLCanvasElement} canvas
 * @returns {(recording: Recording, from: number, to: number) => void}  draws between two times in s
 */
export function partPicture(canvas) {
  /** @type {Part|null} */
  let fine = null;
  /** @type {AbortController|null} */
  let drawing = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let waiting;

  /** @param {Recording} recording @param {number} from @param {number} to  in s */
  function draw(recording, from, to) {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width || !height) return;
    const { context } = fit(canvas, width, height);
    const isFine = fine !== null && fine.take === recording.take && fine.from === from && fine.to === to;
    const tones = isFine && fine ? fine.tones : cropped(recording.picture, recording.seconds, from, to);
    context.imageSmoothingQuality = 'high';
    if (tones)
      context.drawImage(
        spectrogramImage(tones, token('--picture-background'), token('--foreground')),
        0,
        0,
        width,
        height,
      );
    paintPitch(context, recording, from, to, width, height);
    const columns = (recording.picture?.columns ?? 0) * ((to - from) / recording.seconds);
    if (isFine || !recording.take || columns >= FINE * width) return;
    drawing?.abort();
    clearTimeout(waiting);
    waiting = setTimeout(() => void refine(recording, from, to), STILL_MS);
  }

  /** @param {Recording} recording @param {number} from @param {number} to */
  async function refine(recording, from, to) {
    const { take } = recording;
    const wasm = get().engine?.wasm;
    if (!take || !wasm) return;
    const mine = new AbortController();
    drawing = mine;
    const part = new wasm.PartPicture(take, from, to);
    try {
      await inSlices((sliceMs) => {
        // The recording may have been deleted meanwhile.
        if (get().recordings.some((one) => one.take === take)) return part.step(take, sliceMs);
        mine.abort();
        return 0;
      }, mine.signal);
      fine = { take, from, to, tones: part.tones() };
      draw(recording, from, to);
    } catch (error) {
      if (!mine.signal.aborted) throw error;
    } finally {
      part.free();
    }
  }
  return draw;
}

/**
 * @param {SoundPicture|null} picture
 * @param {number} seconds
 * @param {number} from
 * @param {number} to
 */
function cropped(picture, seconds, from, to) {
  if (!picture) return null;
  const { columns, rows, tones } = picture;
  const first = Math.max(0, Math.floor((from / seconds) * columns));
  const last = Math.max(first + 1, Math.min(columns, Math.ceil((to / seconds) * columns)));
  return { columns: last - first, rows, tones: tones.subarray(first * rows, last * rows) };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Recording} recording
 * @param {number} from
 * @param {number} to
 * @param {number} width
 * @param {number} height
 */
function paintPitch(context, { picture }, from, to, width, height) {
  if (!picture || width / (to - from) < PITCH_FROM_PX) return;
  const f0Hz = picture.f0Hz.subarray(Math.floor(from * PITCH_PER_S), Math.ceil(to * PITCH_PER_S));
  const step = width / ((to - from) * PITCH_PER_S);
  drawPitch(context, f0Hz, (at) => at * step, height, {
    line: token('--pitch-line'),
    casing: token('--pitch-casing'),
  });
}

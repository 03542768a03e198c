// The sound picture while it grows: the newest at the right, or, where motion is unwanted, page after page. What
// is painted already is moved, and only what is new or may have changed is painted: the newest half second.
/** @import {LiveView} from '../../pkg/undertone.js' */
import { drawPitch } from '../result/pitch-line.js';
import { spectrogramImage } from '../result/spectrogram.js';
import { fit, token } from '../shell/canvas.js';

/** Width of a column in CSS px. */
const COLUMN_PX = 1;
/** Columns before this number are painted, with tones relative to this level. */
const NOTHING = { until: 0, loudest: 0, start: 0, look: '' };
let painted = NOTHING;

/** A new recording: nothing is painted. */
export function clear() {
  painted = NOTHING;
}

const colours = () => ({
  ground: token('--recorder-picture'),
  ink: token('--recorder-foreground'),
  line: token('--recorder-accent'),
  casing: token('--recorder-background'),
});
/** The colours, and until when they are not looked up again, ms. */
let inks = { ground: '', ink: '', line: '', casing: '', until: 0 };

/**
 * @param {HTMLCanvasElement} canvas
 * @param {(room: number, paged: boolean, painted: number, loudest: number) => LiveView|null} view
 * @param {boolean} paged  fill from the left and turn the page instead of scrolling
 */
export function drawLive(canvas, view, paged) {
  const now = performance.now();
  if (now > inks.until) inks = { ...colours(), until: now + 1_000 };
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const ratio = devicePixelRatio || 1;
  // A column is a whole number of device pixels, so that what is moved stays sharp.
  const column = Math.max(1, Math.round(COLUMN_PX * ratio));
  const room = Math.max(1, Math.floor((width * ratio) / column));
  const look = [width, height, ratio, paged, inks.ground, inks.ink, inks.line, inks.casing].join();
  const isSame = look === painted.look;
  const found = view(room, paged, isSame ? painted.until : 0, isSame ? painted.loudest : 0);
  if (!found) return;
  const { start, first, columns, loudest, f0Hz } = found;
  const end = first + columns;
  if (isSame && end === painted.until && start === painted.start) return;
  const context = first > start ? canvas.getContext('2d') : fit(canvas, width, height).context;
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  const left = paged ? 0 : canvas.width - (end - start) * column;
  const x = (/** @type {number} */ number) => left + (number - start) * column;
  if (first > start && !paged) moveLeft(context, (end - painted.until) * column);
  context.save();
  // Of the first column only the line's end is taken: the line goes on from there.
  const from = first > start ? first + 1 : first;
  context.beginPath();
  context.rect(x(from), 0, (end - from) * column, canvas.height);
  context.clip();
  context.imageSmoothingEnabled = false;
  context.drawImage(
    spectrogramImage(found, inks.ground, inks.ink),
    x(first),
    0,
    columns * column,
    canvas.height,
  );
  context.scale(ratio, ratio);
  drawPitch(context, f0Hz, (at) => (x(first) + at * column) / ratio, height, inks);
  context.restore();
  painted = { until: end, loudest, start, look };
}

/** Moves what is painted. @param {CanvasRenderingContext2D} context @param {number} by device px */
function moveLeft(context, by) {
  context.globalCompositeOperation = 'copy';
  context.drawImage(context.canvas, -by, 0);
  context.globalCompositeOperation = 'source-over';
}

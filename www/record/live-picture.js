// The sound picture while it grows: the newest at the right, or, where motion is unwanted, page after page.
/** @import {LivePicture} from '../../pkg/undertone.js' */
import { drawPitch } from '../result/pitch-line.js';
import { spectrogramImage } from '../result/spectrogram.js';
import { fit, token } from '../shell/canvas.js';

/** Columns of the picture in a second. */
const PER_SECOND = 100;
/** Width of a column in CSS px. */
const COLUMN_PX = 1;
let drawn = -1;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} seconds  heard so far
 * @param {(columns: number) => (LivePicture & {f0Hz: Float32Array})|null} last  the newest columns
 * @param {boolean} still  fill from the left and turn the page instead of scrolling
 */
export function drawLive(canvas, seconds, last, still) {
  const total = Math.floor(seconds * PER_SECOND);
  if (total === drawn) return;
  drawn = total;
  const { context, width, height } = fit(canvas, canvas.clientWidth, canvas.clientHeight);
  const room = Math.max(1, Math.floor(width / COLUMN_PX));
  const picture = last(still ? total % room || room : room);
  if (!picture?.columns) return;
  const x = still ? 0 : width - picture.columns * COLUMN_PX;
  context.drawImage(
    spectrogramImage(picture, token('--recorder-picture'), token('--recorder-foreground')),
    x,
    0,
    picture.columns * COLUMN_PX,
    height,
  );
  drawPitch(context, picture.f0Hz, (column) => x + column * COLUMN_PX, height, {
    line: token('--recorder-accent'),
    casing: token('--recorder-background'),
  });
}

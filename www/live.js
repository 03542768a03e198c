// What is heard right now, as a row of strokes. The full sound picture takes this canvas over once it is live.
import { fit, token } from './paint.js';

const STEP_PX = 4;
const STROKE_PX = 2.4;

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number[]} peaks  linear, the newest last
 * @param {boolean} still  fill from the left and turn the page instead of scrolling
 */
export function drawHistory(canvas, peaks, still) {
  const { context, width, height } = fit(canvas, canvas.clientWidth, canvas.clientHeight);
  const room = Math.max(1, Math.floor(width / STEP_PX));
  const from = still ? Math.floor(Math.max(0, peaks.length - 1) / room) * room : Math.max(0, peaks.length - room);
  const shown = peaks.slice(from);
  context.fillStyle = token('--rec-rim');
  context.fillRect(0, height / 2 - 0.5, width, 1);
  context.fillStyle = token('--rec-ink');
  shown.forEach((peak, i) => {
    // Loudness as the ear has it: the square root lifts soft sounds above a pixel.
    const reach = Math.max(1, Math.sqrt(Math.min(1, peak)) * (height / 2 - 8));
    const x = still ? i * STEP_PX : width - (shown.length - i) * STEP_PX;
    if (i === shown.length - 1) context.fillStyle = token('--rec-mark');
    context.fillRect(x, height / 2 - reach, STROKE_PX, 2 * reach);
  });
}

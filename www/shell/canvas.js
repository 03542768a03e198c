// What every canvas of the page needs: its size in device pixels and the tokens of the style sheet.
import { inFrames } from './frames.js';

/** @param {string} name @returns {string} the colour of a token, as the style sheet has it now */
export const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} width  CSS px
 * @param {number} height  CSS px
 */
export function fit(canvas, width, height) {
  const ratio = devicePixelRatio || 1;
  const [w, h] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/**
 * Calls back when what a canvas depends on changes: its size, the screen's density, the colours.
 * @param {Element} watched
 * @param {() => void} redraw
 */
export function onChange(watched, redraw) {
  let asked = false;
  /** The size after it was drawn last. Drawing gives some of them their height. */
  let drawn = { width: 0, height: 0 };
  const size = () => {
    const { width, height } = watched.getBoundingClientRect();
    return { width, height };
  };
  const ask = () => {
    if (asked) return;
    asked = true;
    inFrames(() => {
      asked = false;
      const { width } = size();
      redraw();
      drawn = size();
      // The width is what was drawn for; a scroll bar that came or went has changed it.
      if (drawn.width !== width) ask();
    });
  };
  new ResizeObserver(() => {
    const { width, height } = size();
    if (width !== drawn.width || height !== drawn.height) ask();
  }).observe(watched);
  const density = () => {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        density();
        ask();
      },
      { once: true },
    );
  };
  density();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ask);
  return ask;
}

// The horizontal axis in score units that scale, map and reasons share.
import { query } from '../shell/dom.js';
import { palette } from './palette.js';

/**
 * Where scores stand, in CSS px from the figure's left edge.
 * @typedef {object} Axis
 * @property {number} left   where score 1 stands
 * @property {number} right  where score 5 stands
 * @property {number} width  of the figure
 * @property {(score: number) => number} x
 * @property {(score: number) => number} held  the same, kept between the ends
 */

/** @returns {Axis} */
export function measureAxis() {
  const panels = query('#panels').getBoundingClientRect();
  const line = query('#axis').getBoundingClientRect();
  const left = line.left - panels.left;
  const right = line.right - panels.left;
  const x = (/** @type {number} */ score) => left + ((score - 1) / 4) * (right - left);
  return { left, right, width: panels.width, x, held: (score) => x(Math.min(5, Math.max(1, score))) };
}

/**
 * What a canvas needs to be drawn on the figure's axis.
 * @param {HTMLCanvasElement} canvas
 * @param {Axis} axis
 * @param {number} height
 * @param {number} bleed
 */
export function surface(canvas, axis, height, bleed) {
  const panels = query('#panels').getBoundingClientRect();
  const home = /** @type {HTMLElement} */ (canvas.parentElement).getBoundingClientRect();
  const left = Math.max(axis.left - bleed, -bleed);
  const width = Math.min(axis.right + bleed, axis.width + bleed) - left;
  for (const [name, value] of [
    ['left', left - (home.left - panels.left)],
    ['width', width],
    ['height', height],
  ])
    canvas.style.setProperty(String(name), `${value}px`);
  return {
    width,
    height,
    ratio: devicePixelRatio || 1,
    axis: { left: axis.left - left, right: axis.right - left },
    palette: palette(),
  };
}

/** @param {number} from @param {number} to @param {number} share */
export const between = (from, to, share) => from + (to - from) * share;

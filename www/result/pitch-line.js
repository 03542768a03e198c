// The line of the voice's tone over a sound picture, finished or growing.

/** In octaves. */
const LEAP = 1 / 3;
/** Of points that lie closer together than this one is enough, in CSS px. */
const NEAR_PX = 0.25;
/** The pitch's own axis, logarithmic; wide enough for children. */
export const PITCH = { low: 60, high: 800 };

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} f0Hz  per column, 0 where there is no tone
 * @param {(column: number) => number} x  CSS px
 * @param {number} height  CSS px
 * @param {{line: string, casing: string}} inks
 * @param {number} [weight]  how much heavier the line is
 */
export function drawPitch(context, f0Hz, x, height, { line, casing }, weight = 1) {
  const y = (/** @type {number} */ hz) =>
    height * (1 - Math.log(hz / PITCH.low) / Math.log(PITCH.high / PITCH.low));
  const path = new Path2D();
  let before = 0;
  let last = -Infinity;
  f0Hz.forEach((hz, column) => {
    const at = x(column + 0.5);
    // A leap of a third within a hundredth of a second is another finding, not a glide.
    const goesOn = hz > 0 && before > 0 && Math.abs(Math.log2(hz / before)) < LEAP;
    before = hz;
    if (!(hz > 0) || (goesOn && at - last < NEAR_PX)) return;
    if (goesOn) path.lineTo(at, y(hz));
    else path.moveTo(at, y(hz));
    last = at;
  });
  Object.assign(context, {
    lineJoin: 'round',
    lineCap: 'round',
    lineWidth: 5.5 * weight,
    strokeStyle: casing,
  });
  context.stroke(path);
  Object.assign(context, { lineWidth: 2.6 * weight, strokeStyle: line });
  context.stroke(path);
}

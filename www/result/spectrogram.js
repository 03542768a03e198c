// Flat tones of ink as pixels: the sound picture, live and afterwards.

const TONES = 9;

/** @param {string} colour #rrggbb @returns {number[]} */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/** A wider image would have more columns than any screen, and more than some browsers draw. */
const WIDEST = 4_096;

/**
 * One pixel per column and row, low sounds at the bottom; of a long sound one pixel for the mean of some columns.
 * @param {{columns: number, rows: number, tones: Uint8Array}} picture
 * @param {string} ground #rrggbb
 * @param {string} ink #rrggbb
 */
export function spectrogramImage({ columns, rows, tones }, ground, ink) {
  const together = Math.max(1, Math.ceil(columns / WIDEST));
  const out = new OffscreenCanvas(Math.max(1, Math.ceil(columns / together)), Math.max(1, rows));
  const context = out.getContext('2d');
  if (!context) return out;
  const [from, to] = [channels(ground), channels(ink)];
  const image = new ImageData(out.width, out.height);
  const { data } = image;
  const sums = new Uint16Array(rows);
  for (let x = 0; x * together < columns; x += 1) {
    const first = x * together;
    const count = Math.min(together, columns - first);
    sums.fill(0);
    for (let place = first * rows; place < (first + count) * rows; place += rows)
      for (let row = 0; row < rows; row += 1) sums[row] += Math.min(TONES, tones[place + row]);
    for (let row = 0; row < rows; row += 1) {
      const share = sums[row] / (count * TONES);
      const at = ((rows - 1 - row) * out.width + x) * 4;
      for (let i = 0; i < 3; i += 1) data[at + i] = Math.round(from[i] + (to[i] - from[i]) * share);
      data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return out;
}

// Flat tones of ink as pixels: the sound picture, live and afterwards.

const TONES = 9;

/** @param {string} colour #rrggbb @returns {number[]} */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

/**
 * One pixel per column and row, low sounds at the bottom.
 * @param {{columns: number, rows: number, tones: Uint8Array}} picture
 * @param {string} ground #rrggbb
 * @param {string} ink #rrggbb
 */
export function spectrogramImage({ columns, rows, tones }, ground, ink) {
  const out = new OffscreenCanvas(Math.max(1, columns), Math.max(1, rows));
  const context = out.getContext('2d');
  if (!context) return out;
  const [from, to] = [channels(ground), channels(ink)];
  const steps = Array.from({ length: TONES + 1 }, (_, tone) =>
    from.map((value, i) => Math.round(value + ((to[i] - value) * tone) / TONES)),
  );
  const image = new ImageData(out.width, out.height);
  const { data } = image;
  for (let column = 0; column < columns; column += 1) {
    for (let row = 0; row < rows; row += 1) {
      const step = steps[Math.min(TONES, tones[column * rows + row])];
      const at = ((rows - 1 - row) * columns + column) * 4;
      data[at] = step[0];
      data[at + 1] = step[1];
      data[at + 2] = step[2];
      data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
  return out;
}

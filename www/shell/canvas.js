// What every canvas of the page needs: its size in device pixels and the tokens of the style sheet.

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

const EMOTIONS = {
  anger: 'anger',
  happiness: 'happiness',
  surprise: 'surprise',
  neutral: 'neutral',
  sadness: 'sadness',
  fear: 'fear',
  disgust: 'disgust',
  boredom: 'boredom',
  calm: 'rest',
};

/** The palette that the charts are drawn with: the page's own tokens. @returns {import('../../pkg/undertone.js').Palette} */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const inks = Object.fromEntries(
    ['paper', 'field', 'mark', 'wash', 'ink', 'ink2', 'line2', 'line', 'calm', 'exc', 'markline'].map(
      (name) => [name, read(name)],
    ),
  );
  const emotions = Object.fromEntries(
    Object.entries(EMOTIONS).map(([emotion, name]) => [emotion, read(name)]),
  );
  return /** @type {any} */ ({ ...inks, emotions });
}

/** @param {string} emotion @returns {string} the token's name */
export const emotionToken = (emotion) =>
  `--${/** @type {Record<string, string>} */ (EMOTIONS)[emotion] ?? 'neutral'}`;

/**
 * Calls back when what a canvas depends on changes: its size, the screen's density, the colours.
 * @param {Element} watched
 * @param {() => void} redraw
 */
export function onChange(watched, redraw) {
  let asked = false;
  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      redraw();
    });
  };
  new ResizeObserver(ask).observe(watched);
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

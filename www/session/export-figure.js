// The figure as a picture to keep: an SVG document drawn by the measuring part, and a PNG made from it.
/** @import {Caption, FigureSpec, Palette} from '../../pkg/undertone.js' */
/** @import {Attribution} from '../result/attribution.js' */
/** @import {Reasons} from '../result/reasons.js' */
/** @import {Parts} from './figure-layout.js' */
import { kind } from '../engine/map-axis.js';
import { currentAttribution } from '../result/attribution.js';
import { calmMarks } from '../result/map.js';
import { palette } from '../result/palette.js';
import { rowsToSave, startMark } from '../result/reasons.js';
import { scaleMarks } from '../result/scale.js';
import { t } from '../shell/i18n.js';
import { currentCourse, get } from '../shell/state.js';
import { labelsOf } from './figure-labels.js';
import { SCREEN, layoutOf, middleOf, place } from './figure-layout.js';

/** Pixels of a PNG per px of the layout. */
const PNG_SCALE = 2;
const BAR_PX = 15;
const MOST_DOTS = 800;

/** @typedef {{text: string, width: number, height: number}} Svg */

/** @returns {Svg|null} an SVG document of what the figure tells */
export function figureSvg() {
  const { engine, dotsBy: chosen } = get();
  const dotsBy = currentCourse() ? 'none' : chosen;
  const attribution = currentAttribution();
  const reasons = rowsToSave();
  if (!engine || !attribution || !reasons) return null;
  const colours = palette();
  const naturalHeight = engine.model.naturalHeight(SCREEN.axis);
  const layout = layoutOf(attribution, reasons.rows.length, naturalHeight);
  const { height } = layout;
  /** @type {FigureSpec & Caption} */
  const spec = {
    width: SCREEN.width,
    height,
    palette: colours,
    title: layout.sentence,
    description: `${layout.lead} ${t('purpose')}`,
    labels: labelsOf(attribution, reasons, layout, colours, engine.info.hash),
    ...partsOf(attribution, reasons, layout, colours, { dotsBy, maxDots: MOST_DOTS }),
  };
  return { text: engine.wasm.chartSvg('figure', engine.model, spec), width: SCREEN.width, height };
}

/**
 * Scale, map and reasons in a layout.
 * @param {Attribution} attribution
 * @param {Reasons} reasons
 * @param {Parts} parts
 * @param {Palette} colours
 * @param {{dotsBy: 'emotion'|'corpus'|'none', maxDots: number, hatched?: boolean}} look
 */
export function partsOf(attribution, reasons, parts, colours, { dotsBy, maxDots, hatched = false }) {
  const { from, to, calm, start, end } = attribution;
  const isScored = kind() === 'score';
  const isAlone = isScored && !from;
  const { sheet, scaleTop, mapTop, mapHeight, whyTop, whyHeight } = parts;
  const lines = [
    { score: start, dashed: true },
    { score: end, dashed: false },
  ];
  const guides = isScored ? lines : [];
  const panel = { width: sheet.width, ratio: 1, axis: sheet.axis, palette: colours, guides };
  const middle = (/** @type {number} */ row) => middleOf(sheet, row);
  const bar = Math.min(BAR_PX, sheet.row - 8);
  const scale = {
    ...panel,
    ...sheet.scale,
    average: isAlone ? to.analysis.baseline : null,
    calm: calm?.score ?? null,
    marks: isScored ? scaleMarks(attribution) : [],
    hatched,
  };
  const embedding = {
    ...panel,
    height: mapHeight,
    dotsBy,
    maxDots,
    faded: Boolean(from),
    interval: isAlone ? to.analysis.interval : null,
    utterances: utterancesOf(attribution),
  };
  const contributions = {
    ...panel,
    height: whyHeight,
    start,
    end,
    startMark: startMark(attribution),
    startY: middle(0),
    endY: middle(reasons.rows.length + 1),
    rows: reasons.rows.map(({ value }, i) => ({ top: middle(i + 1) - bar / 2, height: bar, value })),
  };
  return {
    scale: { top: scaleTop, spec: scale },
    embedding: { top: mapTop, spec: embedding },
    contributions: { top: whyTop, spec: contributions },
    guides: guides.map(({ score, dashed }) => ({
      x: place(sheet, score),
      top: mapTop + mapHeight,
      bottom: whyTop,
      dashed,
    })),
  };
}

/** @param {Attribution} attribution */
const utterancesOf = ({ from, to, calm }) => [
  ...calmMarks(calm),
  ...(from ? [from, to] : [to]).map((recording) => ({
    u: recording.analysis.score_axis,
    v: recording.analysis.other_axis,
    number: recording.number,
    current: recording === to,
  })),
];

/** @param {Svg} svg @returns {Promise<Blob>} */
export async function figurePng({ text, width, height }) {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width * PNG_SCALE, height * PNG_SCALE);
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    const size = { width: width * PNG_SCALE, height: Math.ceil(height) * PNG_SCALE };
    Object.assign(canvas, size);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.drawImage(image, 0, 0, size.width, size.height);
    return await pngOf(canvas);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
const pngOf = (canvas) =>
  new Promise((resolve, reject) => {
    const done = (/** @type {Blob|null} */ blob) =>
      blob ? resolve(blob) : reject(new Error('the picture is too large'));
    canvas.toBlob(done, 'image/png');
  });

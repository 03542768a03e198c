// The figure as a picture to keep: an SVG document drawn by the measuring part, and a PNG made from it.
/** @import {Caption, FigureSpec} from '../../pkg/undertone.js' */
/** @import {Attribution} from '../result/attribution.js' */
import { kind } from '../engine/map-axis.js';
import { currentAttribution } from '../result/attribution.js';
import { palette } from '../result/palette.js';
import { rowsToSave } from '../result/reasons.js';
import { scaleMarks } from '../result/scale.js';
import { t } from '../shell/i18n.js';
import { get } from '../shell/state.js';
import { labelsOf } from './figure-labels.js';
import { AXIS, SCALE, WIDTH, layoutOf, middleOf, x } from './figure-layout.js';

/** Pixels of a PNG per px of the layout. */
const PNG_SCALE = 2;
const BAR_PX = 15;
const MOST_DOTS = 800;

/** @returns {{text: string, width: number, height: number}|null} an SVG document of what the figure tells */
export function figureSvg() {
  const { engine, dotsBy } = get();
  const attribution = currentAttribution();
  const reasons = rowsToSave();
  if (!engine || !attribution || !reasons) return null;
  const { from, to, start, end } = attribution;
  const isScored = kind() === 'score';
  const isAlone = isScored && !from;
  const colours = palette();
  const layout = layoutOf(attribution, reasons.rows.length, engine.model.naturalHeight(AXIS));
  const { scaleTop, mapTop, mapHeight, whyTop, whyHeight, height } = layout;
  const mapEnd = mapTop + mapHeight;
  const lines = [
    { score: start, dashed: true },
    { score: end, dashed: false },
  ];
  const guides = isScored ? lines : [];
  const panel = { width: WIDTH, ratio: 1, axis: AXIS, palette: colours, guides };
  const scale = {
    ...panel,
    height: SCALE.height,
    y: SCALE.y,
    average: isAlone ? start : null,
    marks: isScored ? scaleMarks(attribution) : [],
  };
  const embedding = {
    ...panel,
    height: mapHeight,
    dotsBy,
    maxDots: MOST_DOTS,
    faded: Boolean(from),
    interval: isAlone ? to.analysis.interval : null,
    utterances: utterancesOf(attribution),
  };
  const contributions = {
    ...panel,
    height: whyHeight,
    start,
    end,
    startMark: /** @type {'recording'|'average'} */ (from ? 'recording' : 'average'),
    startY: middleOf(0),
    endY: middleOf(reasons.rows.length + 1),
    rows: reasons.rows.map(({ value }, i) => ({ top: middleOf(i + 1) - BAR_PX / 2, height: BAR_PX, value })),
  };
  /** @type {FigureSpec & Caption} */
  const spec = {
    width: WIDTH,
    height,
    palette: colours,
    title: layout.sentence,
    description: `${layout.lead} ${t('purpose')}`,
    labels: labelsOf(attribution, reasons, layout, colours, engine.info.hash),
    scale: { top: scaleTop, spec: scale },
    embedding: { top: mapTop, spec: embedding },
    contributions: { top: whyTop, spec: contributions },
    guides: guides.map(({ score, dashed }) => ({ x: x(score), top: mapEnd, bottom: whyTop, dashed })),
  };
  return { text: engine.wasm.chartSvg('figure', engine.model, spec), width: WIDTH, height };
}

/** @param {Attribution} attribution */
const utterancesOf = ({ from, to }) =>
  (from ? [from, to] : [to]).map((recording) => ({
    u: recording.analysis.score_axis,
    v: recording.analysis.other_axis,
    number: recording.number,
    current: recording === to,
  }));

/** @param {{text: string, width: number, height: number}} svg @returns {Promise<Blob>} */
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

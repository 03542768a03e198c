// The scale from calm to excited: its marks, the scores above it, and what it says to those who cannot see
// it.
/** @import {ScaleSpec} from '../../pkg/undertone.js' */
/** @import {Axis} from './axis.js' */
/** @import {Attribution, Scored} from './attribution.js' */
/** @import {Recording} from '../types.js' */
import { endWords, kind, markName } from '../engine/map-axis.js';
import { query, queryAll, queryAs } from '../shell/dom.js';
import { scoreText, t } from '../shell/i18n.js';
import { rangeText } from './message-texts.js';
import { get } from '../shell/state.js';
import { currentAttribution } from './attribution.js';
import { calmName, calmOf, calmTitle } from './calm.js';
import { between, surface } from './axis.js';

const BLEED_PX = 16;
/** Two scores stand at least this far apart, in CSS px. */
const APART_PX = 14;

/** The words of another model's axis: its name, its ends, its marks. */
export function nameAxis() {
  const what = kind();
  query('#heading-scale').textContent = t(what === 'score' ? 'heading.scale' : 'heading.axis');
  const [left = '', right = ''] = endWords(what);
  query('.end.calm').textContent = left;
  query('.end.excited').textContent = right;
  for (const end of queryAll('.scale .end')) end.hidden = !end.textContent;
  for (const tick of queryAll('.scale .tick')) tick.textContent = markName(Number(tick.dataset.score));
}

/**
 * What is marked on the scale: the interval and the disc of each recording.
 * @param {Pick<Attribution, 'from'|'to'>} attribution
 * @param {number} [share]  how far the voice has come from the average to its place
 */
export function scaleMarks({ from, to }, share = 1) {
  const { activation, baseline, interval, flags } = to.analysis;
  const own = {
    score: share < 1 ? between(baseline, activation, share) : activation,
    interval,
    style: /** @type {'unlike'|'current'} */ (flags.includes('unlike_reference') ? 'unlike' : 'current'),
    number: from ? to.number : null,
  };
  if (!from) return [own];
  const start = {
    score: from.analysis.activation,
    interval: from.analysis.interval,
    style: /** @type {const} */ ('start'),
    number: from.number,
  };
  return [start, own];
}

/**
 * @param {Axis} axis
 * @param {Recording|null} shown
 * @param {number} slide  how far a new score has come, 0–1
 */
export function draw(axis, shown, slide) {
  const { engine } = get();
  if (!engine) return;
  const drawing = query('#scale');
  const canvas = queryAs('#scale canvas', HTMLCanvasElement);
  const origin = drawing.getBoundingClientRect();
  const offset = origin.left - query('#panels').getBoundingClientRect().left;
  const y = query('#axis').getBoundingClientRect().top - origin.top;
  const put = (/** @type {HTMLElement} */ element, /** @type {number} */ x) =>
    element.style.setProperty('--x', String(x - offset));
  for (const tick of queryAll('#scale .tick')) put(tick, axis.x(Number(tick.dataset.score)));
  const place = () => ({ ...surface(canvas, axis, drawing.clientHeight, BLEED_PX), y });

  if (kind() !== 'score') return drawOwnAxis(canvas, place());
  const analysis = shown?.analysis;
  const attribution = currentAttribution();
  const start = attribution?.from?.analysis;
  const average = analysis?.baseline ?? engine.info.baseline;
  const label = query('#average');
  label.hidden = Boolean(start);
  // Of the average voice and the calm one, that is named which the score is compared with.
  const calm = attribution?.calm?.score ?? null;
  const named = calm ?? average;
  label.textContent = startLabel(calm, average);
  // The words stand on the side where the line through this voice does not fall.
  const isLower = Boolean(analysis && analysis.activation < named);
  label.className = `average ${isLower ? 'right' : 'left'}`;
  put(label, axis.held(named));
  const scores = /** @type {[HTMLElement, number|undefined, number][]} */ ([
    [query('#score'), analysis?.activation, slide],
    [query('#score-start'), start?.activation, 1],
  ]);
  placeScores(axis, scores, average, put);
  const marks = attribution ? scaleMarks(attribution, slide) : [];
  engine.wasm.drawScale(canvas, { ...place(), average: start ? null : average, calm, marks });
  describe(shown, average);
}

/** Another axis: its marks and nothing else. @param {HTMLCanvasElement} canvas @param {ScaleSpec} spec */
function drawOwnAxis(canvas, spec) {
  for (const id of ['#average', '#score', '#score-start']) query(id).hidden = true;
  get().engine?.wasm.drawScale(canvas, { ...spec, average: null, marks: [] });
  query('#scale-note').textContent = t('axis.note');
  query('#scale').setAttribute('aria-label', t('alt.axis', { lo: markName(1), hi: markName(5) }));
}

/**
 * The scores above the scale. Two that would touch stand aside, the calmer one to the left.
 * @param {Axis} axis
 * @param {[HTMLElement, number|undefined, number][]} labels  each with its score and how far that has come
 * @param {number} average
 * @param {(element: HTMLElement, x: number) => void} put
 */
function placeScores(axis, labels, average, put) {
  const seen = labels.flatMap(([element, activation, slide]) => {
    element.hidden = activation === undefined;
    if (activation === undefined) return [];
    element.textContent = shownScore(activation);
    const x = axis.held(between(average, activation, slide));
    return [{ element, activation, x, half: element.offsetWidth / 2 }];
  });
  const [a, b] = seen.sort((first, second) => first.activation - second.activation);
  if (b) {
    const push = Math.max(0, a.half + b.half + APART_PX - (b.x - a.x)) / 2;
    a.x -= push;
    b.x += push;
  }
  for (const { element, x, half } of seen) put(element, Math.min(axis.width - half, Math.max(half, x)));
}

/** A score; one beyond the scale points there. @param {number} score */
const shownScore = (score) => `${score < 1 ? '‹ ' : ''}${scoreText(score)}${score > 5 ? ' ›' : ''}`;

/** The scale in words. @param {Recording|null} shown @param {number} average */
function describe(shown, average) {
  const { from = null, to = null } = currentAttribution() ?? {};
  const text = from && to && shown?.analysis ? twoWords(from, to) : oneWords(shown, average);
  query('#scale-note').textContent = text.note;
  query('#scale').setAttribute('aria-label', text.alt);
}

/** @param {Scored} from @param {Scored} to */
function twoWords(from, to) {
  const { activation, interval } = from.analysis;
  const { activation: activation2, interval: interval2 } = to.analysis;
  const first = { a: from.number, s: scoreText(activation), range: rangeText(interval) };
  const second = { b: to.number, s2: scoreText(activation2), range2: rangeText(interval2) };
  return {
    note: t('compare.scaleNote', { a: from.number, b: to.number }),
    alt: t('alt.scaleTwo', { ...first, ...second }),
  };
}

/**
 * What is written beside the voice that a score is compared with.
 * @param {number|null} calm  the speaker's calm voice
 * @param {number} average
 */
export const startLabel = (calm, average) =>
  calm === null
    ? t('scale.average', { s: scoreText(average) })
    : t('own.scale', { voice: calmName(), s: scoreText(calm) });

/** @param {Recording|null} shown @param {number} average */
function oneWords(shown, average) {
  const note = t('scale.note');
  const avg = scoreText(average);
  if (!shown?.analysis) return { note, alt: t('alt.scaleEmpty', { avg }) };
  const { activation, interval } = shown.analysis;
  const alt = t('alt.scale', { s: scoreText(activation), range: rangeText(interval), avg });
  const calm = calmOf(shown);
  return {
    note,
    alt: calm ? `${alt} ${t('own.alt', { voice: calmTitle(), s: scoreText(calm.score) })}` : alt,
  };
}

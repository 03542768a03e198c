// One figure: scale, map and reasons share one horizontal axis in score units, and guide lines fall through
// them.
/** @import {Axis} from './axis.js' */
/** @import {Recording, State} from '../types.js' */
import { kind } from '../engine/map-axis.js';
import { onChange } from '../shell/canvas.js';
import { inFrames } from '../shell/frames.js';
import { query } from '../shell/dom.js';
import { currentSound, currentUtterance, get, watch } from '../shell/state.js';
import { currentAttribution } from './attribution.js';
import { between, measureAxis } from './axis.js';
import * as map from './map.js';
import * as reasons from './reasons.js';
import * as scale from './scale.js';

const SLIDE_MS = 500;
const BUILD_MS = 700;
/** Beneath the scale's line, in CSS px: there the dashed line begins, and the band of the interval. */
const LINE_TOP_PX = 8;
const BAND_TOP_PX = 13;
/** @type {(keyof State)[]} */
const SHOWN = ['engine', 'current', 'recordings', 'problem', 'page', 'ticked', 'acoustics', 'theme', 'calm'];
/** @type {(keyof State)[]} */
const CHOSEN = ['fromAverage', 'dotsBy', 'single', 'opened', 'sumBy', 'trueMap'];

export function start() {
  const ask = onChange(query('#panels'), draw);
  watch([...SHOWN, ...CHOSEN], ask);
  watch(['engine', 'acoustics'], () => {
    query('#panels').dataset.kind = kind();
    query('#panels').hidden = get().acoustics;
    scale.nameAxis();
  });
  document.fonts?.ready.then(ask);
  reasons.start();
  map.start(ask);
}

let drawnSlide = 0;
/** Drawings so far: the next step of a movement is left out where it was drawn anew meanwhile. */
let drawings = 0;

/** @param {boolean} [again] only to carry a movement on */
function draw(again = false) {
  const { engine, page } = get();
  if (!engine || page !== 'record' || !query('#panels').clientWidth) return;
  const sound = currentSound();
  const shown = sound?.analysis ? sound : null;
  const axis = measureAxis();
  const { slide, build } = entrance(shown);
  scale.draw(axis, shown, slide);
  // The map takes longest to draw: once its disc has arrived it stays as it is.
  if (!again || drawnSlide < 1) map.draw(axis, shown, slide);
  drawnSlide = slide;
  reasons.draw(axis, build);
  placeLines(axis, shown, slide);
  drawings += 1;
  const mine = drawings;
  if (slide < 1 || build < 1) inFrames(() => mine === drawings && draw(true));
}

/** Which recording came last, and when it came in. */
let newest = 0;
let came = -Infinity;

/**
 * How far a new score has come: the voice slides from the average to its place, the reasons build up row by
 * row.
 * @param {Recording|null} shown
 */
function entrance(shown) {
  if (!get().recordings.length) newest = 0;
  if (currentUtterance()) return { slide: 1, build: 1 };
  if (shown && shown.number > newest) {
    newest = shown.number;
    came = matchMedia('(prefers-reduced-motion: reduce)').matches ? -Infinity : performance.now();
  }
  const time = performance.now() - came;
  return { slide: 1 - (1 - Math.min(1, time / SLIDE_MS)) ** 3, build: Math.min(1, time / BUILD_MS) };
}

/**
 * The guide lines through average and voice, and the interval that falls from the scale into the map.
 * @param {Axis} axis
 * @param {Recording|null} shown
 * @param {number} slide
 */
function placeLines(axis, shown, slide) {
  for (const id of ['#guide-average', '#guide-voice', '#interval-band']) query(id).hidden = true;
  const { engine } = get();
  if (!engine || kind() !== 'score') return;
  const base = query('#panels').getBoundingClientRect().top;
  const top = query('#axis').getBoundingClientRect().top - base;
  const map = query('#map').getBoundingClientRect();
  const mapEnd = map.bottom - base;
  const why = reasons.ends();
  const average = currentAttribution()?.start ?? engine.info.baseline;
  placeLine('#guide-average', axis.held(average), top + LINE_TOP_PX, why ? why.start - base : mapEnd);
  const analysis = shown?.analysis;
  if (!analysis) return;
  const { baseline, activation, interval } = analysis;
  const score = query('#score').getBoundingClientRect().bottom - base;
  placeLine(
    '#guide-voice',
    axis.held(between(baseline, activation, slide)),
    score,
    why ? why.end - base : mapEnd,
  );
  const [left, right] = interval.map(axis.held);
  placeBand({ left, width: right - left, top: top + BAND_TOP_PX, height: mapEnd - top - BAND_TOP_PX });
}

/** @param {string} id @param {number} x @param {number} from @param {number} to */
function placeLine(id, x, from, to) {
  const line = query(id);
  line.hidden = false;
  line.style.setProperty('--x', String(Math.round(x * devicePixelRatio) / devicePixelRatio));
  line.style.setProperty('--top', String(from));
  line.style.setProperty('--height', String(to - from));
}

/** @param {Record<string, number>} place */
function placeBand(place) {
  const band = query('#interval-band');
  band.hidden = false;
  for (const [name, value] of Object.entries(place)) band.style.setProperty(`--${name}`, String(value));
}

// The map: where the voice lands among the reference voices, and what a dot is called.
/** @import {Axis} from './axis.js' */
/** @import {Cloud, Recording} from '../types.js' */
import { across, averageAcross, kind, ownNotes, scoreOf, upwards } from '../engine/map-axis.js';
import { query, queryAs, rich } from '../shell/dom.js';
import { number, spoken, t } from '../shell/i18n.js';
import { get, set, watch } from '../shell/state.js';
import { pair } from './attribution.js';
import { between, surface } from './axis.js';
import { emotionName } from './emotions.js';
import { fillLegend } from './legend.js';

/** How near a pointer must come to a dot, in CSS px. */
const REACH_PX = 16;
const BLEED_PX = 24;
/** What stands above the map on a desk, and the first reasons beneath it, in CSS px. */
const ROUND_IT_PX = 480;
/** @typedef {{x: number, y: number, words: () => string}} Point */
/** @type {Point[]} */
let points = [];
/** @type {number|null} */
let focused = null;

/** How densely the reference voices lie where this one lands. */
export const PLACES = /** @type {const} */ ({
  dense: 'alt.dense',
  sparse: 'alt.sparse',
  outside: 'alt.outside',
});

/**
 * The height of a map in CSS px, at which the whole cloud is seen where there is room for it.
 * @param {import('../types.js').Engine} engine
 * @param {{left: number, right: number}} axis
 * @param {number} [room]  what the window has for it, if that is more than is usual
 */
export const heightOf = ({ model }, { left, right }, room = 0) =>
  Math.round(Math.min(Math.max(420, room), Math.max(170, model.naturalHeight({ left, right }))));

/** @param {Axis} axis @param {Recording|null} shown @param {number} slide */
export function draw(axis, shown, slide) {
  const { engine, recordings, dotsBy, single, current: now } = get();
  if (!engine) return;
  const area = query('#map');
  const canvas = queryAs('#map canvas', HTMLCanvasElement);
  // All of the cloud, where the window is high enough to leave room for the first reasons beneath.
  area.style.setProperty('--map-height', String(heightOf(engine, axis, innerHeight - ROUND_IT_PX)));
  const place = surface(canvas, axis, area.clientHeight, axis.left < 20 ? axis.left + 10 : BLEED_PX);
  const two = pair();
  const utterances = (two ?? recordings).flatMap(({ analysis, number: n }) => {
    if (!analysis) return [];
    const share = n === now ? slide : 1;
    return [
      {
        u: between(averageAcross(analysis), analysis.score_axis, share),
        v: analysis.other_axis * share,
        number: n,
        current: n === now,
      },
    ];
  });
  const drawn = engine.wasm.drawEmbedding(canvas, engine.model, {
    ...place,
    dotsBy,
    hidden: [],
    single,
    faded: Boolean(two),
    maxDots: recordings.length || kind() !== 'score' ? (axis.width > 500 ? 800 : 400) : 0,
    utterances,
    interval: null,
  });
  const offset = canvas.offsetLeft;
  const { cloud } = engine;
  points = [
    ...(drawn?.dots ?? []).map((/** @type {{x: number, y: number, index: number}} */ { x, y, index }) => ({
      x: x + offset,
      y,
      words: () => dotWords(cloud, index, dotsBy),
    })),
    ...(drawn?.discs ?? []).map((/** @type {{x: number, y: number, number: number}} */ disc) => ({
      x: disc.x + offset,
      y: disc.y,
      words: () => discWords(disc.number),
    })),
  ];
  show(null);
  query('#map-text').textContent = describe(shown);
}

/** A speaker's number in its recording set. @param {Cloud} cloud @param {number} index */
const speakerName = (cloud, index) => cloud.speaker[index].replace(/^.*\//, '');

/** @param {Cloud} cloud @param {number} index @param {string} dotsBy */
function dotWords(cloud, index, dotsBy) {
  const s = number(cloud.score[index], 1);
  const isScored = kind() === 'score';
  if (dotsBy === 'none') return isScored ? t('map.dotPlain', { s }) : t('map.dotOnly');
  const { name, language } = cloud.corpora[cloud.corpus[index]];
  const filled = {
    emotion: emotionName(cloud.emotions[cloud.emotion[index]]),
    set: name,
    speaker: speakerName(cloud, index),
    language: spoken(language),
  };
  return isScored ? t('map.dot', { ...filled, s }) : t('map.dotNamed', filled);
}

/** @param {number} n */
function discWords(n) {
  const found = get().recordings.find((one) => one.number === n);
  const score = found ? scoreOf(found) : null;
  return score === null ? t('list.voice', { n }) : t('map.disc', { n, s: number(score, 1) });
}

/** The map in words. @param {Recording|null} shown */
function describe(shown) {
  const { engine, recordings } = get();
  const analysis = shown?.analysis;
  if (!shown || !analysis || !engine) return t('empty.map');
  if (kind() !== 'score') return describeOwn(shown.number, analysis);
  const two = pair();
  if (two)
    return t('alt.mapTwo', {
      a: two[0].number,
      s: number(two[0].analysis.activation, 1),
      b: two[1].number,
      s2: number(two[1].analysis.activation, 1),
    });
  const text = t('alt.map', {
    n: shown.number,
    s: number(analysis.activation, 1),
    v: number(Math.abs(analysis.other_axis), 1),
    side: t(analysis.other_axis < 0 ? 'alt.below' : 'alt.above'),
    place: t(PLACES[engine.model.densityClass(analysis.score_axis, analysis.other_axis)]),
  });
  const others = recordings.flatMap((one) =>
    one.analysis && one !== shown
      ? [t('alt.mapOther', { n: one.number, s: number(one.analysis.activation, 1) })]
      : [],
  );
  return others.length ? `${text} ${t('alt.mapOthers', { list: others.join(', ') })}` : text;
}

/**
 * Where recordings lie in a map that has no score.
 * @param {number} n
 * @param {import('../types.js').Analysis} analysis
 */
function describeOwn(n, analysis) {
  const { engine, recordings } = get();
  const shown = pair() ?? recordings;
  const at = (/** @type {{score_axis: number, other_axis: number}} */ one) => ({
    x: number(across(one.score_axis), 1),
    y: number(upwards(one.other_axis), 1),
  });
  const place = engine?.model.densityClass(analysis.score_axis, analysis.other_axis) ?? 'outside';
  const text = t('alt.mapOwn', { n, ...at(analysis), place: t(PLACES[place]) });
  const others = shown.flatMap((one) =>
    one.analysis && one.number !== n ? [t('alt.mapOtherOwn', { n: one.number, ...at(one.analysis) })] : [],
  );
  return others.length ? `${text} ${t('alt.mapOthers', { list: others.join('; ') })}` : text;
}

/** @param {number|null} index rings a point and names it */
function show(index) {
  focused = index;
  const ring = query('#ring');
  const tip = query('#tip');
  const point = index === null ? null : points[index];
  ring.hidden = tip.hidden = !point;
  if (!point) return;
  tip.textContent = point.words();
  const width = query('#map').clientWidth;
  for (const element of [ring, tip]) {
    element.style.setProperty('--x', String(point.x));
    element.style.setProperty('--y', String(point.y));
  }
  tip.style.setProperty('--lean', String(Math.min(1, Math.max(0, point.x / width))));
}

/** @param {number} x @param {number} y @param {number} reach @param {(point: Point) => boolean} [wanted] */
function nearest(x, y, reach, wanted = () => true) {
  let best = null;
  let least = reach;
  points.forEach((point, i) => {
    const distance = Math.hypot(point.x - x, point.y - y);
    // Discs lie on top of the dots and come later in the list.
    if (distance <= least && wanted(point)) [best, least] = [i, distance];
  });
  return /** @type {number|null} */ (best);
}

/** @param {KeyboardEvent} event */
function step(event) {
  const ways = /** @type {Record<string, (dx: number, dy: number) => boolean>} */ ({
    ArrowLeft: (dx, dy) => dx < 0 && Math.abs(dy) <= -dx,
    ArrowRight: (dx, dy) => dx > 0 && Math.abs(dy) <= dx,
    ArrowUp: (dx, dy) => dy < 0 && Math.abs(dx) <= -dy,
    ArrowDown: (dx, dy) => dy > 0 && Math.abs(dx) <= dy,
  });
  const way = Object.hasOwn(ways, event.key) ? ways[event.key] : null;
  if (!points.length) return;
  if (event.key === 'Home' || (way && focused === null)) show(points.length - 1);
  else if (event.key === 'Escape' && focused !== null) show(null);
  else if (way && focused !== null) {
    const from = points[focused];
    const next = nearest(
      from.x,
      from.y,
      Infinity,
      (point) => point !== from && way(point.x - from.x, point.y - from.y),
    );
    if (next !== null) show(next);
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {() => void} redraw */
export function start(redraw) {
  const area = query('#map');
  const point = (/** @type {PointerEvent} */ event) => {
    const box = area.getBoundingClientRect();
    show(nearest(event.clientX - box.left, event.clientY - box.top, REACH_PX));
  };
  area.addEventListener('pointermove', point);
  area.addEventListener('pointerdown', point);
  area.addEventListener('pointerleave', ({ pointerType }) => pointerType === 'mouse' && show(null));
  area.addEventListener('keydown', step);
  area.addEventListener('blur', () => show(null));
  window.addEventListener('resize', redraw);
  const by = queryAs('#dots-by', HTMLSelectElement);
  by.addEventListener('change', () =>
    set({ dotsBy: /** @type {'emotion'|'corpus'|'none'} */ (by.value), single: null }),
  );
  watch(['engine', 'dotsBy', 'single', 'recordings', 'current', 'ticked'], () => {
    const { recordings } = get();
    const two = pair();
    query('#heading-map').textContent = t(two ? 'heading.mapTwo' : 'heading.map');
    const what = kind();
    if (what !== 'score') rich(query('#map-note'), `${t('map.noteDots')} ${ownNotes().map}`);
    else if (two) rich(query('#map-note'), t('compare.mapNote', { a: two[0].number, b: two[1].number }));
    else rich(query('#map-note'), t(recordings.length ? 'map.note' : 'empty.map'));
    // A model that was asked for in the address can be changed before there is a recording.
    query('#legend-part').hidden = !recordings.length && what === 'score';
    fillLegend();
    redraw();
  });
}

/** What the table of the figure shows. */
export function rows() {
  const { engine, recordings } = get();
  if (!engine) return [];
  const { cloud } = engine;
  const own = recordings.flatMap(({ analysis, number: n }) =>
    analysis
      ? [
          [
            t('list.voice', { n }),
            number(across(analysis.score_axis), 2),
            number(upwards(analysis.other_axis), 2),
            '',
            '',
            '',
          ],
        ]
      : [],
  );
  const dots = Array.from(cloud.score, (s, i) => [
    t('map.reference', { n: i + 1 }),
    number(across(s), 2),
    number(upwards(cloud.other[i]), 2),
    emotionName(cloud.emotions[cloud.emotion[i]]),
    cloud.corpora[cloud.corpus[i]].name,
    speakerName(cloud, i),
  ]);
  return [...own, ...dots];
}

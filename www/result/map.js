// The map: where the voice lands among the reference voices, and what a dot is called.
/** @import {Axis} from './axis.js' */
/** @import {Cloud, Course, Recording, State} from '../types.js' */
/** @import {CalmVoice} from './calm.js' */
import { across, averageAcross, kind, ownNotes, scoreOf, upwards } from '../engine/map-axis.js';
import { query, queryAs, rich } from '../shell/dom.js';
import { number, scoreText, spoken, t } from '../shell/i18n.js';
import { recall, remember } from '../shell/preferences.js';
import { currentCourse, currentSound, currentUtterance, get, set, watch } from '../shell/state.js';
import { pair } from './attribution.js';
import { calmOf } from './calm.js';
import { between, surface } from './axis.js';
import { emotionName } from './emotions.js';
import { fillLegend } from './legend.js';

/** So many of the newest recordings have their numbers in the map. */
const NUMBERED = 5;
/** How near a pointer must come to a dot, in CSS px. */
const REACH_PX = 16;
const BLEED_PX = 24;
/** The height of the map by the window's width, in CSS px; the widest first. */
const HEIGHTS = [
  { width: 1100, least: 236, round: 614 },
  { width: 600, least: 300, round: 724 },
  { width: 0, least: 250, round: Infinity },
];
/** The height of a map in the lesson, in CSS px. */
const LESSON_PX = 420;
/** A map at least so high that its marks can be told apart, in CSS px. */
const LEAST_PX = 170;
/** @typedef {{x: number, y: number, recording?: number, words: () => string}} Point */
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
 * The height of a map in CSS px: as high as it is wide if there is room for that, else what there is. It is drawn flatter
 * then, never cut.
 * @param {import('../types.js').Engine} engine
 * @param {{left: number, right: number}} axis
 * @param {number} [room]
 * @param {number[]} [others]  where recordings lie upwards
 */
export const heightOf = ({ model }, { left, right }, room = LESSON_PX, others = []) =>
  Math.round(
    Math.min(room, Math.max(LEAST_PX, model.naturalHeight({ left, right }, Float64Array.from(others)))),
  );

/** What the window has for the map, with the scale above it and the first reasons beneath. */
function room() {
  if (get().trueMap) return Infinity;
  const { least, round } = HEIGHTS.find(({ width }) => innerWidth >= width) ?? HEIGHTS[HEIGHTS.length - 1];
  return Math.max(least, innerHeight - round);
}

/** @param {Axis} axis @param {Recording|null} shown @param {number} slide @param {boolean} [again]  of its own accord */
export function draw(axis, shown, slide, again = false) {
  const { engine, recordings: all, dotsBy, single } = get();
  if (!engine) return;
  const area = query('#map');
  const canvas = queryAs('#map canvas', HTMLCanvasElement);
  const two = pair();
  const course = two ? null : currentCourse();
  const recordings = course?.utterances ?? all;
  const now = course ? course.chosen : get().current;
  const sound = two ? null : currentSound();
  const calm = sound && calmOf(sound);
  const others = [
    ...(two ?? recordings).flatMap(({ analysis }) => (analysis ? [analysis.other_axis] : [])),
    ...(calm?.lines ?? []).map(({ other_axis }) => other_axis),
  ];
  area.style.setProperty('--map-height', String(heightOf(engine, axis, room(), others)));
  const height = area.clientHeight;
  const place = surface(canvas, axis, height, axis.left < 20 ? axis.left + 10 : BLEED_PX);
  const placed = (two ?? recordings).filter((one) => one.analysis);
  const numbered = course ? numberedOf(course) : [];
  const utterances = placed.flatMap(({ analysis, number: n }, i) => {
    if (!analysis) return [];
    const share = n === now ? slide : 1;
    return [
      {
        u: between(averageAcross(analysis), analysis.score_axis, share),
        v: analysis.other_axis * share,
        number: n,
        current: n === now,
        small: (course ? !numbered.includes(n) : i < placed.length - NUMBERED) && n !== now,
      },
    ];
  });
  const drawn = engine.wasm.drawEmbedding(canvas, engine.model, {
    ...place,
    // Shapes and colours mean the voices of the course alone.
    dotsBy: course ? 'none' : dotsBy,
    hidden: [],
    single,
    faded: Boolean(two),
    maxDots: course
      ? 0
      : recordings.length || kind() !== 'score'
        ? get().trueMap && axis.width > 500
          ? 800
          : 400
        : 0,
    utterances: [...calmMarks(calm), ...utterances],
    interval: null,
  });
  sayProportions(drawn?.flatness ?? 1);
  // The words stand beside the map, which is at least as high as they are.
  if (area.clientHeight !== height && !again) return draw(axis, shown, slide, true);
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
      recording: disc.number,
      words: () => discWords(disc.number),
    })),
  ];
  show(null);
  query('#map-text').textContent = describe(shown);
}

/** The lines of the calm voice in the map. @param {CalmVoice|null|undefined} calm */
export const calmMarks = (calm) =>
  (calm?.lines ?? []).map(({ score_axis: u, other_axis: v }) => ({ u, v, number: 0, calm: true }));
/** Numbers of the utterances whose numbers the map shows, by the part that knows. @type {(course: Course) => number[]} */
let numberedOf = () => [];

/** @param {typeof numberedOf} by */
export function onCourse(by) {
  numberedOf = by;
}

/** Says that the map is drawn flatter, and offers its true proportions. @param {number} flatness */
function sayProportions(flatness) {
  const isFlat = flatness < 0.99;
  // Of these the note beside it says already what up and down is.
  const isSaid = kind() === 'free' || Boolean(pair()) || !get().recordings.length;
  const said = isSaid ? '' : t('map.upDown');
  query('#map-flat').textContent = isFlat ? t(isSaid ? 'map.flatOnly' : 'map.flat') : said;
  const way = query('#proportions');
  way.hidden = !isFlat && !get().trueMap;
  way.textContent = t(get().trueMap ? 'map.flatter' : 'map.true');
}

/** A speaker's number in its recording set. @param {Cloud} cloud @param {number} index */
const speakerName = (cloud, index) => cloud.speaker[index].replace(/^.*\//, '');

/** @param {Cloud} cloud @param {number} index @param {string} dotsBy */
function dotWords(cloud, index, dotsBy) {
  const s = scoreText(cloud.score[index]);
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
  const utterance = pair() ? null : currentCourse()?.utterances.find((one) => one.number === n);
  if (utterance?.analysis) return t('course.mapDisc', { n, s: scoreText(utterance.analysis.activation) });
  const found = get().recordings.find((one) => one.number === n);
  const score = found ? scoreOf(found) : null;
  return score === null ? t('list.voice', { n }) : t('map.disc', { n, s: scoreText(score) });
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
      s: scoreText(two[0].analysis.activation),
      b: two[1].number,
      s2: scoreText(two[1].analysis.activation),
    });
  const text = t(currentUtterance() ? 'course.altMap' : 'alt.map', {
    n: shown.number,
    s: scoreText(analysis.activation),
    v: number(Math.abs(analysis.other_axis), 1),
    side: t(analysis.other_axis < 0 ? 'alt.below' : 'alt.above'),
    place: t(PLACES[engine.model.densityClass(analysis.score_axis, analysis.other_axis)]),
  });
  const listed = currentUtterance() ? [] : recordings;
  const others = listed.flatMap((one) =>
    one.analysis && one !== shown
      ? [t('alt.mapOther', { n: one.number, s: scoreText(one.analysis.activation) })]
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

/** Rings a recording's place and names it, or none. @param {number|null} recording */
export function point(recording) {
  const index = points.findIndex((one) => one.recording !== undefined && one.recording === recording);
  show(index < 0 ? null : index);
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

/** What the words of the map depend on. @type {(keyof State)[]} */
const CHANGES = [
  'engine',
  'problem',
  'dotsBy',
  'single',
  'recordings',
  'current',
  'ticked',
  'trueMap',
  'calm',
  'fromAverage',
];

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
  set({ trueMap: recall('map') === 'true' });
  query('#proportions').addEventListener('click', () => {
    const trueMap = !get().trueMap;
    remember('map', trueMap ? 'true' : 'flat');
    set({ trueMap });
  });
  watch(CHANGES, () => {
    const { recordings, problem } = get();
    const two = pair();
    const course = two ? null : currentCourse();
    query('#heading-map').textContent = t(two ? 'heading.mapTwo' : 'heading.map');
    const what = kind();
    if (what !== 'score') rich(query('#map-note'), `${t('map.noteDots')} ${ownNotes().map}`);
    else if (two) rich(query('#map-note'), t('compare.mapNote', { a: two[0].number, b: two[1].number }));
    else if (course) rich(query('#map-note'), t('course.mapNote', { n: course.chosen ?? 1 }));
    else rich(query('#map-note'), t(recordings.length ? 'map.note' : 'empty.map'));
    const sound = two ? null : currentSound();
    const calm = sound && calmOf(sound);
    query('#map-calm').textContent = calm
      ? t('own.lines', { n: calm.lines.length, s: scoreText(calm.score) })
      : '';
    query('#map-older').hidden =
      Boolean(two) || Boolean(course) || recordings.filter((one) => one.analysis).length <= NUMBERED;
    // In a low window the choice of the dots says it.
    query('#map-note').classList.toggle(
      'dots-note',
      what === 'score' && !two && !course && recordings.length > 0,
    );
    // A model that was asked for in the address can be changed before there is a recording, and one that does not fit.
    query('#legend-part').hidden = !recordings.length && what === 'score' && problem?.kind !== 'model';
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

// One figure: scale, map and reasons share one horizontal axis in score units, and plumb lines fall through them.
/** @import {Axis} from './axis.js' */
/** @import {Recording} from '../types.js' */
import { between, measureAxis, surface } from './axis.js';
import { endWords, kind, markName } from '../engine/map-axis.js';
import { all, one, typed } from '../shell/dom.js';
import { number, t } from '../shell/i18n.js';
import * as map from './map.js';
import { onChange } from '../shell/canvas.js';
import * as reasons from './reasons.js';
import { current, get, watch } from '../shell/state.js';
import { story } from './attribution.js';

const SLIDE_MS = 500;
const BUILD_MS = 700;

export function start() {
  const ask = onChange(one('#staves'), draw);
  watch(
    [
      'engine',
      'current',
      'recordings',
      'theme',
      'dotsBy',
      'single',
      'problem',
      'page',
      'ticked',
      'opened',
      'sumBy',
      'acoustics',
    ],
    ask,
  );
  watch(['engine', 'acoustics'], dress);
  document.fonts?.ready.then(ask);
  reasons.start();
  map.start(ask);
}

/** The figure of another model has its own axis, no score and no plumb lines; acoustics only has no figure. */
function dress() {
  const what = kind();
  one('#staves').dataset.kind = what;
  one('#staves').hidden = get().acoustics;
  one('#heading-scale').textContent = t(what === 'score' ? 'heading.scale' : 'heading.axis');
  const [left = '', right = ''] = endWords(what);
  one('.end.calm').textContent = left;
  one('.end.excited').textContent = right;
  for (const end of all('.scale .end')) end.hidden = !end.textContent;
  for (const tick of all('.scale .tick')) tick.textContent = markName(Number(tick.dataset.score));
}

let drawnSlide = 0;
/** The next step of the movement, if one is under way. */
let next = 0;

/** @param {boolean} [again] only to carry a movement on */
function draw(again = false) {
  const { engine, page } = get();
  if (!engine || page !== 'record' || !one('#staves').clientWidth) return;
  const shown = current()?.analysis ? current() : null;
  const axis = measureAxis();
  const { slide, build } = entrance(shown);
  scale(axis, shown, slide);
  // The map is the dearest of the three: once its disc has arrived it stays as it is.
  if (!again || drawnSlide < 1) map.draw(axis, shown, slide);
  drawnSlide = slide;
  reasons.draw(axis, build);
  lines(axis, shown, slide);
  cancelAnimationFrame(next);
  if (slide < 1 || build < 1) next = requestAnimationFrame(() => draw(true));
}

/** Which recording came last, and when it came in. */
let newest = 0;
let came = -Infinity;

/** How far a new score has come: the voice slides from the average to its place, the reasons build up row by row. @param {Recording|null} shown */
function entrance(shown) {
  if (!get().recordings.length) newest = 0;
  if (shown && shown.number > newest) {
    newest = shown.number;
    came = matchMedia('(prefers-reduced-motion: reduce)').matches ? -Infinity : performance.now();
  }
  const time = performance.now() - came;
  return { slide: 1 - (1 - Math.min(1, time / SLIDE_MS)) ** 3, build: Math.min(1, time / BUILD_MS) };
}

/** @param {Axis} axis @param {Recording|null} shown @param {number} slide */
function scale(axis, shown, slide) {
  const { engine } = get();
  const analysis = shown?.analysis;
  if (!engine) return;
  const first = story()?.from?.analysis;
  const average = analysis?.baseline ?? engine.info.baseline;
  const drawing = one('#scale');
  const canvas = typed('#scale canvas', HTMLCanvasElement);
  const origin = drawing.getBoundingClientRect();
  const offset = origin.left - one('#staves').getBoundingClientRect().left;
  const y = one('#axis').getBoundingClientRect().top - origin.top;
  const put = (/** @type {HTMLElement} */ element, /** @type {number} */ x) =>
    element.style.setProperty('--x', String(x - offset));
  for (const tick of drawing.querySelectorAll('.tick'))
    put(/** @type {HTMLElement} */ (tick), axis.x(Number(tick.getAttribute('data-score'))));

  if (kind() !== 'score') return ownAxis(canvas, { ...surface(canvas, axis, drawing.clientHeight, 16), y });
  const label = one('#average');
  label.hidden = Boolean(first);
  label.textContent = t('scale.average', { s: number(average, 1) });
  // The words stand on the side where the plumb line does not fall.
  const right = Boolean(analysis && analysis.activation < average);
  label.className = `average ${right ? 'right' : 'left'}`;
  put(label, axis.held(average));

  scores(
    axis,
    [
      [one('#score'), analysis?.activation, slide],
      [one('#score-start'), first?.activation, 1],
    ],
    average,
    put,
  );
  const style = analysis?.flags.includes('unlike_reference')
    ? /** @type {const} */ ('unlike')
    : /** @type {const} */ ('current');
  const marks = scaleMarks(slide, average, style);
  engine.wasm.drawScale(canvas, {
    ...surface(canvas, axis, drawing.clientHeight, 16),
    y,
    average: first ? null : average,
    marks,
  });
  const two = story();
  if (analysis && first && two?.from) {
    one('#scale-note').textContent = t('compare.scaleNote', { a: two.from.number, b: two.to.number });
    drawing.setAttribute(
      'aria-label',
      t('alt.scaleTwo', {
        a: two.from.number,
        s: number(first.activation, 1),
        lo: number(first.interval[0], 1),
        hi: number(first.interval[1], 1),
        b: two.to.number,
        s2: number(analysis.activation, 1),
        lo2: number(analysis.interval[0], 1),
        hi2: number(analysis.interval[1], 1),
      }),
    );
    return;
  }
  one('#scale-note').textContent = t('scale.note');
  drawing.setAttribute(
    'aria-label',
    analysis
      ? t('alt.scale', {
          s: number(analysis.activation, 1),
          lo: number(analysis.interval[0], 1),
          hi: number(analysis.interval[1], 1),
          avg: number(average, 1),
        })
      : t('alt.scaleEmpty', { avg: number(average, 1) }),
  );
}

/** The map's own axis: its marks and nothing else. @param {HTMLCanvasElement} canvas @param {import('../../pkg/undertone.js').ScaleSpec} spec */
function ownAxis(canvas, spec) {
  for (const id of ['#average', '#score', '#score-start']) one(id).hidden = true;
  get().engine?.wasm.drawScale(canvas, { ...spec, average: null, marks: [] });
  one('#scale-note').textContent = t('axis.note');
  one('#scale').setAttribute('aria-label', t('alt.axis', { lo: markName(1), hi: markName(5) }));
}

/** The ranges and discs on the scale. @param {number} slide @param {number} average @param {'current'|'unlike'} style */
function scaleMarks(slide, average, style) {
  const told = story();
  if (!told) return [];
  const { from, to } = told;
  const own = {
    score: between(average, to.analysis.activation, slide),
    interval: to.analysis.interval,
    style,
    number: from ? to.number : null,
  };
  return from
    ? [
        {
          score: from.analysis.activation,
          interval: from.analysis.interval,
          style: /** @type {const} */ ('start'),
          number: from.number,
        },
        own,
      ]
    : [own];
}

/**
 * The scores above the scale. Two that would touch stand aside, the calmer one to the left.
 * @param {Axis} axis
 * @param {[HTMLElement, number|undefined, number][]} labels
 * @param {number} average
 * @param {(element: HTMLElement, x: number) => void} put
 */
function scores(axis, labels, average, put) {
  const seen = labels
    .flatMap(([element, activation, slide]) => {
      element.hidden = activation === undefined;
      if (activation === undefined) return [];
      element.textContent = `${activation < 1 ? '‹ ' : ''}${number(activation, 1)}${activation > 5 ? ' ›' : ''}`;
      return [
        {
          element,
          activation,
          x: axis.held(between(average, activation, slide)),
          half: element.offsetWidth / 2,
        },
      ];
    })
    .sort((a, b) => a.activation - b.activation);
  const [a, b] = seen;
  if (b) {
    const push = Math.max(0, a.half + b.half + 14 - (b.x - a.x)) / 2;
    a.x -= push;
    b.x += push;
  }
  for (const { element, x, half } of seen) put(element, Math.min(axis.width - half, Math.max(half, x)));
}

/** The plumb lines, and the range that falls from the scale into the map. @param {Axis} axis @param {Recording|null} shown @param {number} slide */
function lines(axis, shown, slide) {
  const { engine } = get();
  const analysis = shown?.analysis;
  const base = one('#staves').getBoundingClientRect().top;
  const top = one('#axis').getBoundingClientRect().top - base;
  const mapArea = one('#map').getBoundingClientRect();
  const why = reasons.ends();
  const place = (
    /** @type {string} */ id,
    /** @type {number} */ score,
    /** @type {number} */ from,
    /** @type {number} */ to,
  ) => {
    const line = one(id);
    line.hidden = false;
    line.style.setProperty('--x', String(Math.round(axis.held(score) * devicePixelRatio) / devicePixelRatio));
    line.style.setProperty('--top', String(from));
    line.style.setProperty('--height', String(to - from));
  };
  const mapEnd = mapArea.bottom - base;
  // Where the legend stands between map and reasons, the lines end with the map.
  const through = one('#legend-part').getBoundingClientRect().top < mapArea.bottom - 1 && why;
  const told = story();
  for (const id of ['#plumb-mean', '#plumb-this', '#wash']) one(id).hidden = true;
  if (kind() !== 'score') return;
  if (engine)
    place('#plumb-mean', told?.start ?? engine.info.baseline, top + 8, through ? why.start - base : mapEnd);
  one('#wash').hidden = !analysis;
  const score = one('#score').getBoundingClientRect();
  if (!analysis) return;
  place(
    '#plumb-this',
    between(analysis.baseline, analysis.activation, slide),
    score.bottom - base,
    through ? why.end - base : mapEnd,
  );
  const [low, high] = analysis.interval;
  const wash = one('#wash');
  const [left, right] = [axis.held(low), axis.held(high)];
  for (const [name, value] of [
    ['left', left],
    ['width', right - left],
    ['top', top + 13],
    ['height', mapEnd - top - 13],
  ])
    wash.style.setProperty(`--${name}`, String(value));
}

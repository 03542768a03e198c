// Sessions over days: each one's recordings against its own calm voice, in equal steps. A picture, without a trend and
// without a verdict across sessions.
/** @import {Analysis, Recording} from '../types.js' */
import { scoredOf } from '../conversation/utterances.js';
import { calmFor, heard, sessionOf } from '../result/calm.js';
import { orderOf } from '../result/message-texts.js';
import { button, make, query, rich } from '../shell/dom.js';
import { dayOf, number, t } from '../shell/i18n.js';
import { voiceName } from '../shell/names.js';
import { get, watch } from '../shell/state.js';

/** So many sessions stand in the window, on a desk and on a phone. */
const MOST = { wide: 12, narrow: 5 };
/** The figure in CSS px. */
const SIZE = { height: 380, left: 108, phone: 44, top: 12, foot: 52, right: 12 };
/** The least that is shown of the axis, and the band in which nothing is told apart, in score units. */
const [LOW, HIGH, NEAR] = [-1, 2, 0.3];
/** Half of what a session's marks spread over, as a share of a step. */
const SPREAD = 0.26;

/**
 * Recordings of one voice against its calm voice: a recording is one point, a conversation one for each voice that was named, at the
 * mean of its utterances.
 * @typedef {object} Against
 * @property {string} voice         its name; empty where one person speaks
 * @property {number} calm          score of the calm voice
 * @property {Analysis[]} lines     of which it is the mean
 * @property {{recording: number, difference: number}[]} points
 * @property {Analysis[]} analyses  of the recordings and utterances
 */
/** @typedef {{when: Date, count: number, against: Against[], isCurrent: boolean}} Session */

/** What each voice said in a recording. @param {Recording} recording @returns {Map<string, Analysis[]>} */
function voicesOf({ course, analysis }) {
  /** @type {Map<string, Analysis[]>} */
  const found = new Map();
  if (!course || course.asOne) return analysis ? found.set('', [analysis]) : found;
  for (const { utterance } of scoredOf(course.utterances)) {
    const name = voiceName(course, utterance.voice);
    if (name && utterance.analysis) found.set(name, [...(found.get(name) ?? []), utterance.analysis]);
  }
  return found;
}

/** All sessions with scores, the oldest first. @returns {Session[]} */
export function sessions() {
  /** @type {Map<string, Recording[]>} */
  const found = new Map();
  for (const recording of get().recordings) {
    const { analysis, course } = recording;
    if (!analysis && !(course && scoredOf(course.utterances).length)) continue;
    const key = sessionOf(recording);
    found.set(key, [...(found.get(key) ?? []), recording]);
  }
  return [...found.values()]
    .map((recordings) => ({
      when: recordings[0].when,
      count: recordings.length,
      against: againstOf(recordings),
      isCurrent: recordings.some((one) => one.number === get().current),
    }))
    .sort((a, b) => a.when.getTime() - b.when.getTime());
}

/** @param {Recording[]} recordings  of one session */
function againstOf(recordings) {
  /** @type {Map<string, Against>} */
  const found = new Map();
  for (const recording of recordings)
    for (const [voice, analyses] of voicesOf(recording)) {
      const calm = heard(calmFor(recording, voice));
      if (!calm) continue;
      const one = found.get(voice) ?? {
        voice,
        calm: calm.score,
        lines: calm.lines,
        points: [],
        analyses: [],
      };
      const difference = mean(analyses.map(({ activation }) => activation)) - one.calm;
      one.points.push({ recording: recording.number, difference });
      one.analyses.push(...analyses);
      found.set(voice, one);
    }
  return [...found.values()];
}

/** Whether there is something to see over time. */
export function areSeveral() {
  const all = sessions();
  return all.length > 1 && all.some(({ against }) => against.length);
}

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {Session} session */
const pointsOf = ({ against }) => against.flatMap(({ points }) => points);

/** @param {Session} session */
const meanOf = (session) => mean(pointsOf(session).map(({ difference }) => difference));

const NS = 'http://www.w3.org/2000/svg';

/** @param {string} name @param {Record<string, string|number>} attributes @param {...(Node|string)} children */
function svg(name, attributes, ...children) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** @param {number} x @param {number} y @param {number} reach */
const triangle = (x, y, reach) =>
  svg('path', { class: 'hollow', d: `M${x} ${y - reach}l${reach} ${1.8 * reach}h${-2 * reach}z` });

/** A text in two lines of much the same length. @param {string} text */
function halves(text) {
  const words = text.split(' ');
  const half = Math.ceil(words.length / 2);
  return [words.slice(0, half), words.slice(half)].map((line) => line.join(' ')).filter(Boolean);
}

/** @type {HTMLDialogElement|null} */
let dialog = null;
/** Which session stands first in the window; the newest are shown at first. */
let first = Infinity;

/**
 * The window's sessions as a drawing.
 * @param {Session[]} shown
 * @param {number} width
 */
function figure(shown, width) {
  const isPhone = width < 600;
  const left = isPhone ? SIZE.phone : SIZE.left;
  const all = shown.flatMap(pointsOf).map(({ difference }) => difference);
  const low = Math.min(LOW, Math.floor(Math.min(...all)));
  const high = Math.max(HIGH, Math.ceil(Math.max(...all)));
  const [top, bottom, right] = [SIZE.top, SIZE.height - SIZE.foot, width - SIZE.right];
  const y = (/** @type {number} */ value) => top + ((high - value) / (high - low)) * (bottom - top);
  const step = (right - left) / shown.length;
  const x = (/** @type {number} */ i, share = 0) => left + (i + 0.5 + share) * step;
  /** Side by side within their session. @param {number} k @param {number} of */
  const aside = (k, of) => (of > 1 ? SPREAD * ((2 * k) / (of - 1) - 1) : 0);
  const { current } = get();
  /** @type {Node[]} */
  const parts = [
    svg('rect', { class: 'near', x: left, y: y(NEAR), width: right - left, height: y(-NEAR) - y(NEAR) }),
  ];
  for (let mark = low; mark <= high; mark += 1)
    parts.push(
      svg('path', { class: mark ? 'grid' : 'zero', d: `M${left} ${y(mark)}H${right}` }),
      svg('text', { x: left - 12, y: y(mark) + 5, 'text-anchor': 'end' }, number(mark, 0, mark !== 0)),
    );
  parts.push(svg('path', { class: 'axis', d: `M${left} ${top}V${bottom}` }));
  const ends = /** @type {const} */ ([
    [high - 0.35, 'over.more'],
    [low + 0.35, 'over.less'],
  ]);
  for (const [value, key] of ends) {
    const at = isPhone ? left + 8 : left - 44;
    const lines = isPhone ? [t(key)] : halves(t(key));
    const words = lines.map((line, k) =>
      svg('tspan', { x: at, y: y(value) + (isPhone ? -24 : 20 * k) }, line),
    );
    parts.push(svg('text', { class: 'end', 'text-anchor': isPhone ? 'start' : 'end' }, ...words));
  }
  /** @type {number[]|null} where the last session's mean ended */
  let before = null;
  shown.forEach((session, i) => {
    const { when, count: n, against, isCurrent } = session;
    if (isCurrent)
      parts.unshift(
        svg('rect', { class: 'wash', x: x(i, -0.45), y: top, width: 0.9 * step, height: bottom - top }),
      );
    const below = (/** @type {string} */ text, /** @type {number} */ dy, look = '') =>
      parts.push(svg('text', { class: look, x: x(i), y: bottom + dy, 'text-anchor': 'middle' }, text));
    below(dayOf(when, 'short'), 24, isCurrent ? 'day now' : 'day');
    if (!isPhone)
      below(!against.length ? t('over.none') : n === 1 ? t('over.countOne') : t('over.count', { n }), 44);
    if (!against.length) {
      parts.push(
        svg('rect', {
          class: 'none',
          fill: 'url(#over-hatch)',
          x: x(i, -0.2),
          y: y(0) - 8,
          width: 0.4 * step,
          height: 16,
        }),
      );
      before = null;
      return;
    }
    const [from, to, level] = [x(i, -0.18), x(i, 0.18), y(meanOf(session))];
    if (before) parts.push(svg('path', { class: 'join', d: `M${before[0]} ${before[1]}L${from} ${level}` }));
    before = [to, level];
    const lines = against.flatMap(({ lines: read, calm }) => read.map(({ activation }) => activation - calm));
    lines.forEach((difference, k) => parts.push(triangle(x(i, aside(k, lines.length)), y(difference), 5)));
    const points = pointsOf(session);
    points.forEach(({ recording, difference }, k) =>
      parts.push(
        svg('circle', {
          class: recording === current ? 'solid' : 'hollow',
          cx: x(i, aside(k, points.length)),
          cy: y(difference),
          r: 5.5,
        }),
      ),
    );
    parts.push(svg('path', { class: 'mean', d: `M${from} ${level}H${to}` }));
  });
  const pattern = svg(
    'pattern',
    { id: 'over-hatch', width: 5, height: 5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('path', { class: 'hatch', d: 'M0 0V5' }),
  );
  return svg(
    'svg',
    {
      viewBox: `0 0 ${width} ${SIZE.height}`,
      height: SIZE.height,
      role: 'img',
      'aria-label': `${t('over')}. ${t('over.title', { n: shown.length })}`,
    },
    svg('defs', {}, pattern),
    ...parts,
  );
}

/** What is said of a session, of each voice by itself. @param {Session} session */
function said({ when, against }) {
  const lines = against.map(({ voice, calm, lines: read, points, analyses }) => {
    const far = mean(points.map(({ difference }) => difference));
    const { d, way, sure } = orderOf([calm, calm + far], [...read, ...analyses]);
    const words =
      way === 'same'
        ? t('over.same', { d })
        : `${t(way === 'more' ? 'over.above' : 'over.below', { d })} ${sure}`;
    const text = make('p');
    rich(text, voice ? t('over.ofVoice', { v: voice, words }) : words);
    return text;
  });
  if (!lines.length) lines.push(make('p', { class: 'note' }, t('over.nothing')));
  return make('section', {}, make('h2', {}, dayOf(when, 'long')), ...lines);
}

/** A mark and what it stands for. @param {Node} mark @param {string} text */
const key = (mark, text) =>
  make(
    'span',
    { class: 'over-key' },
    svg('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, mark),
    text,
  );

function show() {
  if (!dialog?.open) return;
  const all = sessions();
  const most = innerWidth < 600 ? MOST.narrow : MOST.wide;
  const last = Math.max(0, all.length - most);
  first = Math.min(first, last);
  const shown = all.slice(first, first + most);
  const title = make('h1', { id: 'over-title', tabindex: '-1' }, t('over.title', { n: all.length }));
  const area = make('div', { class: 'over-figure' });
  const slider = make('input', {
    type: 'range',
    min: '0',
    max: String(last),
    'aria-label': t('over.window'),
  });
  slider.value = String(first);
  slider.addEventListener('input', () => {
    first = Number(slider.value);
    show();
    /** @type {HTMLElement|null} */ (dialog?.querySelector('input'))?.focus();
  });
  dialog.replaceChildren(
    make(
      'p',
      { class: 'over-ways' },
      button(t('over.open'), 'word', () => query('#files').click()),
      button(t('table.close'), 'word', close),
    ),
    title,
    make('p', { class: 'lead' }, t('over.lead')),
    make(
      'p',
      { class: 'over-keys' },
      key(triangle(8, 8, 5), t('over.lines')),
      key(svg('circle', { class: 'hollow', cx: 8, cy: 8, r: 5.5 }), t('over.recording')),
      key(svg('path', { class: 'mean', d: 'M0 8H16' }), t('over.mean')),
      key(svg('rect', { class: 'near', y: 3, width: 16, height: 10 }), t('over.near')),
    ),
    area,
    ...(last ? [slider] : []),
    make('div', { class: 'over-said' }, ...shown.map(said).reverse()),
    make('p', { class: 'note' }, t('purpose')),
  );
  area.append(figure(shown, area.clientWidth));
}

const close = () => dialog?.close();

/** Opens it. */
export function open() {
  if (!dialog) {
    dialog = make('dialog', { class: 'surface over-time', 'aria-labelledby': 'over-title' });
    document.body.append(dialog);
    window.addEventListener('resize', show);
  }
  first = Infinity;
  dialog.showModal();
  show();
  query('#over-title').focus();
}

export function start() {
  watch(['recordings', 'calm', 'engine', 'current'], show);
}

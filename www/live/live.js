// The live view: the sound of the last seconds on the whole surface, to be read from afar. It shows sound and no score, and
// keeps nothing; leaving it closes the microphone.
/** @import {Key} from '../words/index.js' */
import { ready } from '../engine/engine.js';
import { PITCH, drawPitch } from '../result/pitch-line.js';
import { spectrogramImage } from '../result/spectrogram.js';
import { fit } from '../shell/canvas.js';
import { announce, make, query } from '../shell/dom.js';
import { codeOf, microphoneKind, nameOf } from '../shell/errors.js';
import { number, t } from '../shell/i18n.js';
import { get, set, watch } from '../shell/state.js';
import * as capture from '../sound/capture.js';
import { stop as stopPlaying } from '../sound/player.js';
import { COLUMNS_PER_S, LONGEST_S, createSound } from './sound.js';

/** What can be seen at once, s; keys 1, 2 and 3. */
const SPANS = [4, 8, LONGEST_S];
const TOP_HZ = 5_000;
const STEP_MS = 1_000 / 30;
/** What the arrow keys move by. */
const STEP_HZ = 50;
/** The tone is the median of so many columns. */
const NOW = 12;
/** How much heavier the tone's line is than in a recording's picture. */
const WEIGHT = 1.9;
const TONES_HZ = [75, 100, 150, 200, 300, 400, 600, 800];

/**
 * @typedef {object} Run
 * @property {AbortController} abort
 * @property {capture.Capturing|null} capturing
 * @property {ReturnType<typeof createSound>|null} sound
 * @property {boolean} held
 * @property {string} trouble
 * @property {{back: number, hz: number}} cursor  what is pointed at while it is held: s before its end, and Hz
 */
/** @type {Run|null} */
let run = null;
let span = 1;
let isTone = true;
let isLight = false;

/** @type {ReturnType<typeof build>|null} */
let surface = null;

/** Where a pitch stands from below, 0 to 1. @param {number} hz */
const height = (hz) => Math.log(hz / PITCH.low) / Math.log(PITCH.high / PITCH.low);

/** What can be pressed: its key as it is written, its word, what it does. */
const KEYS = /** @type {const} */ ([
  ['Space', 'hold'],
  ['T', 'tone'],
  ['1', 'faster'],
  ['3', 'slower'],
  ['L', 'light'],
  ['Esc', 'leave'],
]);

function build() {
  const dialog = make('dialog', { class: 'surface live-view', 'aria-labelledby': 'live-view-title' });
  const mark = (/** @type {string} */ text, /** @type {number} */ at) => {
    const made = make('span', {}, text);
    made.style.setProperty('--at', String(at));
    return made;
  };
  const parts = {
    dialog,
    title: make('h2', { id: 'live-view-title', class: 'unseen', tabindex: '-1' }),
    state: make('b'),
    nothing: make('span', { class: 'live-soft' }),
    range: make('p', { class: 'live-soft' }),
    legend: make('p', { class: 'live-soft' }),
    picture: make('div', { class: 'live-area', role: 'img' }),
    canvas: make('canvas'),
    low: make('p', { class: 'live-marks', 'aria-hidden': 'true' }),
    high: make('p', { class: 'live-marks live-tones', 'aria-hidden': 'true' }),
    cursor: make('span', { class: 'live-cursor', hidden: '' }),
    trouble: make('p', { class: 'live-trouble', role: 'alert' }),
    tone: make('p', { class: 'live-tone' }),
    said: make('p', { class: 'unseen', role: 'status' }),
    keys: make('p', { class: 'live-keys' }),
  };
  for (const [key, does] of KEYS) {
    const press = make('button', { type: 'button', 'data-does': does }, make('kbd', {}, key), make('span'));
    press.addEventListener('click', () => act(does));
    parts.keys.append(press);
  }
  parts.low.append(...[1, 2, 3, 4].map((k) => mark(number(1_000 * k, 0), (1_000 * k) / TOP_HZ)));
  parts.high.append(...TONES_HZ.map((hz) => mark(String(hz), height(hz))), mark('Hz', 0));
  parts.picture.append(parts.canvas, parts.low, parts.cursor);
  dialog.append(
    parts.title,
    make(
      'div',
      { class: 'live-top' },
      make('p', {}, parts.state, ' ', parts.nothing),
      parts.range,
      parts.legend,
    ),
    parts.picture,
    parts.high,
    parts.trouble,
    make('div', { class: 'live-foot' }, parts.tone, parts.keys),
    parts.said,
  );
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close();
  });
  dialog.addEventListener('keydown', pressed);
  parts.picture.addEventListener('pointermove', point);
  parts.picture.addEventListener('pointerdown', point);
  // However it is closed: the microphone is not left on.
  dialog.addEventListener('close', () => close());
  document.body.append(dialog);
  return parts;
}

/** Opens the live view and the microphone. */
export async function open() {
  if (run || get().phase !== 'idle') return;
  stopPlaying();
  /** @type {Run} */
  const mine = {
    abort: new AbortController(),
    capturing: null,
    sound: null,
    held: false,
    trouble: '',
    cursor: { back: 0, hz: 0 },
  };
  run = mine;
  surface ??= build();
  surface.dialog.showModal();
  surface.title.focus();
  set({ phase: 'reading' });
  // Where the browser does not give the whole screen, the whole page has to do.
  document.documentElement.requestFullscreen?.().catch(() => {});
  show();
  const { signal } = mine.abort;
  try {
    if (get().cannot) throw new DOMException('', 'NotFoundError');
    const engine = await ready();
    mine.capturing = await capture.open(get().device, signal, {
      heard: (samples) => mine.held || mine.sound?.push(samples),
      lost: () => trouble(mine, t('live.gone')),
    });
    signal.throwIfAborted();
    mine.sound = createSound(engine, mine.capturing.rate);
    show();
    say('live.on');
    frame(mine);
  } catch (error) {
    if (signal.aborted) return;
    const known = /** @type {{name: string, message: string}} */ (error);
    const kind = codeOf(error) || microphoneKind(known, await capture.permission());
    trouble(
      mine,
      kind === 'none'
        ? t('live.none')
        : t(`problem.${microphoneKey(kind)}`)
            .split('|')
            .join(' '),
    );
    console.info(nameOf(error));
  }
}

/** @param {string} kind @returns {'denied'|'dismissed'|'system'|'busy'|'worklet'|'other'} */
const microphoneKey = (kind) =>
  /** @type {const} */ (['denied', 'dismissed', 'system', 'busy', 'worklet']).find((one) => one === kind) ??
  'other';

/** @param {Run} mine @param {string} text */
function trouble(mine, text) {
  if (mine !== run) return;
  hush(mine);
  mine.trouble = text;
  show();
}

/** Closes the microphone; the picture stays. @param {Run} mine */
function hush(mine) {
  mine.capturing?.cancel();
  mine.capturing = null;
  mine.sound?.free();
  capture.rest();
}

function close() {
  const mine = run;
  if (!mine) return;
  mine.abort.abort();
  hush(mine);
  run = null;
  set({ phase: 'idle' });
  if (surface) {
    const { canvas } = surface;
    canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
    surface.dialog.close();
  }
  strip = null;
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  announce(t('live.closed'));
}

/** @param {Key} key */
function say(key) {
  if (!surface) return;
  const { said } = surface;
  said.textContent = '';
  setTimeout(() => (said.textContent = t(key)), 50);
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { key, target } = event;
  const onButton = target instanceof HTMLButtonElement;
  if (key === ' ' && !onButton && !event.repeat) act('hold');
  else if (/^t$/i.test(key)) act('tone');
  else if (/^l$/i.test(key)) act('light');
  else if (/^[123]$/.test(key)) choose(Number(key) - 1);
  else if (run?.held && key.startsWith('Arrow')) move(key);
  else if (key !== ' ' || onButton) return;
  event.preventDefault();
}

/** @param {typeof KEYS[number][1]} does */
function act(does) {
  const mine = run;
  if (!mine) return;
  if (does === 'leave') return close();
  if (does === 'hold') hold(mine);
  else if (does === 'tone') isTone = !isTone;
  else if (does === 'light') isLight = !isLight;
  else return choose(span + (does === 'slower' ? 1 : -1));
  strip = null;
  show();
}

/** @param {number} wanted */
function choose(wanted) {
  span = Math.min(SPANS.length - 1, Math.max(0, wanted));
  show();
}

/** @param {Run} mine */
function hold(mine) {
  if (!mine.sound || !mine.capturing) return;
  mine.held = !mine.held;
  if (mine.held) {
    mine.cursor = { back: 0, hz: 0 };
    say('live.held');
  } else {
    mine.sound.skip();
    say('live.goes');
  }
}

/** What is seen: from which column to which. @param {NonNullable<Run['sound']>} sound */
function seen(sound) {
  const room = SPANS[span] * COLUMNS_PER_S;
  const end = sound.end();
  const isPaged = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return { room, end, start: isPaged ? end - (end % room) : end - room };
}

/** The words around the picture. */
function show() {
  if (!surface) return;
  const { dialog, keys, picture, cursor } = surface;
  const held = run?.held ?? false;
  const isOn = Boolean(run?.capturing);
  dialog.classList.toggle('bright', isLight);
  dialog.classList.toggle('on', isOn);
  surface.title.textContent = t('live');
  surface.state.textContent = t(isOn ? 'mic.on' : run?.trouble ? 'mic.off' : 'asking.label');
  surface.nothing.textContent = t('live.nothing');
  surface.range.textContent = t('live.range', { n: SPANS[span] });
  surface.legend.textContent = t('live.legend');
  surface.legend.hidden = !isTone;
  surface.trouble.textContent = run?.trouble ?? '';
  surface.trouble.hidden = !run?.trouble;
  surface.high.style.visibility = isTone ? '' : 'hidden';
  const words = {
    hold: held ? 'live.go' : 'live.hold',
    tone: 'live.tone',
    faster: 'live.faster',
    slower: 'live.slower',
    light: isLight ? 'live.dark' : 'live.light',
    leave: 'live.leave',
  };
  for (const press of keys.children) {
    const does = /** @type {keyof typeof words} */ (/** @type {HTMLElement} */ (press).dataset.does);
    const [key, word] = press.children;
    word.textContent = t(/** @type {Key} */ (words[does]));
    if (does === 'tone') press.setAttribute('aria-pressed', String(isTone));
    const isEnd = (does === 'faster' && span === 0) || (does === 'slower' && span === SPANS.length - 1);
    press.setAttribute('aria-disabled', String(isEnd));
    if (does === 'faster') key.textContent = String(Math.max(1, span));
    if (does === 'slower') key.textContent = String(Math.min(SPANS.length, span + 2));
  }
  cursor.hidden = !held;
  if (!held) picture.setAttribute('aria-label', t('live'));
  else picture.setAttribute('aria-label', describe());
  if (run) draw(run);
}

/** The held picture in words. */
function describe() {
  const sound = run?.sound;
  if (!sound) return t('live');
  const { start, end } = seen(sound);
  const heard = sound
    .pitch(start, end)
    .filter((hz) => hz > 0)
    .sort();
  const n = SPANS[span];
  if (!heard.length) return t('live.altNone', { n });
  return t('live.alt', { n, lo: number(heard[0], 0), hi: number(heard[heard.length - 1], 0) });
}

/** @param {PointerEvent} event */
function point({ clientX, clientY }) {
  if (!run?.held || !surface) return;
  const box = surface.picture.getBoundingClientRect();
  const across = (clientX - box.left) / box.width;
  at((1 - across) * SPANS[span], (1 - (clientY - box.top) / box.height) * TOP_HZ);
}

/** @param {string} key */
function move(key) {
  if (!run) return;
  const { back, hz } = run.cursor;
  const [dx, dy] = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key] ?? [
    0, 0,
  ];
  at(back + dx / COLUMNS_PER_S, hz + dy * STEP_HZ);
}

/** Points at a moment and a frequency. @param {number} back @param {number} hz */
function at(back, hz) {
  if (!run) return;
  run.cursor = {
    back: Math.min(SPANS[span], Math.max(0, back)),
    hz: Math.round(Math.min(TOP_HZ, Math.max(0, hz)) / 10) * 10,
  };
  draw(run);
}

/** The picture of all columns, so that only what is new has to be painted. @type {{canvas: OffscreenCanvas, look: string}|null} */
let strip = null;

/** @param {Run} mine */
function frame(mine) {
  if (mine !== run) return;
  setTimeout(() => requestAnimationFrame(() => frame(mine)), STEP_MS - 4);
  if (mine.held || !mine.sound || !mine.capturing) return;
  mine.sound.read();
  draw(mine);
}

/** @param {Run} mine */
function draw(mine) {
  const { sound } = mine;
  if (!sound?.rows() || !surface) return;
  const style = getComputedStyle(surface.dialog);
  const ink = (/** @type {string} */ name) => style.getPropertyValue(`--live-${name}`).trim();
  const [ground, dots] = [ink('ground'), ink('ink')];
  const ring = LONGEST_S * COLUMNS_PER_S;
  const { room, start, end } = seen(sound);
  let from = sound.changes();
  const look = [ground, dots].join();
  if (strip?.look !== look) {
    strip = { canvas: new OffscreenCanvas(ring, sound.rows()), look };
    from = Math.max(0, end - ring);
  }
  const paint = strip.canvas.getContext('2d');
  // The ring's seam: a piece never runs over it.
  for (let a = from; a < end;) {
    const b = Math.min(end, a - (a % ring) + ring);
    const part = { columns: b - a, rows: sound.rows(), tones: sound.columns(a, b) };
    paint?.drawImage(spectrogramImage(part, ground, dots), a % ring, 0);
    a = b;
  }
  const { canvas } = surface;
  const { clientWidth: width, clientHeight: tall } = canvas;
  const { context } = fit(canvas, width, tall);
  const column = width / room;
  context.imageSmoothingQuality = 'high';
  for (let a = Math.max(0, start, end - ring); a < end;) {
    const b = Math.min(end, a - (a % ring) + ring);
    context.drawImage(
      strip.canvas,
      a % ring,
      0,
      b - a,
      sound.rows(),
      (a - start) * column,
      0,
      (b - a) * column,
      tall,
    );
    a = b;
  }
  const f0Hz = sound.pitch(start, end);
  if (isTone)
    drawPitch(context, f0Hz, (k) => k * column, tall, { line: ink('line'), casing: ink('casing') }, WEIGHT);
  surface.tone.textContent = mine.held ? pointed(mine, start, end, room) : isTone ? toneNow(f0Hz) : '';
}

/** The tone of now. @param {Float32Array} f0Hz */
function toneNow(f0Hz) {
  const heard = [...f0Hz.slice(-NOW)].filter((hz) => hz > 0).sort((a, b) => a - b);
  return heard.length ? `${number(heard[Math.floor(heard.length / 2)], 0)} Hz` : t('live.noTone');
}

/**
 * What is pointed at.
 * @param {Run} mine
 * @param {number} start
 * @param {number} end
 * @param {number} room
 */
function pointed({ cursor: { back, hz } }, start, end, room) {
  if (!surface) return '';
  const mark = surface.cursor.style;
  const across = (end - start) / room - back / SPANS[span];
  mark.setProperty('--x', String(Math.max(0, across)));
  mark.setProperty('--y', String(hz / TOP_HZ));
  return t('live.at', { s: number(back, 2), hz: number(hz, 0) });
}

export function start() {
  query('#live-open').addEventListener('click', () => void open());
  // The browser's own way out of the whole screen is the way out of here.
  document.addEventListener('fullscreenchange', () => {
    if (!document.fullscreenElement) close();
  });
  // The microphone is never on unseen.
  watch(['page'], close);
  window.addEventListener('pagehide', close);
  watch([], show);
}

// Sentences are read aloud from a surface of their own: it shows the line and the sound as it grows, stops by itself
// when the speaker falls silent, and goes on. What is read is taken by whoever asked for it.
/** @import {Captured, Take} from '../types.js' */
/** @import {Key} from '../words/index.js' */
/** @import {Spoken} from './sentences.js' */
import { ready } from '../engine/engine.js';
import { clear, drawLive } from '../record/live-picture.js';
import { anotherMeter, followLevel } from '../record/meter.js';
import { explain } from '../record/record.js';
import { button, make, query } from '../shell/dom.js';
import { cannotListen } from '../shell/errors.js';
import { t } from '../shell/i18n.js';
import { recall, remember } from '../shell/preferences.js';
import { get, set, watch } from '../shell/state.js';
import * as capture from '../sound/capture.js';
import { createLevel } from '../sound/level.js';
import { createPause } from '../sound/pause.js';
import { stop as stopPlaying } from '../sound/player.js';
import { COUNT, LANGUAGES, isSpoken, sentence } from './sentences.js';

/** So long must it be quiet before a line is over. */
const SILENCE_S = 0.9;
/** Nobody reads longer at a line than this. */
const LIMIT_S = 20;
/** From one line to the next. */
const PAUSE_MS = 800;
/** What moves moves so often. */
const STEP_MS = 1_000 / 30;

/**
 * What came of a line: it is taken, or it is asked for once more, with the reason, and may be kept all the same; or the page
 * says what went wrong.
 * @typedef {{again?: string, canKeep?: boolean, failed?: boolean}} Outcome
 */
/** @typedef {{take: Take, captured: Captured, text: string, stop: () => Promise<void>, signal: AbortSignal}} Heard */
/**
 * What is read, and what becomes of it.
 * @typedef {object} Plan
 * @property {Key} title
 * @property {string} [whose]    name of the voice that reads
 * @property {number} count      lines, one after the other
 * @property {(step: number, index: number) => number} first  which sentence is proposed for a line; `index` was read before it
 * @property {(step: number) => Key} hint
 * @property {boolean} goesOn    by itself from line to line, with the microphone open
 * @property {(heard: Heard, step: number) => Promise<Outcome>} take  frees the take
 * @property {() => void} [keep] takes what the last line was refused for
 * @property {number} [enough]   so many lines are enough
 * @property {(complete: boolean) => void} end  called once, when the surface is closed
 */
/**
 * @typedef {object} Run
 * @property {Plan} plan
 * @property {number} step
 * @property {number} index      of the sentence
 * @property {number} furthest   index of the last sentence that was proposed
 * @property {'ready'|'asking'|'listening'|'measuring'} state
 * @property {number} tries      of this line that were refused
 * @property {string} remark
 * @property {capture.Capturing|null} capturing
 * @property {Take|null} take
 * @property {number} frames
 * @property {AbortController} abort
 */
/** @type {Run|null} */
let run = null;

const level = createLevel();
const pause = createPause(SILENCE_S);

/** The language of the sentences: the one that was chosen, else the page's. @returns {Spoken} */
export function spoken() {
  const chosen = recall('sentences') ?? get().language;
  return isSpoken(chosen) ? chosen : 'en';
}

/** @type {ReturnType<typeof build>|null} */
let surface = null;

/** The surface's parts, made once. */
function build() {
  const dialog = make('dialog', { class: 'surface reading', 'aria-labelledby': 'reading-title' });
  const disc = /** @type {Element} */ (query('#record').querySelector('svg')).cloneNode(true);
  const press = make('button', { type: 'button', class: 'record' }, disc);
  const parts = {
    dialog,
    press,
    title: make('h2', { id: 'reading-title', tabindex: '-1' }),
    count: make('p', {}),
    bars: make('p', { class: 'reading-bars', 'aria-hidden': 'true' }),
    hint: make('p', { class: 'reading-hint' }),
    words: make('p', { class: 'reading-words' }),
    remark: make('p', { class: 'reading-remark' }),
    said: make('p', { class: 'unseen', role: 'status' }),
    keep: button('', 'word', keep),
    another: button('', 'word', another),
    enough: button('', 'word', () => close(true)),
    language: make('select'),
    canvas: make('canvas', { class: 'live-picture', 'aria-hidden': 'true' }),
    meter: anotherMeter(),
    foot: make('p', { class: 'note' }),
    leave: button('', 'word', () => close(false)),
    again: button('', 'word', again),
  };
  press.addEventListener('click', pressed);
  parts.language.append(...Object.entries(LANGUAGES).map(([code, name]) => new Option(name, code)));
  parts.language.addEventListener('change', () => {
    remember('sentences', parts.language.value);
    show(true);
  });
  dialog.append(
    make(
      'div',
      { class: 'surface-top' },
      make('p', { class: 'brand' }, 'Undertone'),
      make('p', { 'data-t': 'badge.short' }),
    ),
    make('div', { class: 'reading-head' }, parts.title, parts.count, parts.bars),
    make(
      'div',
      { class: 'reading-line' },
      parts.hint,
      parts.words,
      parts.remark,
      make('p', { class: 'reading-ways' }, parts.keep, parts.enough, parts.another, parts.language),
      parts.said,
    ),
    make(
      'div',
      { class: 'reading-sound' },
      parts.canvas,
      parts.meter,
      parts.foot,
      make('div', { class: 'reading-foot' }, parts.leave, press, parts.again),
    ),
  );
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    close(false);
  });
  // However it is closed: the microphone is not left on.
  dialog.addEventListener('close', () => close(false));
  document.body.append(dialog);
  return { ...parts, showLevel: followLevel(parts.meter, level) };
}

/** Opens the surface with the first line. @param {Plan} plan */
export function read(plan) {
  if (run || get().phase !== 'idle') return;
  if (get().cannot) return set({ problem: get().cannot, page: 'record' });
  stopPlaying();
  const index = plan.first(0, -1);
  run = {
    plan,
    step: 0,
    index,
    furthest: index,
    state: 'ready',
    tries: 0,
    remark: '',
    capturing: null,
    take: null,
    frames: 0,
    abort: new AbortController(),
  };
  surface ??= build();
  level.reset(48_000);
  show();
  surface.dialog.showModal();
  surface.press.focus();
}

/** @param {boolean} complete  everything that was wanted has been read, or enough of it */
function close(complete) {
  const mine = run;
  if (!mine) return;
  mine.abort.abort();
  hush(mine);
  run = null;
  if (get().phase === 'reading') set({ phase: 'idle' });
  surface?.dialog.close();
  mine.plan.end(complete);
}

/** Closes the microphone. @param {Run} mine */
function hush(mine) {
  mine.capturing?.cancel();
  mine.take?.free();
  mine.capturing = mine.take = null;
  capture.rest();
}

/** The line that is read now. @param {Run} mine */
const lineOf = ({ index }) => sentence(spoken(), index);

/** @param {boolean} [isAloud]  the line is said to screen readers */
function show(isAloud = false) {
  if (!run || !surface) return;
  const { plan, step, state, tries, remark } = run;
  const { dialog, press, words } = surface;
  const isOn = state === 'listening' || state === 'measuring';
  dialog.dataset.phase = isOn ? 'recording' : 'idle';
  surface.title.textContent = [t(plan.title), plan.whose].filter(Boolean).join(' · ');
  const count = plan.count > 1 ? t('reading.line', { n: step + 1, of: plan.count }) : '';
  surface.count.textContent = count;
  surface.bars.replaceChildren(
    ...Array.from({ length: plan.count > 1 ? plan.count : 0 }, (_, i) =>
      make('span', { class: i < step ? 'done' : i === step ? 'now' : '' }),
    ),
  );
  surface.hint.textContent = t(plan.hint(step));
  words.textContent = lineOf(run);
  words.lang = spoken();
  surface.remark.textContent = remark;
  surface.remark.hidden = !remark;
  surface.foot.textContent = t(
    state === 'asking'
      ? 'asking.hint'
      : isOn
        ? plan.goesOn
          ? 'reading.goesOn'
          : 'reading.stops'
        : 'mic.off',
  );
  surface.language.value = spoken();
  surface.language.setAttribute('aria-label', t('reading.language'));
  press.setAttribute('aria-label', t(isOn ? 'record.stopName' : 'record.start'));
  press.setAttribute('aria-disabled', String(state === 'measuring' || state === 'asking'));
  surface.leave.textContent = t('reading.leave');
  surface.another.textContent = t('reading.another');
  surface.again.textContent = t('reading.again');
  surface.again.style.visibility = state === 'listening' ? '' : 'hidden';
  surface.keep.textContent = t('reading.keep');
  surface.keep.hidden = !(tries > 1 && plan.keep && remark);
  surface.enough.textContent = t('reading.enough');
  surface.enough.hidden = !(plan.enough && step >= plan.enough);
  for (const element of dialog.querySelectorAll('[data-t]'))
    element.textContent = t(/** @type {Key} */ (/** @type {HTMLElement} */ (element).dataset.t));
  if (isAloud) say([count, remark, t(plan.hint(step)), lineOf(run)].filter(Boolean).join(' '));
}

/** @param {string} text */
function say(text) {
  const said = surface?.said;
  if (!said) return;
  said.textContent = '';
  setTimeout(() => (said.textContent = text), 50);
}

function pressed() {
  if (run?.state === 'ready') void listen(run);
  else if (run?.state === 'listening') void finish(run);
}

/** Opens the microphone, and listens to the first line. @param {Run} mine */
async function listen(mine) {
  const { signal } = mine.abort;
  mine.state = 'asking';
  set({ phase: 'reading' });
  show();
  try {
    await ready();
    mine.capturing = await capture.open(get().device, signal, {
      heard: (samples) => heard(mine, samples),
      lost: (why) => {
        close(false);
        set({ problem: cannotListen(why) });
      },
    });
    signal.throwIfAborted();
    level.reset(mine.capturing.rate);
    begin(mine);
    say(t('say.start'));
  } catch (error) {
    if (signal.aborted) return;
    close(false);
    await explain(error);
  }
}

/** A line begins. @param {Run} mine */
function begin(mine) {
  const { engine } = get();
  if (!mine.capturing || !engine) return;
  mine.take?.free();
  mine.take = new engine.wasm.Take(mine.capturing.rate);
  mine.frames = 0;
  pause.reset(mine.capturing.rate);
  clear();
  const wasListening = mine.state === 'listening';
  mine.state = 'listening';
  show();
  if (!wasListening) requestAnimationFrame(() => frame(mine));
}

/** @param {Run} mine @param {Float32Array} samples */
function heard(mine, samples) {
  level.add(samples);
  if (mine.state !== 'listening' || !mine.take || !mine.capturing) return;
  mine.take.push(samples);
  mine.frames += samples.length;
  const isOver = mine.frames > LIMIT_S * mine.capturing.rate;
  if (pause.add(samples) || isOver) void finish(mine, isOver);
}

/** @param {Run} mine */
function frame(mine) {
  if (mine !== run || !surface || mine.state !== 'listening') return;
  setTimeout(() => requestAnimationFrame(() => frame(mine)), STEP_MS - 4);
  surface.showLevel();
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  drawLive(surface.canvas, (...wanted) => mine.take?.liveView(...wanted) ?? null, still);
}

/** A line is over. @param {Run} mine @param {boolean} [isOver]  nobody came to an end */
async function finish(mine, isOver = false) {
  const { take, capturing, plan, step, abort } = mine;
  if (!take || !capturing) return;
  mine.state = 'measuring';
  mine.take = null;
  show();
  const stop = async () => {
    await capturing.stop();
    hush(mine);
  };
  const text = lineOf(mine);
  const {
    again,
    canKeep = false,
    failed,
  } = await plan.take({ take, captured: capturing.captured, text, stop, signal: abort.signal }, step);
  if (mine !== run) return;
  if (failed) return close(false);
  mine.remark = again ?? '';
  if (again) mine.tries += canKeep ? 1 : 0;
  else if (next(mine)) return close(true);
  // Nobody seems to be there: the microphone does not stay open.
  if (isOver || !plan.goesOn || !mine.capturing) return rest(mine);
  show(true);
  setTimeout(() => mine === run && mine.state === 'measuring' && begin(mine), PAUSE_MS);
}

/** The next line. @param {Run} mine @returns {boolean} whether that was the last one */
function next(mine) {
  mine.step += 1;
  Object.assign(mine, { tries: 0, remark: '' });
  if (mine.step >= mine.plan.count) return true;
  mine.index = mine.plan.first(mine.step, mine.index);
  mine.furthest = Math.max(mine.furthest, mine.index);
  return false;
}

/** The microphone closes until the button is pressed. @param {Run} mine */
function rest(mine) {
  hush(mine);
  mine.state = 'ready';
  if (get().phase === 'reading') set({ phase: 'idle' });
  show(true);
}

/** Another sentence in the place of this one. */
function another() {
  if (!run) return;
  run.furthest = run.index = Math.max(run.furthest, run.plan.count - 1) + 1;
  again();
}

/** The same line from its beginning. */
function again() {
  if (!run) return;
  Object.assign(run, { tries: 0, remark: '' });
  if (run.state === 'listening') begin(run);
  show(true);
}

/** Takes the line that was refused. */
function keep() {
  const mine = run;
  if (!mine?.plan.keep) return;
  mine.plan.keep();
  if (next(mine)) return close(true);
  if (mine.capturing) begin(mine);
  show(true);
}

/** How many sentences there are to choose from. */
export const sentences = COUNT;

export function start() {
  // The microphone is never on unseen.
  watch(['page'], () => {
    if (get().page !== 'record') close(false);
  });
  window.addEventListener('pagehide', () => close(false));
  watch([], () => show());
}

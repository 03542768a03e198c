// The record button, its words, and what moves while a recording runs.
import { cancel as cancelWork } from '../session/work.js';
import { query, queryAs, rich } from '../shell/dom.js';
import { clock } from '../shell/format.js';
import { t } from '../shell/i18n.js';
import { current, get, watch } from '../shell/state.js';
import { isTouched } from '../shell/touch.js';
import { clear, drawLive } from './live-picture.js';
import { createOnce, followLevel } from './meter.js';
import { toggle } from '../sound/player.js';
import {
  cancel,
  elapsed,
  level,
  limitS,
  liveView,
  press,
  pressLong,
  runningCourse,
  takeBack,
} from './record.js';

/** A ring that closes says little if it is gone at once. */
const PATIENCE_MS = 200;
/** What moves while a recording runs moves at most every so many ms, 30 times a second, whatever the screen's rate is. */
const STEP_MS = 1_000 / 30;
/** A timer asks for the next frame so much earlier, ms, in order not to miss it. */
const LEAD_MS = 4;

/** What Escape and the word Cancel do. @returns {boolean} whether there was anything to give up */
export function giveUp() {
  const { phase } = get();
  if (phase === 'recording' || phase === 'asking') void cancel();
  else if (phase === 'working') takeBack() || cancelWork();
  else return false;
  return true;
}

export function start() {
  const recorder = query('#recorder');
  const button = queryAs('#record', HTMLButtonElement);
  const give = queryAs('#cancel', HTMLButtonElement);
  const phone = matchMedia('(max-width: 599.98px), (max-height: 519.98px)');
  button.addEventListener('click', press);
  give.addEventListener('click', giveUp);
  query('#bar-play').addEventListener('click', () => {
    const shown = current();
    if (shown) toggle(shown);
  });

  const ring = recorder.querySelector('.progress');
  let since = 0;
  let next = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let waiting;
  query('#record-long').addEventListener('click', () => void pressLong());
  watch(['phase', 'nextTake', 'recordings', 'cannot', 'current', 'playing', 'long'], () => {
    const { phase, nextTake, recordings, cannot, playing } = get();
    const waits = phase === 'working' && nextTake === 'closed';
    if (recorder.dataset.phase !== phase) {
      since = performance.now();
      if (phase === 'recording') clear();
    }
    recorder.dataset.phase = phase;
    sayWhat(phase);
    query('#live').hidden = phase !== 'recording';
    give.hidden = phase === 'idle';
    rich(give, t(phase === 'working' && nextTake !== 'wanted' ? 'working.cancel' : 'record.cancel'));
    const label =
      phase === 'asking'
        ? t('asking.label')
        : phase === 'recording'
          ? t('record.stop')
          : waits
            ? t('working')
            : nextTake === 'wanted'
              ? t('record.soon')
              : cannot
                ? t('record.none')
                : t(recordings.length ? 'record.again' : 'record.start');
    query('#record-label').textContent = label;
    if (phase === 'recording') button.setAttribute('aria-label', t('record.stopName'));
    else button.removeAttribute('aria-label');
    button.setAttribute('aria-disabled', String(Boolean(cannot) || waits));
    hint();
    query('#bar').hidden = phase !== 'idle' || !recordings.length;
    query('#bar-count').textContent = String(recordings.length);
    const play = query('#bar-play');
    play.hidden = !current()?.take;
    play.classList.toggle('heard', playing !== null);
    query('#bar-play-word').textContent = t(playing === null ? 'bar.listen' : 'list.pause');
    query('#bar-save').hidden = !current();
    shield(phase === 'recording' && (phone.matches || get().long));
    // The view also comes by for another language: one movement is enough.
    clearTimeout(waiting);
    cancelAnimationFrame(next);
    if (phase === 'recording') next = requestAnimationFrame(frame);
  });
  // The microphone is never on unseen: leaving this page ends the recording.
  watch(['page'], () => {
    const { page, phase } = get();
    if (page === 'record') return;
    if (phase === 'recording' || phase === 'asking') press();
    else takeBack();
  });
  watch(['progress', 'phase'], () => {
    const { phase, progress } = get();
    const late = phase === 'working' && performance.now() - since > PATIENCE_MS;
    const dashes = late ? `${progress * 100} 100` : '0 100';
    if (ring?.getAttribute('stroke-dasharray') !== dashes) ring?.setAttribute('stroke-dasharray', dashes);
  });
  phone.addEventListener('change', () => {
    hint();
    shield(get().phase === 'recording' && (phone.matches || get().long));
  });

  function hint() {
    const { phase, cannot, nextTake } = get();
    const hint = isTouched() ? 'record.hintTouch' : 'record.hint';
    const usual = phone.matches ? 'bar.micOff' : nextTake === 'wanted' ? 'record.soonHint' : hint;
    // While a sound is measured and nothing can be recorded yet, no key is named for it.
    const waits = phase === 'working' && nextTake === 'closed' && !phone.matches;
    const text = phase === 'asking' ? t('asking.hint') : cannot || waits ? '' : t(usual);
    rich(query('#record-hint'), text);
  }

  const showLevel = followLevel(query('#meter'), level);
  const [time, elapsedShare] = [query('#time'), query('#share span')];
  const canvas = queryAs('#live-picture', HTMLCanvasElement);
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const once = createOnce();
  function frame() {
    if (get().phase !== 'recording') return;
    // Frames between would cost, even if nothing moved in them.
    waiting = setTimeout(() => (next = requestAnimationFrame(frame)), STEP_MS - LEAD_MS);
    const seconds = elapsed();
    once('time', clock(seconds), (text) => (time.textContent = text));
    once('share', (seconds / limitS()).toFixed(4), (at) => (elapsedShare.style.transform = `scaleX(${at})`));
    showLevel();
    drawLive(canvas, liveView, still.matches);
    const course = runningCourse();
    if (course) drawCourse(course, seconds);
  }
}

/** Draws a conversation, by the part that is loaded later. @type {(course: import('./live-course.js').LiveCourse, seconds: number) => void} */
let drawCourse = () => {};

/** @param {typeof drawCourse} draw */
export const onLiveCourse = (draw) => {
  drawCourse = draw;
};

/** The words of what is recorded. @param {import('../types.js').State['phase']} phase */
function sayWhat(phase) {
  const isLong = get().long && phase === 'recording';
  query('#recorder').classList.toggle('long', isLong);
  query('#live-course').hidden = !isLong;
  query('#live-title').textContent = t(isLong ? 'course.recording' : 'recording.label');
  query('#live-hint').textContent = t(isLong ? 'course.everyone' : 'recording.hint');
  query('#live-of').textContent = t(isLong ? 'course.of' : 'recording.of');
}

/** While the recording fills a phone's screen, nothing beneath it can be reached. @param {boolean} on */
function shield(on) {
  for (const part of ['#top', '#result', '#side']) query(part).inert = on;
  document.documentElement.classList.toggle('shielded', on);
}

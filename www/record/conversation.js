// Recording a conversation: cut and measured while it comes in, shown as it grows, the screen kept on. Loaded after what a recording needs.
import { announce, query } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { get, watch } from '../shell/state.js';
import { liveCourse } from './live-course.js';
import { drawLiveCourse, sayAwake, start as startView, toggleCover } from './live-course-view.js';
import { finish, onLong, runningCourse } from './record.js';
import { onLiveCourse } from './recorder.js';

/** @type {WakeLockSentinel|null} */
let awake = null;

/** Keeps the screen on, if the browser does that. */
async function keepAwake() {
  try {
    awake = await navigator.wakeLock.request('screen');
    sayAwake(true);
  } catch {
    sayAwake(false);
  }
}

/** Whose the utterance is. @param {number} voice */
function sayVoice(voice) {
  const course = runningCourse();
  if (!course) return;
  course.say(voice);
  announce(course.voices()[voice - 1] ?? t('course.nobody'));
}

export function start() {
  startView(sayVoice);
  onLong(liveCourse);
  onLiveCourse(drawLiveCourse);
  query('#record-long').hidden = false;
  let isOn = false;
  watch(['phase', 'long'], () => {
    const now = get().long && get().phase === 'recording';
    if (now === isOn) return;
    isOn = now;
    if (now) return void keepAwake();
    void awake?.release().catch(() => {});
    awake = null;
  });
  // Nothing is recorded unseen.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && isOn) void finish('interrupted');
  });
  document.addEventListener(
    'keydown',
    (event) => {
      if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.repeat || !get().keys) return;
      if (/^[0-4]$/.test(event.key)) sayVoice(Number(event.key));
      else if (event.key.toLowerCase() === 'h') toggleCover();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}

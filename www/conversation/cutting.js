// How a recording is shown and cut: as one sound or as its course, at these pauses or at others.
import { cut } from '../engine/utterances.js';
import { ask } from '../shell/dialog.js';
import { announce, painted, query } from '../shell/dom.js';
import { t, unbroken } from '../shell/i18n.js';
import { changeCourse, current, currentCourse, get } from '../shell/state.js';
import { areTouched, forgetHistory, measureAnew } from './edit.js';
import { summary } from './utterances.js';
import { forgetWindow } from './window.js';
import { courseWords } from './words.js';

/** Shows the recording as one sound or as its course. @param {boolean} one */
export async function asOne(one) {
  const recording = current();
  if (!recording?.course) return;
  changeCourse(recording.number, { asOne: one });
  const course = current()?.course;
  if (!course || one) return query('#sentence').focus();
  query('#course-sentence').focus();
  await measureAnew(recording);
  arrive(recording.number);
}

/** Focus goes to what is said of a course that has just come, and it is announced. */
export async function arriveAtCourse() {
  // The page is laid out for the focus: not in the same task in which everything is made.
  await painted();
  if (!currentCourse()) return;
  query('#course-sentence').focus({ preventScroll: false });
  const recording = current();
  if (recording) arrive(recording.number);
}

/** Says what a course has come to. @param {number} n */
function arrive(n) {
  const [recording, course] = [current(), currentCourse()];
  if (!recording || !course || recording.number !== n) return;
  const whole = summary(course.utterances);
  const { sentence } = courseWords(recording, course);
  announce(
    t('course.sayMeasured', {
      n: course.utterances.length,
      sentence: unbroken(sentence),
      u: whole?.uncertain ?? 0,
      k: whole?.without ?? 0,
    }),
  );
}

/** Cuts the recording at other pauses. @param {number} pauseS @returns {Promise<boolean>} whether it was */
export async function cutAnew(pauseS) {
  const [recording, course] = [current(), currentCourse()];
  const { engine } = get();
  if (!recording?.take || !course || !engine || pauseS === course.pauseS) return false;
  if (
    areTouched(course.utterances) &&
    !(await ask(t('course.recutAsk'), [t('course.recutText')], t('course.recutYes'), t('course.recutNo')))
  )
    return false;
  const { take, id, number: n } = recording;
  const mine = new AbortController();
  const isThere = () => get().recordings.some((one) => one.take === take);
  try {
    const utterances = await cut(take, pauseS, mine.signal, () => {
      if (!isThere()) mine.abort();
    });
    if (!isThere() || !utterances.length) return false;
    forgetHistory(id);
    forgetWindow(id);
    changeCourse(n, { utterances, pauseS, chosen: 1 });
    await measureAnew(recording);
    arrive(n);
    return true;
  } catch (error) {
    if (!mine.signal.aborted) throw error;
    return false;
  }
}

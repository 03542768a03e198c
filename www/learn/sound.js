// Whose voice the lesson follows: the recording that is shown, or the calm example; prepared when the lesson
// is looked at.
/** @import {Engine, Recording, Take} from '../types.js' */
/** @import {Sound} from './parts.js' */
import { inSlices } from '../shell/slices.js';
import { current, get, withDeleted } from '../shell/state.js';
import { CREAK, MANNERS, RATE, WITH_S, speak } from '../sound/formant-synthesis.js';
import { place } from './parts.js';

/** What is prepared: one sound at a time. @type {{whose: Take|null, sound: Sound}|null} */
let held = null;
/** Counts what was asked for: only the last counts. */
let asked = 0;

/** The recording that can be followed. @returns {Recording|null} */
export function followed() {
  const shown = current();
  return shown?.take && shown.measures ? shown : null;
}

/** Whether it is ready. @returns {Sound|null} */
export const ready = () => (held && held.whose === (followed()?.take ?? null) ? held.sound : null);

function forget() {
  asked += 1;
  held?.sound.lesson.free();
  held = null;
}

/** Whether a recording is no longer on the page. @param {Take|null|undefined} take */
function gone(take) {
  return Boolean(take) && !withDeleted().some((one) => one.take === take);
}

/** Forgets a recording that is gone from the page. @returns {boolean} whether there was one */
export function forgetGone() {
  if (!gone(held?.whose)) return false;
  forget();
  return true;
}

/** The example's sound. @param {Engine} engine */
function example(engine) {
  const take = new engine.wasm.Take(RATE);
  take.push(speak(MANNERS.calm, WITH_S, CREAK));
  take.close();
  return take;
}

/**
 * The lesson keeps the speech itself: what was only made for it goes, also if it does not come about.
 * @param {Engine} engine
 * @param {Take} take
 * @param {Take|null} made
 */
function lessonOf(engine, take, made) {
  try {
    return new engine.wasm.Lesson(take);
  } finally {
    made?.free();
  }
}

/**
 * Prepares the sound that is to be followed.
 * @returns {Promise<Sound|null>} null if something else was asked for in the meantime
 */
export async function prepare() {
  const { engine } = get();
  const recording = followed();
  if (!engine) return null;
  const found = ready();
  if (found) return found;
  forget();
  const mine = asked;
  const made = recording ? null : example(engine);
  const take = recording?.take ?? /** @type {Take} */ (made);
  const lesson = lessonOf(engine, take, made);
  try {
    await inSlices((sliceMs) => {
      // Forgotten while it was being prepared: nothing of it may be kept.
      if (mine !== asked || gone(recording?.take)) throw new DOMException('another sound', 'AbortError');
      return lesson.step(sliceMs);
    });
  } catch (error) {
    lesson.free();
    if (error instanceof DOMException) return null;
    throw error;
  }
  const sound = {
    id: mine,
    lesson,
    features: lesson.features(),
    picture: lesson.picture(),
    seconds: lesson.seconds,
    number: recording?.number ?? 0,
  };
  held = { whose: recording?.take ?? null, sound };
  place.at = firstTone(sound);
  return sound;
}

/**
 * A moment that sounds, from about two fifths on: so that the first look shows a tone.
 * @param {Sound} sound
 */
function firstTone({ lesson, seconds }) {
  const steps = Math.floor(seconds * 100);
  const from = Math.floor(steps * 0.4);
  for (let k = 0; k < steps; k += 1) {
    const at = ((from + k) % steps) / 100;
    // Well inside: the frames before and after sound, too.
    if ([-0.03, 0, 0.03].every((d) => lesson.pitchAt(Math.max(0, at + d))[0] > 0)) return at;
  }
  return from / 100;
}

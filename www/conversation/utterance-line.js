// The chosen utterance's own line above its result: number, place, and what can be done with it.
/** @import {Course, Recording} from '../types.js' */
import { button, make, query } from '../shell/dom.js';
import { number, t } from '../shell/i18n.js';
import { voiceName } from '../shell/names.js';
import { currentCourse, currentUtterance } from '../shell/state.js';
import { canMeasure, canUndo, choose, giveVoice, join, step, toggleOut, withNames } from './edit.js';
import * as stave from './stave.js';
import { MOST_VOICES } from './utterances.js';
import { reasonsOf, span } from './words.js';

/** Number, place and what can be done. @param {Recording} recording @param {Course} course */
export function utteranceLine(recording, course) {
  const one = currentUtterance();
  const box = query('#utterance-line');
  if (!one) return box.replaceChildren();
  const n = one.number;
  const held = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset.does;
  const way = (
    /** @type {string} */ does,
    /** @type {string} */ word,
    /** @type {() => void} */ press,
    name = '',
  ) => {
    const made = button(word, 'word', press);
    made.dataset.does = does;
    if (name) made.setAttribute('aria-label', name);
    return made;
  };
  const isThere = canMeasure();
  const last = n === course.utterances.length;
  const why = reasonsOf(one);
  const voice = make('select', { 'data-does': 'voice', 'aria-label': t('course.whose') });
  const names = withNames(course.voices, Math.min(MOST_VOICES, course.voices.length + 1));
  voice.append(
    ...[t('course.nobody'), ...names].map((name, i) => {
      const isNew = i > Math.max(course.voices.length, 2);
      const option = make('option', { value: String(i) }, isNew ? `${t('course.addVoice')} (${name})` : name);
      option.selected = i === one.voice;
      return option;
    }),
  );
  voice.addEventListener('change', () => giveVoice(Number(voice.value)));
  const title = [String(n), voiceName(course, one.voice)].filter(Boolean).join(', ');
  box.replaceChildren(
    make(
      'p',
      { class: 'utterance-name' },
      arrow(-1, t('course.before'), n > 1),
      make('b', {}, title),
      make('span', { class: 'note' }, ` ${span(one)} · ${number(one.seconds, 1)} s${why ? ` · ${why}` : ''}`),
      arrow(1, t('course.after'), !last),
    ),
    make(
      'p',
      { class: 'utterance-ways' },
      ...(recording.take ? [way('listen', t('list.listen'), () => stave.playUtterance(recording, one))] : []),
      ...(isThere ? [way('edges', t('course.edges'), stave.openChosen)] : []),
      ...(isThere && !last
        ? [way('join', t('course.join'), () => join(n), t('course.joinName', { n, m: n + 1 }))]
        : []),
      ...(canUndo().undo ? [way('undo', t('course.undo'), () => step('undo'))] : []),
      way('out', t(one.isOut ? 'course.takeIn' : 'course.leaveOut'), toggleOut),
      make('label', { class: 'choice' }, t('course.voice'), ' ', voice),
    ),
  );
  if (held) /** @type {HTMLElement|null} */ (box.querySelector(`[data-does="${held}"]`))?.focus();
}

/** To the utterance before or after, on a phone. @param {number} by @param {string} name @param {boolean} there */
function arrow(by, name, there) {
  const made = button(by < 0 ? '‹' : '›', 'utterance-step', () =>
    choose((currentCourse()?.chosen ?? 1) + by),
  );
  made.setAttribute('aria-label', name);
  made.dataset.does = `step ${by}`;
  made.disabled = !there;
  return made;
}

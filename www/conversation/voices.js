// Names of the voices in a course, given by hand.
import { ask } from '../shell/dialog.js';
import { make } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { currentCourse } from '../shell/state.js';
import { giveRest, nameVoice, withNames } from './edit.js';
import { markIcon } from './marks.js';
import { MOST_VOICES } from './utterances.js';

/** Names of voices, and whose all the others are. */
export async function openVoices() {
  const course = currentCourse();
  if (!course) return;
  const count = Math.max(2, course.voices.length);
  const fields = withNames(course.voices, Math.min(MOST_VOICES, count + 1)).map((name, i) => {
    const input = make('input', {
      type: 'text',
      maxlength: '24',
      value: i < count ? name : '',
      placeholder: i < count ? '' : t('course.addVoice'),
      'aria-label': t('course.voiceName', { n: i + 1 }),
    });
    return input;
  });
  const rest = make(
    'select',
    { 'aria-label': t('course.allWithout') },
    make('option', { value: '0' }, t('course.nobody')),
  );
  const fill = () => {
    const value = rest.value;
    rest.replaceChildren(
      make('option', { value: '0' }, t('course.nobody')),
      ...fields.flatMap(({ value: name }, i) =>
        name.trim() ? [make('option', { value: String(i + 1) }, name)] : [],
      ),
    );
    rest.value = value || '0';
  };
  for (const field of fields) field.addEventListener('input', fill);
  fill();
  const lines = fields.map((field, i) => make('label', { class: 'voice-field' }, markIcon(i + 1), field));
  const agreed = await ask(
    t('course.whose'),
    [t('course.youSay'), ...lines, make('label', { class: 'choice' }, t('course.allWithout'), ' ', rest)],
    t('course.done'),
    t('record.cancel'),
  );
  if (!agreed) return;
  fields.forEach(({ value }, i) => {
    const name = value.trim();
    if (name && name !== currentCourse()?.voices[i]) nameVoice(i + 1, name);
  });
  if (Number(rest.value)) giveRest(Number(rest.value));
}

// A recording gets a name of its own, in place: Enter keeps it, Escape leaves it as it was.
/** @import {Recording} from '../types.js' */
import { announce, make } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { get, set } from '../shell/state.js';
import { fullName, nameOf } from '../shell/names.js';

const LONGEST = 80;

/** @param {number|null} n */
export const rename = (n) => set({ renaming: n });

/** @param {number} n @param {string} text */
function keep(n, text) {
  const name = text.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  const before = get().recordings.find((recording) => recording.number === n);
  if (!before || name === nameOf(before)) return rename(null);
  const recordings = get().recordings.map((recording) =>
    recording === before ? { ...recording, name } : recording,
  );
  set({ recordings, renaming: null });
  announce(t('say.renamed', { n, name: nameOf({ ...before, name }) }));
}

/**
 * The field that stands in the name's place.
 * @param {Recording} recording
 * @param {() => void} after  brings the focus back
 */
export function nameField(recording, after) {
  const n = recording.number;
  const field = make('input', {
    type: 'text',
    class: 'name-field',
    maxlength: String(LONGEST),
    autocomplete: 'off',
    spellcheck: 'false',
  });
  field.setAttribute('aria-label', t('list.nameOf', { n }));
  field.value = recording.name || recording.file;
  field.placeholder = fullName({ ...recording, name: '', file: '' });
  let done = false;
  const finish = (/** @type {boolean} */ wanted, /** @type {boolean} */ back) => {
    if (done) return;
    done = true;
    if (wanted) keep(n, field.value);
    else rename(null);
    if (back) after();
  };
  field.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    finish(event.key === 'Enter', true);
  });
  field.addEventListener('blur', () => finish(true, false));
  return field;
}

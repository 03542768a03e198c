// On a phone the list of recordings is a sheet that comes from the foot; the bar there opens it, plays and saves.
import { query, queryAs } from '../shell/dom.js';
import { get, watch } from '../shell/state.js';
import { inSight } from './list.js';
import { openSave } from './save.js';

/** A finger that moves down so far closes the sheet, in CSS px. */
const SWIPE_PX = 80;

export function start() {
  const sheet = queryAs('#sheet', HTMLDialogElement);
  const [list, side] = [query('#list-part'), query('#side')];
  const narrow = matchMedia('(max-width: 599.98px)');
  const place = () => {
    if (narrow.matches) sheet.append(list);
    else {
      sheet.close();
      side.append(list);
    }
  };
  narrow.addEventListener('change', place);
  place();
  query('#bar-list').addEventListener('click', () => {
    sheet.showModal();
    inSight();
  });
  query('#bar-save').addEventListener('click', openSave);
  query('#sheet-close').addEventListener('click', () => sheet.close());
  sheet.addEventListener('click', ({ target }) => {
    if (target === sheet) sheet.close();
  });
  let from = NaN;
  sheet.addEventListener('touchstart', ({ target, touches }) => {
    // What scrolls is scrolled.
    const scrolls = /** @type {Element} */ (target).closest('#recordings');
    from = scrolls ? NaN : touches[0].clientY;
  });
  sheet.addEventListener('touchend', ({ changedTouches }) => {
    if (changedTouches[0].clientY - from > SWIPE_PX) sheet.close();
  });
  // Whoever has chosen wants to see it: another recording, or two that are compared.
  let shown = get().current;
  watch(['current', 'ticked', 'recordings', 'deleted'], () => {
    const { current, ticked, recordings, deleted } = get();
    const isChosen = current !== shown && !deleted;
    shown = current;
    // A deletion can be undone here, also that of the last one.
    const isEmpty = !recordings.length && !deleted;
    if (!sheet.open || !(isChosen || ticked?.length === 2 || isEmpty)) return;
    sheet.close();
    query('#sentence').focus();
  });
}

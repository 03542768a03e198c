// The legend of the map: what the dots' marks and colours stand for, by emotion or by recording set.
import { make, query } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { currentCourse, get, set } from '../shell/state.js';
import { EMOTIONS, emotionName } from './emotions.js';
import { markDrawing } from './legend-marks.js';

/** What the dots' shapes and colours stand for, as they are chosen. */
export function legendEntries() {
  const { engine, dotsBy } = get();
  if (!engine || dotsBy === 'none' || currentCourse()) return [];
  const { cloud } = engine;
  const byCorpus = dotsBy === 'corpus';
  const names = byCorpus ? cloud.corpora.map(({ id }) => id) : cloud.emotions;
  const counts = names.map(() => 0);
  for (const index of byCorpus ? cloud.corpus : cloud.emotion) counts[index] += 1;
  const all = names.map((id, i) => ({
    id,
    mark: byCorpus ? EMOTIONS[i % EMOTIONS.length] : id,
    name: byCorpus ? cloud.corpora[i].name : emotionName(id),
    count: counts[i],
  }));
  const place = (/** @type {string} */ id) => EMOTIONS.findIndex((name) => name === id);
  if (!byCorpus) all.sort((a, b) => place(a.id) - place(b.id));
  return all.filter(({ count }) => count);
}

/** Fills the list beside the map; an entry that is pressed is singled out. */
export function fillLegend() {
  const { engine, single } = get();
  if (!engine) return;
  const list = query('#legend');
  list.parentElement?.classList.toggle('single', single !== null);
  const held = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset.entry;
  list.replaceChildren(
    ...legendEntries().map(({ id, mark, name, count }) => {
      const press = make(
        'button',
        {
          type: 'button',
          'aria-pressed': String(single === id),
          'aria-label': t('map.entry', { name, n: count }),
          'data-entry': id,
        },
        markDrawing(mark),
        make('span', { class: 'name' }, name),
      );
      press.addEventListener('click', () => set({ single: get().single === id ? null : id }));
      return make('li', {}, press);
    }),
  );
  if (held)
    /** @type {HTMLElement|null} */ (list.querySelector(`[data-entry="${CSS.escape(held)}"]`))?.focus();
}

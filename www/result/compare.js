// Two recordings are compared: ticked in the list, swapped, ended. The first that is ticked is the start.
import { kind, scoreOf } from '../engine/map-axis.js';
import { nameOf } from '../shell/names.js';
import { announce, make, query, queryAll, queryAs } from '../shell/dom.js';
import { scoreText, t, unbroken } from '../shell/i18n.js';
import { currentSound, get, set, watch } from '../shell/state.js';
import { pair, scored } from './attribution.js';
import { calmHere, calmTitle } from './calm.js';
import { changeOf } from './message-texts.js';

/** The calm voice among what a comparison can start from. */
const CALM = 'calm';

/** Those that can be compared. */
const possible = () => get().recordings.filter(scored);

/** @param {number} from @param {number} to */
export function compare(from, to) {
  // Who speaks is a matter of the two, in either order.
  const isSame = pair()?.every((one) => [from, to].includes(one.number)) ?? false;
  set({ twoSpeakers: isSame && get().twoSpeakers });
  set({ ticked: [from, to], current: to, problem: null, notice: null });
  tell();
}

export const end = () => set({ ticked: null });

/** Says what came of it; where the list stands below the figure, the figure comes into sight. */
function tell() {
  const two = pair();
  if (!two) return;
  const { sentence, lead } = changeOf(two);
  announce(unbroken(`${sentence} ${lead}`.replaceAll('**', '')));
  if (!matchMedia('(min-width: 1100px)').matches) query('#sentence').focus();
}

/** @param {number} n @param {boolean} on */
export function tick(n, on) {
  const before = get().ticked ?? [];
  const ticked = on
    ? [...before.filter((other) => other !== n), n].slice(-2)
    : before.filter((other) => other !== n);
  if (ticked.length === 2) compare(ticked[0], ticked[1]);
  else set({ ticked });
}

/** Begins; with only two to choose from there is nothing to tick. */
function begin() {
  const those = possible();
  if (those.length === 2) compare(those[0].number, those[1].number);
  else set({ ticked: [] });
}

/**
 * The one that is shown with the one before it, or back again.
 * @returns {boolean} whether there was something to do
 */
export function compareWithPrevious() {
  if (get().ticked) {
    end();
    return true;
  }
  const those = possible();
  const at = those.findIndex((recording) => recording.number === get().current);
  if (at < 1) return false;
  compare(those[at - 1].number, those[at].number);
  return true;
}

export function start() {
  query('#compare').addEventListener('click', () => (get().ticked ? end() : begin()));
  for (const swap of queryAll('[data-swap]')) {
    swap.addEventListener('click', () => {
      const two = pair();
      if (two) compare(two[1].number, two[0].number);
    });
  }
  query('#two-speakers').addEventListener('click', () => {
    set({ twoSpeakers: !get().twoSpeakers });
    tell();
  });
  query('[data-end]').addEventListener('click', () => {
    end();
    query('#sentence').focus();
  });
  const from = queryAs('#start-from', HTMLSelectElement);
  from.addEventListener('change', () => {
    const shown = get().current;
    if (!from.value || from.value === CALM) {
      end();
      set({ fromAverage: !from.value });
    } else if (shown !== null) compare(Number(from.value), shown);
  });
  // Whatever else is shown ends a comparison; what is gone can be ticked no more.
  watch(['current', 'recordings', 'acoustics'], () => {
    const { ticked, current, recordings, acoustics } = get();
    if (!ticked) return;
    const left = ticked.filter((n) => recordings.some((recording) => recording.number === n));
    if (acoustics || recordings.length < 2 || (ticked.length === 2 && ticked[1] !== current))
      set({ ticked: null });
    else if (left.length < ticked.length) set({ ticked: left.length ? left : null });
  });
  watch(
    ['ticked', 'recordings', 'current', 'engine', 'twoSpeakers', 'calm', 'fromAverage', 'acoustics'],
    () => {
      const { ticked, current, twoSpeakers } = get();
      query('#two-speakers').hidden = kind() !== 'score';
      query('#two-speakers').textContent = t(twoSpeakers ? 'compare.oneSpeaker' : 'compare.twoSpeakers');
      const those = possible();
      query('#compare').hidden = !ticked && those.length < 2;
      query('#compare').textContent = t(ticked ? 'compare.end' : 'compare');
      query('#two-ways').hidden = !pair();
      query('#compare-hint').hidden = !ticked || ticked.length > 1;
      const others = those.filter((recording) => recording.number !== current);
      const sound = currentSound();
      const hasCalm = Boolean(sound?.analysis && calmHere(sound));
      query('#start-choice').hidden = !others.length && !hasCalm;
      from.replaceChildren(
        make('option', { value: '' }, t('why.average')),
        ...(hasCalm ? [make('option', { value: CALM }, calmTitle())] : []),
        ...others.map((recording) =>
          make(
            'option',
            { value: String(recording.number) },
            [
              `${recording.number} ${nameOf(recording)}`,
              ...(scoreOf(recording) === null ? [] : [scoreText(recording.analysis.activation)]),
            ].join(', '),
          ),
        ),
      );
      from.value = String(pair()?.[0].number ?? (hasCalm && !get().fromAverage ? CALM : ''));
    },
  );
}

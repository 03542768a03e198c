// The own measure: four lines read calmly, against which every score of the session is shown.
/** @import {CalmLine, Measures} from '../types.js' */
import { analyse } from '../engine/analyse.js';
import { kind } from '../engine/map-axis.js';
import { predict } from '../engine/predict.js';
import { heard, calmFor } from '../result/calm.js';
import { remarks } from '../result/message-keys.js';
import { announce, button, make, query, rich } from '../shell/dom.js';
import { cannotUse } from '../shell/errors.js';
import { number, say, scoreText, t } from '../shell/i18n.js';
import { current, get, set, watch } from '../shell/state.js';
import { areSeveral, open as openOver } from './over-time.js';
import { read } from './reading.js';
import { CALM } from './sentences.js';

/** So many lines are enough. */
const ENOUGH = 3;
/** Readings that lie further apart than this differ, in score units. */
const APART = 0.8;

/** The calm voice that counts now: that of what is shown, else of what would be recorded now. */
const here = () => calmFor(current() ?? { when: new Date(), origin: '' });

/** @param {Measures} measures what is to be said of a line, or nothing */
function remarkOn(measures) {
  const { engine } = get();
  if (!engine) return '';
  const [first] = remarks(predict(measures, engine), number);
  return first ? say(first).replaceAll('**', '') : '';
}

function begin() {
  /** @type {CalmLine[]} */
  const lines = [];
  /** @type {CalmLine|null} */
  let refused = null;
  read({
    title: 'own',
    count: CALM,
    enough: ENOUGH,
    first: (step) => step,
    hint: () => 'own.hint',
    goesOn: true,
    async take({ take, text, signal }) {
      const { engine } = get();
      refused = null;
      try {
        take.close();
        if (!engine) return { failed: true };
        const { measures } = await analyse(
          engine,
          take,
          signal,
          () => {},
          () => {},
        );
        const line = { text, seconds: take.seconds, measures };
        const again = remarkOn(measures);
        if (again) refused = line;
        else lines.push(line);
        return again ? { again, canKeep: true } : {};
      } catch (error) {
        const { kind: why } = cannotUse(error);
        return { again: say({ key: `problem.${why}` }).split('|')[0] };
      } finally {
        take.free();
      }
    },
    keep() {
      if (refused) lines.push(refused);
    },
    end(complete) {
      if (complete) keep(lines);
      query('#own h2').focus();
    },
  });
}

/** @param {CalmLine[]} lines */
function keep(lines) {
  const when = new Date();
  const origin = current()?.when.toDateString() === when.toDateString() ? (current()?.origin ?? '') : '';
  const before = calmFor({ when, origin });
  set({ calm: [...get().calm.filter((one) => one !== before), { when, origin, lines }], fromAverage: false });
  announce(doneText());
}

function doneText() {
  const calm = here();
  const voice = heard(calm);
  if (!voice || !calm) return '';
  return t('own.done', { s: scoreText(voice.score), n: calm.lines.length });
}

function forget() {
  const gone = here();
  set({ calm: get().calm.filter((one) => one !== gone) });
  announce(t('own.forgotten'));
  query('#own h2').focus();
}

function show() {
  const { cannot, acoustics } = get();
  const part = query('#own');
  part.hidden = acoustics || kind() !== 'score';
  const calm = here();
  const voice = heard(calm);
  const text = make('p', { class: 'note' });
  const scores = voice?.lines.map(({ activation }) => activation) ?? [];
  const differ = Math.max(...scores) - Math.min(...scores) > APART;
  rich(text, voice ? [doneText(), differ ? t('own.differ') : ''].join(' ') : t('own.offer'));
  const ways = voice
    ? [...(cannot ? [] : [button(t('own.again'), 'word', begin)]), button(t('own.forget'), 'word', forget)]
    : [button(t('own.start'), 'word', begin)];
  if (areSeveral()) ways.push(button(t('over'), 'word', openOver));
  if (!ways.length || (cannot && !voice && ways.length < 2)) part.hidden = true;
  part.replaceChildren(
    make('h2', { tabindex: '-1' }, t('own')),
    text,
    make('p', { class: 'list-ways' }, ...ways),
  );
}

export function start() {
  query('#side').append(make('section', { id: 'own', class: 'own' }));
  watch(['calm', 'current', 'recordings', 'engine', 'acoustics', 'cannot'], show);
}

// A sentence to say, for whoever does not know what. With an empty list it is a first pair: the same sentence calmly and
// then lively, and the two are compared.
import { compare } from '../result/compare.js';
import { addRecording } from '../session/incoming.js';
import { query } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { get, watch } from '../shell/state.js';
import { read, sentences } from './reading.js';
import { CALM } from './sentences.js';

/** Which one is proposed next. */
let turn = CALM;

function offer() {
  const isPair = !get().recordings.length && !get().acoustics;
  /** @type {number[]} */
  const made = [];
  const first = turn;
  read({
    title: 'sentences',
    count: isPair ? 2 : 1,
    first: (step, index) => (step ? index : turn),
    hint: (step) => (isPair ? (step ? 'sentences.lively' : 'sentences.calmly') : 'sentences.this'),
    goesOn: false,
    async take({ take, captured, text, stop }, step) {
      const name = isPair ? t(step ? 'sentences.nameLively' : 'sentences.nameCalm', { text }) : text;
      const recording = await addRecording(take, captured, [], stop, null, name);
      if (recording?.measures) made.push(recording.number);
      return { failed: made.length <= step };
    },
    end(complete) {
      if (turn === first) turn += 1;
      if (turn >= sentences) turn = CALM;
      const [a, b] = made;
      if (complete && b) compare(a, b);
      else query('#sentence').focus();
    },
  });
}

export function start() {
  query('#say').addEventListener('click', offer);
  watch(['cannot'], () => (query('#say').hidden = Boolean(get().cannot)));
}

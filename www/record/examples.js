// The examples: voices that the page makes itself, when one is asked for, and then treats like any file.
import { ready } from '../engine/engine.js';
import { addFiles } from '../session/incoming.js';
import { open } from '../shell/dialog.js';
import { button, make, query, queryAs } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { get } from '../shell/state.js';
import { MANNERS, RATE, speak } from '../sound/formant-synthesis.js';
import { wavPieces } from '../sound/wav-file.js';

const NAMES = /** @type {(keyof typeof MANNERS)[]} */ (Object.keys(MANNERS));

/** In acoustics only no name says how a voice sounds to anybody. @param {keyof typeof MANNERS} name */
const called = (name) =>
  get().acoustics ? t('example.number', { n: NAMES.indexOf(name) + 1 }) : t(`example.${name}`);

/** @param {keyof typeof MANNERS} name */
async function take(name) {
  queryAs('#dialog', HTMLDialogElement).close();
  const { wasm } = await ready();
  const sound = new wasm.Take(RATE);
  try {
    sound.push(speak(MANNERS[name]));
    sound.close();
    await addFiles([
      new File([...wavPieces(sound)], t('example.made', { name: called(name) }), { type: 'audio/wav' }),
    ]);
  } finally {
    sound.free();
  }
}

export function choose() {
  const choices = NAMES.map((name) =>
    make(
      'li',
      {},
      button(called(name), 'word', () => void take(name)),
    ),
  );
  open(
    t('example'),
    [make('p', { class: 'note' }, t('example.note')), make('ul', { class: 'choices' }, ...choices)],
    [],
  );
}

export function start() {
  query('#example').addEventListener('click', choose);
}

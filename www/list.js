// The list of this tab's recordings.
/** @import {Recording} from './types.js' */
import { button, make, one } from './dom.js';
import { ask } from './dialog.js';
import { number, t } from './i18n.js';
import { discard } from './record.js';
import { nameOf } from './result.js';
import { forgetAll, remove, select, undo } from './session.js';
import { get, watch } from './state.js';

export function start() {
  one('#forget').addEventListener('click', async () => {
    const agreed = await ask(t('forget.ask'), [t('forget.text', { n: get().recordings.length })], t('forget.yes'), t('forget.no'));
    if (!agreed) return;
    discard();
    forgetAll();
    one('#sentence').focus();
  });
  one('#delete').addEventListener('click', () => {
    const shown = get().recordings.find((recording) => recording.number === get().current);
    if (!shown) return;
    remove(shown);
    /** @type {HTMLElement|null} */ (one('#undo').querySelector('button'))?.focus();
  });
  one('#recordings').addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    move(step);
  });
  watch(['recordings', 'current'], () => {
    const { recordings, current } = get();
    const list = one('#recordings');
    const held = list.contains(document.activeElement);
    const empty = !recordings.length;
    one('#list-empty').hidden = !empty;
    list.hidden = one('#list-ways').hidden = one('#keep').hidden = empty;
    if (current !== null) one('#delete').setAttribute('aria-label', t('list.deleteName', { n: current }));
    list.replaceChildren(...recordings.map((recording) => row(recording, recording.number === current)));
    if (held) /** @type {HTMLElement|null} */ (list.querySelector('[aria-current="true"]'))?.focus();
  });
  watch(['deleted'], () => {
    const { deleted } = get();
    const line = one('#undo');
    line.hidden = !deleted;
    if (!deleted) return;
    const back = button(t('list.undo'), 'word', () => {
      undo();
      /** @type {HTMLElement|null} */ (one('#recordings').querySelector('[aria-current="true"]'))?.focus();
    });
    line.replaceChildren(make('span', {}, t('list.deleted', { n: deleted.number })), back);
  });
}

/** @param {number} step */
export function move(step) {
  const { recordings, current } = get();
  const at = recordings.findIndex((recording) => recording.number === current);
  const next = recordings[Math.min(recordings.length - 1, Math.max(0, at + step))];
  if (next) select(next.number);
}

/** @param {Recording} recording @param {boolean} isCurrent */
function row(recording, isCurrent) {
  const { analysis, number: n } = recording;
  const score = analysis ? number(analysis.activation, 1) : '–';
  const name = nameOf(recording);
  const scale = make('span', { 'class': `small-scale${analysis ? '' : ' none'}`, 'aria-hidden': 'true' });
  if (analysis) scale.style.setProperty('--at', String(Math.min(1, Math.max(0, (analysis.activation - 1) / 4))));
  const unseen = (/** @type {string} */ text) => make('span', { class: 'unseen' }, text);
  const said = recording.file ? [unseen(`${t('list.voice', { n })}, `), name] : [name];
  const choose = make('button', { type: 'button', class: 'row' },
    make('span', { 'class': 'disc-number', 'aria-hidden': 'true' }, String(n)), make('span', { class: 'row-name' }, ...said), scale,
    make('span', { class: 'row-score' }, unseen(', '), ...(analysis ? [score] : [make('span', { 'aria-hidden': 'true' }, score), unseen(t('list.noScore'))])));
  if (isCurrent) choose.setAttribute('aria-current', 'true');
  choose.addEventListener('click', () => select(n));
  return make('li', {}, choose);
}

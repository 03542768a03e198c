// The lines that follow what happens to files that were opened.
/** @import {Message} from '../types.js' */
import { announce, button, make, query } from '../shell/dom.js';
import { say, t } from '../shell/i18n.js';
import { get, set, watch } from '../shell/state.js';

let lines = 0;

/** @param {Message} text */
export function addLine(text) {
  lines += 1;
  set({ queue: [...get().queue, { id: lines, text, progress: 0 }] });
  return lines;
}

/**
 * @param {number} id
 * @param {Message} text
 * @param {number|null} [progress]  null: nothing more happens to it
 */
export function changeLine(id, text, progress = null) {
  set({ queue: get().queue.map((line) => (line.id === id ? { id, text, progress } : line)) });
  if (progress === null) announce(say(text));
}

/** @param {number} id */
export const dropLine = (id) => set({ queue: get().queue.filter((line) => line.id !== id) });

/** Shows the progress of the file on its line. @param {string} file @param {number} line */
export function follow(file, line) {
  let spoken = 0;
  const timer = setInterval(() => {
    const p = Math.round(get().progress * 100);
    changeLine(line, { key: 'working.file', params: { file, p } }, get().progress);
    if (p - spoken >= 25 && p < 100) {
      spoken = p;
      announce(t('working.file', { file, p }));
    }
  }, 250);
  return () => clearInterval(timer);
}

function show() {
  const { queue } = get();
  const list = query('#queue');
  list.hidden = !queue.length;
  list.replaceChildren(
    ...queue.map(({ id, text, progress }) => {
      const line = make('li', {}, make('span', {}, say(text)));
      if (progress === null) line.append(button(t('files.dismiss'), 'word', () => dropLine(id)));
      return line;
    }),
  );
}

export const start = () => watch(['queue'], show);

// The parts that no recording waits for: loaded and started when the page can record and score.
import * as conversation from './conversation/view.js';
import * as modelChoice from './engine/model-choice.js';
import * as fileSums from './privacy/file-sums.js';
import * as modelCard from './privacy/model-card.js';
import * as policyRules from './privacy/policy-rules.js';
import * as selfCheck from './privacy/self-check.js';
import * as live from './live/live.js';
import * as own from './measure/own.js';
import * as say from './measure/say.js';
import * as overTime from './measure/over-time.js';
import * as reading from './measure/reading.js';
import * as conversationRecording from './record/conversation.js';
import * as examples from './record/examples.js';
import { discard } from './record/record.js';
import * as compare from './result/compare.js';
import * as measures from './result/measures.js';
import * as picture from './result/picture.js';
import { offer } from './result/problem.js';
import * as tables from './result/tables.js';
import * as channel from './session/channel.js';
import * as course from './session/course.js';
import { addFiles } from './session/incoming.js';
import { make } from './shell/dom.js';
import { CodedError } from './shell/errors.js';
import * as kept from './session/kept.js';
import * as list from './session/list.js';
import * as paper from './session/paper.js';
import './session/reopen.js';
import * as save from './session/save.js';
import * as sheet from './session/sheet.js';
import * as unsaved from './session/unsaved.js';
import * as offline from './shell/offline.js';
import * as shortcuts from './shortcuts.js';
export { keep } from './shell/offline.js';

const PARTS = [
  policyRules,
  modelCard,
  picture,
  conversation,
  channel,
  list,
  sheet,
  unsaved,
  course,
  compare,
  measures,
  tables,
  modelChoice,
  save,
  paper,
  shortcuts,
  examples,
  reading,
  say,
  own,
  overTime,
  live,
  conversationRecording,
  selfCheck,
  fileSums,
  offline,
];

/** Styles that nobody waits for either, in their order. */
const STYLES = ['conversation', 'print', 'surface'];

/** @param {string} name @returns {Promise<unknown>} when it is there */
const addStyle = (name) =>
  new Promise((resolve, reject) => {
    const href = new URL(`./style/${name}.css`, import.meta.url).href;
    const link = make('link', { rel: 'stylesheet', href });
    link.addEventListener('load', resolve);
    link.addEventListener('error', () => reject(new CodedError('load', { part: `${name}.css` })));
    document.head.append(link);
  });

export function start() {
  // The whole page in one file has them in it.
  const isOneFile = 'oneFile' in document.documentElement.dataset;
  const styled = Promise.all(isOneFile ? [] : STYLES.map(addStyle));
  offer({ example: examples.choose });
  list.onForget(discard);
  for (const part of PARTS) part.start();
  kept.start(addFiles);
  return styled;
}

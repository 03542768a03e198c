// A saved session is opened again: measured anew where its sound was saved, else with its numbers.
/** @import {Captured, Channels, Engine, Message, Recording, Take} from '../types.js' */
import { unlessAborted } from '../shell/abort.js';
import { CodedError, codeOf } from '../shell/errors.js';
import { number } from '../shell/i18n.js';
import { LARGEST_MB, read } from '../sound/files.js';
import { parse } from './session-file.js';

/** @typedef {{file: string, channels: Channels|null, captured: Captured|null, notices: Message[]}} About */

/** @param {File} file */
export const isSaved = ({ name, type }) => type === 'application/json' || /\.jsonl?$/i.test(name);

/**
 * All recordings of the file, or none.
 * @param {Engine} engine
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {(take: Take, about: About) => Promise<Recording>} measure
 * @returns {Promise<Recording[]>} with the numbers that they were saved with
 */
export async function reopen(engine, file, signal, measure) {
  if (file.size > LARGEST_MB * 1e6) throw new CodedError('large_file');
  const saved = parse(await unlessAborted(file.text(), signal), engine, new Date(file.lastModified));
  const back = [];
  try {
    for (const { recording, sound } of saved) {
      if (!sound) {
        back.push(recording);
        continue;
      }
      const { number: n, name, file: from, when, channels, captured, notices } = recording;
      const { take } = await read(engine, new File([/** @type {BlobPart} */ (sound)], 'sound.wav'), signal);
      back.push({
        ...(await measure(take, { file: from, channels, captured, notices })),
        number: n,
        name,
        when,
      });
    }
    return back;
  } catch (error) {
    for (const { take } of back) take?.free();
    throw error;
  }
}

/**
 * What a person is told about a file that could not be opened again.
 * @param {unknown} error
 * @param {string} file
 * @returns {Message}
 */
export function whyNot(error, file) {
  const kind =
    codeOf(error) === 'not_ours' ? 'notOurs' : codeOf(error) === 'large_file' ? 'large' : 'damaged';
  const { data } = /** @type {{data?: Record<string, string>}} */ (error);
  return { key: `file.${kind}`, params: { ...data, file, m: number(LARGEST_MB, 0) } };
}

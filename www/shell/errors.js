// From an error's own name to what a person is told and can do about it.
/** @import {Problem} from '../types.js' */
import { set } from './state.js';

/** An error of ours with a code, as the wasm side throws them as well. */
export class CodedError extends Error {
  /**
   * @param {string} code
   * @param {Record<string, string|number>} [data]
   * @param {unknown} [cause]
   */
  constructor(code, data = {}, cause = undefined) {
    super(code, { cause });
    this.code = code;
    this.data = data;
  }
}

/** @param {unknown} error @returns {string} */
export function codeOf(error) {
  const code = /** @type {{code?: unknown}|null} */ (error)?.code;
  return typeof code === 'string' ? code : '';
}

/** @param {unknown} error @returns {string} a name to quote when asking for help */
export function nameOf(error) {
  if (error instanceof CodedError) return error.cause === undefined ? error.code : nameOf(error.cause);
  return (
    codeOf(error) || (error instanceof Error || error instanceof DOMException ? error.name : String(error))
  );
}

/**
 * Why the microphone did not open.
 * @param {{name: string, message: string}} error  what `getUserMedia` rejected with
 * @param {string} permission  the permission's state, '' where the browser does not tell
 */
export function microphoneKind({ name, message }, permission) {
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      if (/system/i.test(message)) return 'system';
      return /dismiss/i.test(message) || permission === 'prompt' ? 'dismissed' : 'denied';
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'other';
  }
}

/**
 * @param {string} kind
 * @param {string} [name]
 * @returns {Problem}
 */
export function cannotListen(kind, name) {
  const fixed = kind === 'insecure' || kind === 'unsupported' || kind === 'worklet';
  return {
    kind,
    family: 'A',
    name,
    ways:
      kind === 'worklet'
        ? ['file', 'example', 'reload']
        : fixed
          ? ['file', 'example']
          : ['again', 'file', 'example'],
  };
}

/** Codes of the analysis that mean: this sound cannot be used, and nothing is broken. */
const UNUSABLE = /** @type {Record<string, string>} */ ({
  too_short: 'too_short',
  empty: 'too_short',
  silent: 'silent',
  no_voice: 'no_voice',
});

/** Whether there was not enough memory: said by the measuring part, or by a browser. @param {unknown} error */
export const isMemory = (error) =>
  codeOf(error) === 'memory' ||
  (error instanceof Error && /allocation failed|out of memory/i.test(error.message));

/** @param {unknown} error @returns {Problem} */
const noMemory = (error) => ({ kind: 'memory', family: 'D', name: nameOf(error), ways: ['again', 'reload'] });

/**
 * @param {unknown} error  what the analysis threw
 * @param {{seconds: number, peak: number}} [heard]  how much was heard, and the loudest of it in dBFS
 * @returns {Problem}
 */
export function cannotUse(error, heard) {
  if (isMemory(error)) return noMemory(error);
  const kind = UNUSABLE[codeOf(error)];
  const active = /** @type {{active_s?: number}|null} */ (error)?.active_s;
  if (kind === 'too_short' && active !== undefined)
    return { kind: 'little_speech', family: 'B', params: { ...heard, a: active }, ways: ['again', 'file'] };
  if (!kind) return { kind: 'unexpected', family: 'D', name: nameOf(error), ways: ['copy', 'reload'] };
  return { kind, family: 'B', params: heard, ways: ['again', 'file'] };
}

/** @param {unknown} error @returns {Problem} */
export function cannotLoad(error) {
  if (isMemory(error)) return noMemory(error);
  if (codeOf(error) === 'model')
    return {
      kind: 'model',
      family: 'D',
      name: nameOf(error),
      params: { what: nameOf(error) },
      ways: ['reload', 'copy'],
    };
  // A script that did not come, or all of them here and the measuring part does not run.
  if (error instanceof CodedError && (error.code === 'load' || error.code === 'start'))
    return {
      kind: error.code,
      family: 'D',
      name: nameOf(error),
      params: error.data,
      ways: ['reload', 'copy'],
    };
  return { kind: 'unexpected', family: 'D', name: nameOf(error), ways: ['copy', 'reload'] };
}

/** Says that something went wrong that nobody foresaw, or that a part is missing. @param {unknown} error */
export function fail(error) {
  console.error(error);
  set({ problem: cannotLoad(error) });
}

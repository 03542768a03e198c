// The part that reads sound files: a WebAssembly module of its own, for who only records needs none. Its scripts come with the
// other parts that nothing waits for, so that opening a file asks the server for nothing; it is started with the first file.
/** @import {Reader} from '../types.js' */
import { piece, start } from './script-bytes.js';

const scripts = () =>
  Promise.all([
    piece('reader.js', () => import('../../pkg/reader.js')),
    piece('reader-wasm.js', () => import('../../pkg/reader-wasm.js')),
  ]);

async function load() {
  const [bindings, binary] = await scripts();
  await start(bindings, binary.default);
  started = bindings;
  return bindings;
}

/** @type {Promise<Reader>|undefined} */
let loading;
/** @type {Reader|null} */
let started = null;

/** The same, if it is started: where there are utterances it is. */
export const readerNow = () => started;

/** The part that reads files, started. */
export function reader() {
  if (!loading) {
    loading = load();
    // What did not come may come the next time.
    loading.catch(() => {
      loading = undefined;
    });
  }
  return loading;
}

/** Files are read by this one from now on. @param {Promise<Reader>} other */
export function useReader(other) {
  loading = other;
  other.then(
    (bindings) => (started = bindings),
    () => {},
  );
}

/** Brings in its scripts, which stay text until a file is opened. One that does not come is no harm before. */
export const fetchReader = () => scripts().catch(() => {});

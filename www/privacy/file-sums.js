// The checksums of the page's files, as the browser has kept them: the page may not ask for its own files, but it may
// read what the service worker has put into the browser's cache.
import { make, query } from '../shell/dom.js';
import { hexadecimal } from '../shell/format.js';
import { t } from '../shell/i18n.js';
import { watch } from '../shell/state.js';

const TOP = new URL('./', document.baseURI);
/** Caches of the service worker begin so (`worker/service-worker.js`). */
const PREFIX = `undertone ${TOP.pathname} `;

/** @typedef {{path: string, sum: string}} Sum */
/** @type {{all: string, files: Sum[]}|'none'|null} */
let found = null;

/** SHA-256 in hexadecimal digits, as `sha256sum` writes it. @param {BufferSource} bytes */
async function sumOf(bytes) {
  return hexadecimal(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** The files of the version in use: of two, the newer one waits. */
async function keptFiles() {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    if (!name.startsWith(PREFIX) || !(await cache.match(TOP.href))) continue;
    return Promise.all(
      (await cache.keys()).map(async (request) => {
        const response = /** @type {Response} */ (await cache.match(request));
        const path = request.url.slice(TOP.href.length) || 'index.html';
        return { path, sum: await sumOf(await response.arrayBuffer()) };
      }),
    );
  }
  return [];
}

async function compute() {
  /** @type {Sum[]} */
  const files = await keptFiles().catch(() => []);
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  // The lines of SHA256SUMS, so that one sum stands for all.
  const lines = files.map(({ path, sum }) => `${sum}  ${path}\n`).join('');
  found = files.length ? { all: await sumOf(new TextEncoder().encode(lines)), files } : 'none';
  show();
}

function show() {
  const each = query('#sums-each');
  each.hidden = found === null || found === 'none';
  query('#sums-all').replaceChildren(
    ...(found === null
      ? []
      : found === 'none'
        ? [t('sums.none')]
        : [t('sums.all', { n: found.files.length }), ' ', make('code', {}, found.all)]),
  );
  if (found === null || found === 'none') return;
  query('#sums').replaceChildren(
    ...found.files.map(({ path, sum }) =>
      make('div', {}, make('dt', {}, path), make('dd', {}, make('code', {}, sum))),
    ),
  );
}

export function start() {
  query('#sums-show').addEventListener('click', compute);
  watch([], show);
}

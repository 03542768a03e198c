// Keeps the page for when there is no network. It alone may ask its own server, for the files of the list
// below and nothing else; its policy (in its own headers) closes every other way.

/** @type {ServiceWorkerGlobalScope} */
const scope = /** @type {any} */ (self);

// Filled in when this file is served or packed: path → SHA-256 in base64.
/** @type {Record<string, string>} */
const FILES = {};

const TOP = new URL('../', scope.location.href);
const PAGE = 'index.html';
/** Caches of this copy of the page: an origin may have others, at other paths. */
const PREFIX = `undertone ${TOP.pathname} `;
/** As they were called before, whatever the path. */
const FORMER = /^undertone-[0-9a-f]{16}$/;

/**
 * Address and checksum of everything. The page itself has two addresses, and some hosts know only the shorter
 * one.
 */
const LIST = new Map(
  Object.entries(FILES).map(([path, sum]) => [new URL(path === PAGE ? './' : path, TOP).href, sum]),
);

/** The version is the checksum of the list of checksums. */
const version = crypto.subtle
  .digest('SHA-256', new TextEncoder().encode(JSON.stringify([...LIST])))
  .then(
    (sum) =>
      PREFIX +
      [...new Uint8Array(sum).subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  );

/**
 * A file as its server has it, compared with the list by the browser. A navigation does not accept an answer that came by a redirect, as
 * some hosts give for the page itself: what came is kept as an answer of its own.
 * @param {string} address
 * @param {string} sum
 * @returns {Promise<[string, Response]>}
 */
async function file(address, sum) {
  const response = await fetch(address, {
    cache: 'no-cache',
    credentials: 'omit',
    integrity: `sha256-${sum}`,
  });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const { status, statusText, headers } = response;
  const body = await response.arrayBuffer();
  return [address, new Response(body, { status, statusText, headers })];
}

/**
 * All or nothing: a file that is missing, or another than the list says, ends the attempt, and the old
 * version stays. Nothing is kept before everything is there. Where only the worker is new, the cache has the name of the one in use:
 * the same bytes are put into it, and it is not deleted.
 */
async function fill() {
  const files = await Promise.all([...LIST].map(([address, sum]) => file(address, sum)));
  const name = await version;
  const isMine = !(await caches.has(name));
  const cache = await caches.open(name);
  try {
    await Promise.all(files.map(([address, response]) => cache.put(address, response)));
  } catch (error) {
    if (isMine) await caches.delete(name);
    throw error;
  }
}

/** Whether a cache of a former name is of this copy: each has its own page. @param {string} name */
const hasPage = async (name) => Boolean(await caches.match(TOP.href, { cacheName: name }));

async function clean() {
  const mine = await version;
  await Promise.all(
    (await caches.keys()).map(async (one) => {
      const isOld = one.startsWith(PREFIX) ? one !== mine : FORMER.test(one) && (await hasPage(one));
      if (isOld) await caches.delete(one);
    }),
  );
}

/** @param {Request} request @param {string} address */
async function answer(request, address) {
  return (await caches.match(address, { cacheName: await version })) ?? fetch(request);
}

/** The address on the list that a request means. @param {Request} request */
function meant({ url, mode }) {
  const address = new URL(url);
  address.hash = '';
  if (mode !== 'navigate') return address.href;
  address.search = '';
  return address.href === new URL(PAGE, TOP).href ? TOP.href : address.href;
}

scope.addEventListener('install', (event) => event.waitUntil(fill()));
scope.addEventListener('activate', (event) => event.waitUntil(clean()));
scope.addEventListener('fetch', (event) => {
  const address = meant(event.request);
  if (event.request.method === 'GET' && LIST.has(address)) event.respondWith(answer(event.request, address));
});
// A new version waits until a person asks for it.
scope.addEventListener('message', ({ data }) => {
  if (data === 'take over') scope.skipWaiting();
});

// Keeps the page for when there is no network. It alone may ask its own server, for the files of the list
// below and nothing else; its policy (in its own headers) closes every other way.

/** @type {ServiceWorkerGlobalScope} */
const scope = /** @type {any} */ (self);

// Filled in when this file is served or packed: path → SHA-256 in base64.
/** @type {Record<string, string>} */
const FILES = {};

const PREFIX = 'undertone-';
const TOP = new URL('../', scope.location.href);
const PAGE = 'index.html';

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
 * All or nothing: a file that is missing, or another than the list says, ends the attempt, and the old
 * version stays.
 */
async function fill() {
  const cache = await caches.open(await version);
  try {
    await Promise.all(
      [...LIST].map(async ([address, sum]) => {
        const response = await fetch(address, {
          cache: 'no-cache',
          credentials: 'omit',
          integrity: `sha256-${sum}`,
        });
        if (!response.ok) throw new Error(`${address}: ${response.status}`);
        await cache.put(address, response);
      }),
    );
  } catch (error) {
    await caches.delete(await version);
    throw error;
  }
}

async function clean() {
  const mine = await version;
  const others = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== mine);
  await Promise.all(others.map((one) => caches.delete(one)));
}

/** @param {Request} request @param {string} address */
async function answer(request, address) {
  const cache = await caches.open(await version);
  return (await cache.match(address)) ?? fetch(request);
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

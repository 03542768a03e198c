// The page without a network: a service worker keeps all of its files. A newer version waits until a person
// wants it.
import { announce, query } from './dom.js';
import { t } from './i18n.js';
import { get, set, watch } from './state.js';

const WORKER = new URL('../../worker/service-worker.js', import.meta.url);
const SCOPE = new URL('../..', import.meta.url);

/** @typedef {{createScriptURL: (address: string) => string}} Scripts */
/**
 * Code is started by an address only here, and only our worker's: browsers that know Trusted Types refuse every other one.
 * @type {{createPolicy: (name: string, rules: Scripts) => Scripts}|undefined}
 */
const trustedTypes = /** @type {any} */ (window).trustedTypes;
const scripts = trustedTypes?.createPolicy('undertone', {
  createScriptURL(address) {
    if (address !== WORKER.href) throw new TypeError(address);
    return address;
  },
});

/** @type {ServiceWorkerRegistration|null} */
let registration = null;

/** Resolves when a worker has come as far as it will without being asked. @param {ServiceWorker} worker */
const settled = (worker) =>
  new Promise((resolve) => {
    const look = () => {
      if (worker.state !== 'installing') resolve(worker.state);
    };
    worker.addEventListener('statechange', look);
    look();
  });

/** @param {ServiceWorkerRegistration} found */
async function follow(found) {
  const { installing } = found;
  if (installing) await settled(installing);
  // The very first version is no news; a page that the browser loaded past the worker is the newest already.
  if (found.waiting && found.active && navigator.serviceWorker.controller && get().update === 'none') {
    set({ update: 'ready' });
    announce(t('update.ready'));
  }
}

/** Asks the browser to keep the page. Where it does not, the page works as before, with a network. */
export async function keep() {
  // The whole page in one file needs none to be kept.
  if ('oneFile' in document.documentElement.dataset) return set({ offline: 'file' });
  try {
    const found = await navigator.serviceWorker.register(scripts?.createScriptURL(WORKER.href) ?? WORKER, {
      scope: SCOPE.href,
      updateViaCache: 'none',
    });
    registration = found;
    found.addEventListener('updatefound', () => follow(found));
    await follow(found);
    set({ offline: found.active || found.waiting ? 'ready' : 'none' });
  } catch {
    // No service worker here, or not allowed, or a tester's browser that keeps none.
    set({ offline: 'none' });
  }
}

/** The newer version takes over, and the page begins anew with it. */
function reload() {
  const begin = () => location.reload();
  navigator.serviceWorker.addEventListener('controllerchange', begin, { once: true });
  if (registration?.waiting) registration.waiting.postMessage('take over');
  else begin();
}

export function start() {
  query('#update-now').addEventListener('click', reload);
  query('#update-later').addEventListener('click', () => {
    set({ update: 'later' });
    query(get().page === 'record' ? '#sentence' : '#privacy-sentence').focus({ preventScroll: true });
  });
  // Not in the middle of a recording.
  watch(['update', 'phase'], () => {
    query('#update').hidden = get().update !== 'ready' || get().phase !== 'idle';
  });
  watch(['offline'], () => {
    const { offline } = get();
    query('#offline').textContent = t(`offline.${offline}`);
    if (offline !== 'unknown') document.documentElement.dataset.offline = offline;
  });
}

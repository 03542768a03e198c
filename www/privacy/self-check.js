// The self-check: twelve ways out, each of which the browser shall refuse. A refusal counts only if the
// browser reports it, so the address may be one that can never exist, and nothing leaves even where the rules
// do not hold.
import { make, query, queryAs } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { watch } from '../shell/state.js';
import { headersHold, policyOfThePage } from './policy-rules.js';

/** `.invalid` belongs to nobody, by RFC 2606. */
const NOWHERE = 'undertone-check.invalid';
/** How long a browser may take to report. */
const PATIENCE_MS = 1_500;

/**
 * After a report others of the same attempt may follow: each policy, of the header and of the page, makes its
 * own.
 */
const ECHO_MS = 100;

/** @typedef {'refused'|'gotOut'|'silent'} Verdict */
/** @typedef {{way: keyof typeof WAYS, verdict: Verdict, rule: string}} Finding */
/** @typedef {'check.host'|'check.copy'|'check.browser'} Cause */

/** @param {string} tag @param {Record<string, string>} attributes  put into the page for the attempt only */
function placed(tag, attributes) {
  const element = make(/** @type {'link'} */ (tag), { hidden: '', ...attributes });
  document.body.append(element);
  return () => element.remove();
}

/**
 * Each tries to reach an address, and may hand back how to tidy up or, where nothing is reported, what came
 * of it.
 */
const WAYS = {
  fetch: (/** @type {string} */ to) => void fetch(to, { mode: 'no-cors' }).catch(() => {}),
  /** The one attempt that could succeed, since this server exists. @returns {Promise<Verdict|void>} */
  own: (/** @type {string} */ to) =>
    fetch(to).then(
      () => 'gotOut',
      () => {},
    ),
  xhr(/** @type {string} */ to) {
    const asked = new XMLHttpRequest();
    asked.open('GET', to);
    asked.send();
  },
  beacon: (/** @type {string} */ to) => void navigator.sendBeacon(to, 'x'),
  socket(/** @type {string} */ to) {
    const socket = new WebSocket(to.replace(/^https/, 'wss'));
    return () => socket.close();
  },
  events(/** @type {string} */ to) {
    const source = new EventSource(to);
    return () => source.close();
  },
  image: (/** @type {string} */ to) => void (new Image().src = to),
  // As a module: an element with an address from a text is refused by Trusted Types, before this rule is asked.
  script: (/** @type {string} */ to) => void import(to).catch(() => {}),
  style: (/** @type {string} */ to) => placed('link', { rel: 'stylesheet', href: to }),
  sound: (/** @type {string} */ to) => placed('audio', { src: to, preload: 'auto' }),
  frame: (/** @type {string} */ to) => placed('iframe', { src: to, title: NOWHERE }),
  /** No event tells of a window: there is one, or there is none, or the browser throws. @returns {Verdict} */
  window(/** @type {string} */ to) {
    try {
      const opened = window.open(to, '_blank', 'popup,width=200,height=200');
      opened?.close();
      return opened ? 'gotOut' : 'refused';
    } catch {
      return 'refused';
    }
  },
};
/**
 * The rule that has to refuse each; the rest are connections.
 * @type {Partial<Record<keyof typeof WAYS, string>>}
 */
const RULES = {
  image: 'img-src',
  script: 'script-src',
  style: 'style-src',
  sound: 'media-src',
  frame: 'frame-src',
};
const NAMES = /** @type {(keyof typeof WAYS)[]} */ (Object.keys(WAYS));

/** @type {Finding[]|'trying'|'noTest'|null} */
let found = null;

/** @param {keyof typeof WAYS} way @returns {Promise<Finding>} */
function attempt(way) {
  const to = way === 'own' ? new URL(`./?check=${way}`, document.baseURI).href : `https://${NOWHERE}/${way}`;
  const wanted = RULES[way] ?? 'connect-src';
  return new Promise((resolve) => {
    /** @type {() => void} */
    let tidy = () => {};
    const end = (/** @type {Verdict} */ verdict, rule = '') => {
      clearTimeout(timer);
      document.removeEventListener('securitypolicyviolation', heard);
      tidy();
      resolve({ way, verdict, rule });
    };
    const heard = (
      /** @type {SecurityPolicyViolationEvent} */ { disposition, effectiveDirective, blockedURI },
    ) => {
      // Some browsers name only the origin of what they blocked.
      const mine = blockedURI && to.startsWith(blockedURI.replace(/^wss:/, 'https:'));
      if (mine && disposition === 'enforce' && effectiveDirective.startsWith(wanted))
        end('refused', effectiveDirective);
    };
    const timer = setTimeout(end, PATIENCE_MS, 'silent');
    document.addEventListener('securitypolicyviolation', heard);
    try {
      const came = WAYS[way](to);
      if (typeof came === 'function') tidy = came;
      else if (came instanceof Promise) came.then((verdict) => verdict && end(verdict));
      // A browser may refuse a window by itself: the rule is named only where the server has sent it.
      else if (came) end(came, came === 'refused' && headersHold() ? 'sandbox' : '');
    } catch {
      // Thrown at once is refused, too, if the browser reports it.
    }
  });
}

async function check() {
  if (found === 'trying') return;
  found = 'noTest';
  if ('SecurityPolicyViolationEvent' in window) {
    found = 'trying';
    show();
    const findings = [];
    // The window first: browsers let one open only right after a press.
    for (const way of [...NAMES].reverse()) {
      findings.unshift(await attempt(way));
      await new Promise((resolve) => setTimeout(resolve, ECHO_MS));
    }
    found = findings;
  }
  show();
}

function show() {
  queryAs('#check', HTMLButtonElement).setAttribute('aria-disabled', String(found === 'trying'));
  query('#verdict').textContent = verdict();
  const list = query('#ways-out');
  list.hidden = !Array.isArray(found);
  if (!Array.isArray(found)) return;
  list.replaceChildren(
    ...found.map(({ way, verdict: came, rule }) =>
      make(
        'li',
        {},
        make('span', { class: 'way' }, t(`wayOut.${way}`)),
        make('span', { class: `sign-word ${came}` }, t(`check.${came}`)),
        make('code', {}, rule),
      ),
    ),
  );
}

/** Why a way was open: who has to do something. @param {keyof typeof WAYS} way @returns {Cause} */
function causeOf(way) {
  if (headersHold()) return 'check.browser';
  if (way === 'window') return 'check.host';
  return policyOfThePage() ? 'check.browser' : 'check.copy';
}

/** The findings in a sentence, and why. */
function verdict() {
  if (found === null) return '';
  if (found === 'trying') return t('check.trying');
  if (found === 'noTest') return t('check.noTest');
  const of = (/** @type {Verdict} */ came) =>
    (found instanceof Array ? found : []).filter((one) => one.verdict === came).map(({ way }) => way);
  const names = (/** @type {(keyof typeof WAYS)[]} */ ways) =>
    ways.map((way) => t(`wayOut.${way}`)).join(', ');
  const [out, silent] = [of('gotOut'), of('silent')];
  const sentences = [];
  if (out.length) {
    sentences.push(t('check.out', { k: out.length, list: names(out) }));
    for (const cause of new Set(out.map(causeOf))) sentences.push(t(cause));
  } else if (!silent.length) sentences.push(t('check.all'));
  if (silent.length) sentences.push(t('check.unclear', { k: of('refused').length, list: names(silent) }));
  return sentences.join(' ');
}

export function start() {
  query('#check').addEventListener('click', check);
  watch([], show);
}

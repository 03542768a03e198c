// The rules in force, as the page itself carries them, each with what it means.
import { make, query } from '../shell/dom.js';
import { has, t } from '../shell/i18n.js';
import { watch } from '../shell/state.js';

/** The policy in the page's own head; nothing where it was taken out. */
export const policyOfThePage = () =>
  document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';

/**
 * Whether the server has sent the page's headers. The browser tells a page of one effect of them: that it is isolated
 * from other origins.
 */
export const headersHold = () => window.crossOriginIsolated;

/** The directives of the policy in the page's own head. */
function directives() {
  return policyOfThePage()
    .split(';')
    .map((directive) => directive.trim())
    .filter(Boolean);
}

/** @param {string} directive */
function row(directive) {
  const [name, ...values] = directive.split(/\s+/);
  const key = `rule.${name}`;
  const meaning = has(key) ? [make('b', {}, t(key)), ' '] : [];
  const content = make('dd', {}, ...meaning, make('code', {}, values.join(' ')));
  return make('div', {}, make('dt', {}, name), content);
}

/** What only headers can say, so that the page cannot read it from itself. */
const HEADERS = [
  ['sandbox', 'allow-scripts allow-same-origin allow-downloads allow-modals'],
  ['Permissions-Policy', 'microphone=(self), fullscreen=(self), screen-wake-lock=(self)'],
  ['Connection-Allowlist', '(response-origin)'],
];

export function start() {
  const found = [...directives(), ...(headersHold() ? HEADERS.map((header) => header.join(' ')) : [])];
  watch([], () => {
    query('#rules').replaceChildren(...found.map(row));
    query('#no-headers').hidden = headersHold();
  });
}

// Appearance (as the system, light, dark) and the phone's menu.
import { query } from './dom.js';
import { t } from './i18n.js';
import { recall, remember } from './preferences.js';
import { get, set, watch } from './state.js';

const ORDER = /** @type {const} */ (['system', 'light', 'dark']);
/** The query of the rule that has the dark colours. What is printed is light. */
const MEDIA = { system: 'screen and (prefers-color-scheme: dark)', light: 'not all', dark: 'screen' };

/** The rule of the style sheet that has the dark colours. */
function darkRule() {
  const { sheet } = /** @type {HTMLLinkElement|HTMLStyleElement} */ (query('#tokens'));
  for (const rule of sheet?.cssRules ?? [])
    if (rule instanceof CSSMediaRule && rule.media.mediaText.includes('prefers-color-scheme')) return rule;
  return null;
}

export function start() {
  const kept = recall('theme');
  set({ theme: ORDER.find((name) => name === kept) ?? 'system' });
  const button = query('#theme');
  const dark = darkRule();
  button.addEventListener('click', () => {
    const theme = ORDER[(ORDER.indexOf(get().theme) + 1) % ORDER.length];
    remember('theme', theme);
    set({ theme });
  });
  watch(['theme'], () => {
    const { theme } = get();
    if (dark && dark.media.mediaText !== MEDIA[theme]) dark.media.mediaText = MEDIA[theme];
    query('#theme-word').textContent = t(`theme.${theme}`);
  });

  const menu = query('#menu');
  const top = query('#top');
  const open = (/** @type {boolean} */ yes) => {
    top.classList.toggle('open', yes);
    menu.setAttribute('aria-expanded', String(yes));
  };
  menu.addEventListener('click', () => open(!top.classList.contains('open')));
  query('#pages').addEventListener('click', () => open(false));
  top.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !top.classList.contains('open')) return;
    open(false);
    menu.focus();
  });
}

// The one dialog: a title, something to read or choose, ways out. Escape closes it.
import { button, make, query, queryAs } from './dom.js';
import { t } from './i18n.js';

/**
 * @param {string} title
 * @param {Node[]} body
 * @param {Node[]} ways  a way to close is added
 */
export function open(title, body, ways) {
  const dialog = queryAs('#dialog', HTMLDialogElement);
  query('#dialog-title').textContent = title;
  query('#dialog-body').replaceChildren(...body);
  query('#dialog-ways').replaceChildren(
    ...ways,
    ...(ways.length ? [] : [button(t('table.close'), 'word', close)]),
  );
  if (!dialog.open) dialog.showModal();
  reachable(query('#dialog-body'));
  query('#dialog-title').focus();
  return dialog;
}

/** What has to be scrolled can be reached by the keyboard. @param {HTMLElement} body */
function reachable(body) {
  const scrolls = body.scrollHeight > body.clientHeight;
  for (const [name, value] of [
    ['tabindex', '0'],
    ['role', 'region'],
    ['aria-labelledby', 'dialog-title'],
  ]) {
    if (scrolls) body.setAttribute(name, value);
    else body.removeAttribute(name);
  }
}

export const close = () => queryAs('#dialog', HTMLDialogElement).close();

/**
 * @param {string} title
 * @param {(string|Node)[]} lines
 * @param {string} yes
 * @param {string} no
 * @returns {Promise<boolean>}
 */
export function ask(title, lines, yes, no) {
  return new Promise((resolve) => {
    let agreed = false;
    const dialog = open(
      title,
      lines.map((line) => (typeof line === 'string' ? make('p', {}, line) : line)),
      [
        button(yes, 'pill', () => {
          agreed = true;
          close();
        }),
        button(no, 'word', close),
      ],
    );
    dialog.addEventListener('close', () => resolve(agreed), { once: true });
  });
}

// Which page is shown: the part of the address after #.
import { count } from './learn/steps.js';
import { query, queryAll } from './shell/dom.js';
import { get, set, watch } from './shell/state.js';

/** What is done when a step of the lesson was chosen. */
let arrive = () => {};

/** Called by the lesson once it is loaded. @param {() => void} callback */
export function onLearn(callback) {
  arrive = callback;
}

export function start() {
  const route = () => {
    const [, step] = /^#learn(?:\/(\d+))?$/.exec(location.hash) ?? [];
    if (location.hash.startsWith('#learn'))
      set({ page: 'learn', step: Math.min(count(), Math.max(1, Number(step ?? 1))) });
    else set({ page: location.hash === '#privacy' ? 'privacy' : 'record' });
  };
  window.addEventListener('hashchange', () => {
    route();
    if (get().page === 'learn') arrive();
    else if (location.hash === '#privacy' || location.hash === '#record') {
      scrollTo(0, 0);
      query(get().page === 'privacy' ? '#privacy-sentence' : '#sentence').focus({ preventScroll: true });
    }
  });
  route();
  watch(['page'], () => {
    const { page } = get();
    query('#page-record').hidden = page !== 'record';
    query('#page-privacy').hidden = page !== 'privacy';
    query('#page-learn').hidden = page !== 'learn';
    if (page === 'record' && /^#(privacy|learn)/.test(location.hash))
      history.replaceState(null, '', '#record');
    for (const link of queryAll('[data-page]')) {
      if (link.dataset.page === page) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  });
}

// Which page is shown: the part of the address after #.
import { all, make, one } from './dom.js';
import { has, number, spoken, t } from './i18n.js';
import * as learn from '../learn/lesson.js';
import { get, set, watch } from './state.js';

export function start() {
  const route = () => {
    const [, step] = /^#learn(?:\/(\d+))?$/.exec(location.hash) ?? [];
    if (location.hash.startsWith('#learn'))
      set({ page: 'learn', step: Math.min(learn.count(), Math.max(1, Number(step ?? 1))) });
    else set({ page: location.hash === '#privacy' ? 'privacy' : 'record' });
  };
  window.addEventListener('hashchange', () => {
    route();
    if (get().page === 'learn') learn.arrive();
    else if (location.hash === '#privacy' || location.hash === '#record') {
      scrollTo(0, 0);
      one(get().page === 'privacy' ? '#privacy-sentence' : '#sentence').focus({ preventScroll: true });
    }
  });
  route();
  watch(['page'], () => {
    const { page } = get();
    one('#page-record').hidden = page !== 'record';
    one('#page-privacy').hidden = page !== 'privacy';
    one('#page-learn').hidden = page !== 'learn';
    if (page === 'record' && /^#(privacy|learn)/.test(location.hash))
      history.replaceState(null, '', '#record');
    for (const link of all('[data-page]')) {
      if (link.dataset.page === page) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  });

  const meta = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
  const rules = (meta?.getAttribute('content') ?? '')
    .split(';')
    .map((rule) => rule.trim())
    .filter(Boolean);
  watch([], () =>
    one('#rules').replaceChildren(
      ...rules.map((rule) => {
        const [name, ...values] = rule.split(/\s+/);
        const key = `rule.${name}`;
        return make(
          'div',
          {},
          make('dt', {}, name),
          make(
            'dd',
            {},
            ...(has(key) ? [make('b', {}, t(key)), ' '] : []),
            make('code', {}, values.join(' ')),
          ),
        );
      }),
    ),
  );
  watch(['engine', 'acoustics'], () => {
    const { engine, acoustics } = get();
    one('#model-card').hidden = !engine || acoustics;
    if (!engine) return;
    const { info, cloud, catalogue } = engine;
    const learned = cloud.corpora.map(({ name, language }) => `${name} (${spoken(language)})`).join(', ');
    const rows = [
      [
        t('privacy.objective'),
        `${info.objective}: ${t(`model.${/** @type {import('../types.js').Objective} */ (info.objective)}`).replace('|', ' ')}`,
      ],
      [t('privacy.learned'), learned],
      ...(info.frame.kind === 'score'
        ? [[t('privacy.range'), t('range.more', { k: number(info.interval_level * 10, 0) })]]
        : []),
      [t('privacy.catalogue'), catalogue.version],
      [t('privacy.hash'), info.hash],
    ];
    one('#model').replaceChildren(
      ...rows.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))),
    );
  });
}

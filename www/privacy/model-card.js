// What the chosen model is: how it was trained, on which recordings, and how to recognise its file.
/** @import {Engine} from '../types.js' */
import { modelWords } from '../engine/model-choice.js';
import { make, query } from '../shell/dom.js';
import { number, spoken, t } from '../shell/i18n.js';
import { get, watch } from '../shell/state.js';

/** Names and values of the card. @param {Engine} engine @returns {[string, string][]} */
function rowsOf({ info, cloud, catalogue }) {
  const { title, text } = modelWords(info.objective);
  const corpora = cloud.corpora.map(({ name, language }) => `${name} (${spoken(language)})`);
  /** @type {[string, string][]} */
  const rows = [
    [t('privacy.objective'), `${info.objective}: ${title} ${text}`],
    [t('privacy.learned'), corpora.join(', ')],
  ];
  if (info.map.axis === 'score') {
    rows.push([t('privacy.range'), t('range.more', { k: number(info.interval_level * 10, 0) })]);
  }
  rows.push([t('privacy.catalogue'), catalogue.version], [t('privacy.hash'), info.hash]);
  return rows;
}

export function start() {
  watch(['engine', 'acoustics'], () => {
    const { engine, acoustics } = get();
    query('#model-card').hidden = !engine || acoustics;
    if (!engine) return;
    const rows = rowsOf(engine).map(([name, value]) =>
      make('div', {}, make('dt', {}, name), make('dd', {}, value)),
    );
    query('#model').replaceChildren(...rows);
  });
}

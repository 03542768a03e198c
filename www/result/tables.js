// What the figure shows, as tables in a dialog: the map's voices, and the reasons.
import { kind } from '../engine/map-axis.js';
import { open } from '../shell/dialog.js';
import { query, table } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { rows } from './map.js';
import { rowsOf } from './reasons.js';

function showMap() {
  const title = t('heading.map');
  const across = t(kind() === 'score' ? 'table.score' : 'table.across');
  const voice = [t('table.emotion'), t('table.set'), t('table.speaker')];
  const head = [t('table.voice'), across, t('table.other'), ...voice];
  open(title, [table(title, head, rows())], []);
}

function showReasons() {
  const title = query('#heading-why').textContent ?? '';
  const head = [t('table.measure'), t('table.name'), t('table.moves')];
  open(title, [table(title, head, rowsOf())], []);
}

export function start() {
  query('#figure-table').addEventListener('click', showMap);
  query('#why-table').addEventListener('click', showReasons);
}

// Which channel of a file is measured: said under the picture of its sound, and chosen there as long as the file is at hand.
import { areTouched, forgetHistory } from '../conversation/edit.js';
import { forgetWindow } from '../conversation/window.js';
import { channelName, spokenResult } from '../result/message-texts.js';
import { ask } from '../shell/dialog.js';
import { announce, make, query, queryAs } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { changeCourse, current, get, watch } from '../shell/state.js';
import { measureChannel } from './incoming.js';

export function start() {
  queryAs('#channel', HTMLSelectElement).addEventListener('change', choose);
  watch(['current', 'recordings'], show);
}

function show() {
  const shown = current();
  const channels = shown?.channels;
  query('#channels').hidden = !channels;
  if (!shown || !channels) return;
  const { count, taken } = channels;
  query('#channels-label').textContent = t('channels.label', { n: count });
  const [select, fixed] = [queryAs('#channel', HTMLSelectElement), query('#channel-fixed')];
  select.hidden = !shown.source;
  fixed.hidden = Boolean(shown.source);
  fixed.textContent = channelName(taken, count);
  if (!shown.source) return select.replaceChildren();
  const all = /** @type {(number|'mean')[]} */ (['mean', ...Array.from({ length: count }, (_, k) => k + 1)]);
  select.replaceChildren(
    ...all.map((channel) => make('option', { value: String(channel) }, channelName(channel, count))),
  );
  select.value = String(taken);
}

async function choose() {
  const shown = current();
  if (!shown?.channels) return;
  const { value } = queryAs('#channel', HTMLSelectElement);
  const { id, number, course } = shown;
  const lost = [t('course.recutText')];
  if (
    course &&
    areTouched(course.utterances) &&
    !(await ask(t('course.recutAsk'), lost, t('course.recutYes'), t('course.recutNo')))
  )
    return show();
  const listed = await measureChannel(shown, value === 'mean' ? 0 : Number(value));
  // What came to nothing is not said to be chosen.
  if (!listed) return show();
  // What was done with the other channel's utterances cannot be undone in these.
  forgetHistory(id);
  forgetWindow(id);
  // The undo that was offered goes.
  changeCourse(number, {});
  const { measures, channels } = listed;
  if (!measures || !channels || get().current !== listed.number) return;
  const result = spokenResult({ ...listed, measures });
  announce(t('say.channel', { c: channelName(channels.taken, channels.count), result }));
}

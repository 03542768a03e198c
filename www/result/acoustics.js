// Acoustics only: what was measured, and nothing that anybody reads from it. No network hears the voice, so
// there is no score to show, to compare or to save; of the model's file only the reference voices' values are
// used, to say how usual each measure is. For schools and workplaces. A link can ask for it (`?acoustics`);
// the switch is remembered.
import { shownBy } from '../engine/predict.js';
import { announce, query, queryAs } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { recall, remember } from '../shell/preferences.js';
import { get, set, watch } from '../shell/state.js';

const PARAMETER = 'acoustics';
const TITLE = document.title;

/** @param {boolean} on */
function turn(on) {
  remember('acoustics', on ? 'on' : 'off');
  const address = new URL(location.href);
  // A link that asked for it must not bring it back with the next reload.
  address.searchParams.delete(PARAMETER);
  history.replaceState(history.state, '', address);
  const { recordings, deleted, engine } = get();
  set({
    acoustics: on,
    ticked: null,
    opened: [],
    single: null,
    recordings: recordings.map((recording) => shownBy(recording, engine, on)),
    deleted: deleted && shownBy(deleted, engine, on),
  });
  announce(t(on ? 'acoustics.on' : 'acoustics.off'));
}

export function start() {
  set({ acoustics: new URLSearchParams(location.search).has(PARAMETER) || recall('acoustics') === 'on' });
  const box = queryAs('#acoustics', HTMLInputElement);
  box.addEventListener('change', () => turn(box.checked));
  query('#acoustics-off').addEventListener('click', () => {
    turn(false);
    query('#sentence').focus();
  });
  watch(['acoustics'], () => {
    const { acoustics } = get();
    box.checked = acoustics;
    query('#acoustics-line').hidden = !acoustics;
    query('#use').hidden = acoustics;
    query('#use-acoustics').hidden = !acoustics;
    // What there is to see is not hidden behind a heading.
    if (acoustics) queryAs('#values', HTMLDetailsElement).open = true;
    document.title = acoustics ? 'Undertone' : TITLE;
  });
}

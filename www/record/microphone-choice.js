// Which microphone is used, whether a pause ends the recording, and whether the microphone is on.
import { query, queryAs } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { recall, remember } from '../shell/preferences.js';
import { get, set, watch } from '../shell/state.js';

export function start() {
  const picker = queryAs('#device', HTMLSelectElement);
  picker.addEventListener('change', () => set({ device: picker.value }));
  watch(['devices', 'device', 'cannot'], () => {
    const { devices, device, cannot } = get();
    const named = devices.filter(({ label }) => label);
    picker.hidden = Boolean(cannot);
    picker.replaceChildren(
      new Option(t('mic.default'), ''),
      ...named.map(({ id, label }) => new Option(label, id)),
    );
    picker.value = device;
  });
  const pauses = queryAs('#pause-stops', HTMLInputElement);
  set({ pauseStops: recall('pauseStops') === 'on' });
  pauses.addEventListener('change', () => {
    remember('pauseStops', pauses.checked ? 'on' : 'off');
    set({ pauseStops: pauses.checked });
  });
  watch(['pauseStops', 'cannot'], () => {
    pauses.checked = get().pauseStops;
    query('#pause-choice').hidden = Boolean(get().cannot);
  });
  watch(['phase'], () => {
    query('#mic-state').textContent = t(get().phase === 'recording' ? 'mic.on' : 'mic.off');
  });
}

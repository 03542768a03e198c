// Small preferences, kept only where the browser allows. Never a sound, never a result.

/** @typedef {'language'|'theme'|'keys'|'pauseStops'|'acoustics'|'map'|'keep'|'sentences'|'covered'} Name */
/** All of them: nothing else is stored. @type {readonly Name[]} */
const NAMES = ['language', 'theme', 'keys', 'pauseStops', 'acoustics', 'map', 'keep', 'sentences', 'covered'];

/** @param {Name} name @returns {string|null} */
export function recall(name) {
  try {
    return localStorage.getItem(`undertone.${name}`);
  } catch {
    return null;
  }
}

/** @param {Name} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(`undertone.${name}`, value);
  } catch {
    // Not allowed to remember: the choice holds until the tab is closed.
  }
}

/** Forgets all preferences. */
export function forget() {
  for (const name of NAMES) {
    try {
      localStorage.removeItem(`undertone.${name}`);
    } catch {
      return;
    }
  }
}

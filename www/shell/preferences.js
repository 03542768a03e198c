// Small preferences, kept only where the browser allows. Never a sound, never a result.

/** @param {string} name @returns {string|null} */
export function recall(name) {
  try {
    return localStorage.getItem(`undertone.${name}`);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(`undertone.${name}`, value);
  } catch {
    // Not allowed to remember: the choice holds until the tab is closed.
  }
}

/** Forgets all preferences. */
export function forget() {
  for (const name of ['language', 'theme', 'keys', 'pauseStops', 'acoustics', 'map', 'keep', 'sentences']) {
    try {
      localStorage.removeItem(`undertone.${name}`);
    } catch {
      return;
    }
  }
}

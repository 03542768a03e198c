// The ways out, in part: each engine at a collector on an address that is not the page's, for TCP, UDP and look-ups of
// names. What docs/ways-out.json has as closed with the headers is closed. `cargo xtask ways-out` tries all of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHere, measured, unproven, WANTS } from '../ways/main.mjs';
import { opened, recorded, TITLES } from '../ways/measured.mjs';
import { whyNot } from '../ways/namespace.mjs';
import { GROUPS } from '../ways/ways.mjs';

/** @import {Engine} from '../ways/battery.mjs' */

const SHORT = Object.values(GROUPS).flatMap(({ short }) => short);
const noNamespace = await whyNot();
if (noNamespace) console.log(`# ${noNamespace}`);

for (const engine of /** @type {Engine[]} */ (Object.keys(TITLES))) {
  const missing = isHere(engine)
    ? ''
    : `${TITLES[engine]} is not here. On Debian or Ubuntu: sudo apt-get install ${WANTS[engine]}`;
  // Without the reason it would look as if it held.
  test(
    `${TITLES[engine]}: no way out is open that is written down as closed`,
    { skip: noNamespace || missing || false },
    async () => {
      const now = await measured(engine, 'short');
      assert.equal(unproven(now), '');
      // A way that is open may be late in so short a time; one that is closed is never heard.
      assert.deepEqual(opened(engine, now, recorded()[engine], SHORT, ['headers']), []);
    },
  );
}

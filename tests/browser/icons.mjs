// Draws the icons' PNG files from icon.svg: node tests/browser/icons.mjs CHROMIUM (after a change of the
// drawing).
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const folder = new URL('../../www/icons', import.meta.url);
const drawing = await readFile(new URL('icon.svg', folder), 'utf8');
const browser = await chromium.launch({
  executablePath: process.argv[2],
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
for (const size of [180, 192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`,
  );
  await page.screenshot({ path: fileURLToPath(new URL(`icon-${size}.png`, folder)) });
  await page.close();
}
await browser.close();

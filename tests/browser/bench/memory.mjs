// Memory of the page's process, from Linux's process table.
import { readFileSync } from 'node:fs';

/** Resident memory of the renderer, MB: now, and the most so far; of several the one that has most. @param {import('playwright-core').Browser} browser */
export async function memory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const tables = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => readFileSync(`/proc/${id}/status`, 'utf8'));
  const most = (/** @type {string} */ name) =>
    Math.max(...tables.map((table) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(table)?.[1]) / 1024));
  return { now: Math.round(most('VmRSS')), most: Math.round(most('VmHWM')) };
}

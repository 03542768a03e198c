// What the page's main thread does, from Chromium's own trace.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * CPU times of the tasks of the page's main thread while something is done, ms, in the order in which they ended. With `UNDERTONE_TRACE`
 * in the environment the traces are written into the folder of that name, with what each function takes.
 * @param {import('playwright-core').Browser} browser
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<unknown>} work
 * @returns {Promise<number[]>}
 */
export async function tasks(browser, page, work) {
  const folder = process.env.UNDERTONE_TRACE;
  const functions = folder ? ['disabled-by-default-v8.cpu_profiler'] : [];
  await browser.startTracing(page, {
    categories: ['toplevel', '__metadata', 'devtools.timeline', ...functions],
  });
  await work();
  const { traceEvents: events } = JSON.parse((await browser.stopTracing()).toString('utf8'));
  if (folder) await writeFile(join(folder, `${Date.now()}.json`), JSON.stringify(events));
  // The thread that runs the page's scripts: the browser's own surfaces are pages, too.
  const { origin } = new URL(page.url());
  const main = new Set(
    events
      .filter((/** @type {any} */ { args }) => String(args?.data?.url).startsWith(`${origin}/www/`))
      .map((/** @type {any} */ { pid, tid }) => `${pid} ${tid}`),
  );
  const found = events
    .filter(
      (/** @type {any} */ { name, pid, tid, tdur }) =>
        name === 'ThreadControllerImpl::RunTask' && main.has(`${pid} ${tid}`) && tdur,
    )
    .map((/** @type {any} */ { tdur }) => tdur / 1e3);
  if (!found.length) throw new Error('the trace has no task of the main thread');
  return found;
}

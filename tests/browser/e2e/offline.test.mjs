// The page without a network, its newer versions, and the self-check.
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bareHost, hostBefore } from './bare-host.mjs';
import {
  arrived,
  browsed,
  copied,
  headline,
  open,
  openFiles,
  page as top,
  pause,
  served,
  settings,
} from './lib.mjs';

const browser = await browsed({ speech: settings.speech, allow: true });
/** A second copy of the page, to be changed. */
let copy = '';
before(async () => {
  copy = await copied();
});
after(() => rm(copy, { recursive: true, force: true }));

/** @param {import('playwright-core').Page} page */
const loaded = (page) => page.waitForSelector('html[data-ready="true"][data-offline]');

test('after the first load everything works without a server and without a network', async (t) => {
  const server = await served(t);
  const { page, context, complaints } = await open(browser, server.address);
  assert.equal(await page.getAttribute('html', 'data-offline'), 'ready');
  server.close();
  await context.setOffline(true);
  for (const address of [server.address, `${server.address}index.html?again#record`]) {
    await page.goto(address);
    await loaded(page);
  }
  assert.ok(
    await page.evaluate(() => navigator.serviceWorker.controller !== null),
    'the page comes from the worker',
  );
  await openFiles(page, settings.speech);
  await arrived(page);
  for (const [model, words] of [
    ['unsupervised', /^Left to itself\.$/],
    ['metric-act', /average voice\.$/],
  ]) {
    await page.getByRole('combobox', { name: 'Model' }).selectOption(/** @type {string} */ (model));
    await headline(page).filter({ hasText: words }).waitFor();
  }
  await page.getByRole('button', { name: 'Record again', exact: true }).click();
  await page.waitForSelector('#recorder[data-phase="recording"]');
  await pause(4_000);
  await page.getByRole('button', { name: 'Stop recording' }).click();
  await page.getByRole('button', { name: /^Recording 2/ }).waitFor();
  await arrived(page);
  assert.match(await headline(page).innerText(), /activated than|Calmer than|calmer than|About the same as/);
  await page.goto(`${server.address}#privacy`);
  await loaded(page);
  assert.match(await page.locator('#offline').innerText(), /^Works without internet now\./);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('the kept page has the same policy, and asks its server for nothing but the worker', async (t) => {
  const server = await served(t);
  const { page, context } = await open(browser, server.address);
  const before = server.log.length;
  await page.reload();
  await loaded(page);
  await openFiles(page, settings.speech);
  await arrived(page);
  await pause(500);
  assert.deepEqual(
    server.log.slice(before).filter((line) => line !== 'GET /worker/service-worker.js 200'),
    [],
  );
  const policy = await page.evaluate(async () => {
    const [name] = await caches.keys();
    const kept = await (await caches.open(name)).match('./');
    return kept?.headers.get('content-security-policy');
  });
  assert.match(policy ?? '', /connect-src 'none'.* sandbox allow-scripts/);
  await context.close();
});

test('a file that is not what the list says is not kept', async (t) => {
  // A server that hands out another script than the one whose checksum its list has.
  const server = await served(t, copy);
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await context.route('**/worker/service-worker.js', async (route) => {
    const response = await route.fetch();
    const sum = /(?<='www\/shell\/abort\.js': ')[^']+/;
    const list = await response.text();
    assert.match(list, sum);
    await route.fulfill({
      response,
      body: list.replace(sum, 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='),
    });
  });
  await page.goto(server.address);
  await loaded(page);
  assert.equal(await page.getAttribute('html', 'data-offline'), 'none');
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  await context.close();
});

test('a new version waits until it is wanted', async (t) => {
  const server = await served(t, copy);
  const { page, context, complaints } = await open(browser, server.address);
  await page.reload();
  await loaded(page);
  const notice = page.getByRole('region', { name: 'New version' });
  assert.equal(await notice.count(), 0);
  const [first] = await page.evaluate(() => caches.keys());
  const index = join(copy, 'index.html');
  const old = await readFile(index, 'utf8');
  await writeFile(index, old.replace('<body>', '<body data-version="2">'));
  // The old version is shown, at once; the new one only says that it is there.
  await page.reload();
  await loaded(page);
  await notice.waitFor();
  assert.match(
    await notice.innerText(),
    /^A new version is ready\. Reload when you like; your recordings will be gone unless saved\./,
  );
  await openFiles(page, settings.speech);
  await arrived(page);
  await pause(500);
  assert.equal(await page.getAttribute('body', 'data-version'), null, 'it does not reload by itself');
  await notice.getByRole('button', { name: 'Later' }).click();
  assert.equal(await notice.count(), 0);
  assert.equal(await page.locator('#recordings li').count(), 1);
  // At the next visit it is offered again.
  await page.reload();
  await loaded(page);
  await notice.getByRole('button', { name: 'Reload' }).click();
  await page.waitForSelector('body[data-version="2"]');
  await loaded(page);
  assert.equal(await notice.count(), 0);
  const names = await page.evaluate(() => caches.keys());
  assert.equal(names.length, 1, `the old cache is gone: ${names}`);
  assert.notEqual(names[0], first);
  assert.deepEqual(await complaints(), []);
  await writeFile(index, old);
  await context.close();
});

test('a host that redirects the page: it opens from the worker, also without a network', async (t) => {
  const server = await served(t);
  // Where the browser knows this rule, it lets the worker follow no redirect, and the page is not kept.
  const host = await hostBefore({ '/': server.address }, (path) =>
    path === '/' ? { status: 302, location: '/index.html' } : { without: 'connection-allowlist' },
  );
  t.after(() => host.close());
  const { page, context, complaints } = await open(browser, host.address);
  assert.equal(await page.getAttribute('html', 'data-offline'), 'ready');
  for (const close of [() => {}, () => host.close()]) {
    close();
    for (const address of [host.address, `${host.address}index.html`]) {
      await page.goto(address);
      await loaded(page);
    }
  }
  assert.ok(await page.evaluate(() => navigator.serviceWorker.controller !== null));
  const policy = await page.evaluate(async () =>
    (await caches.match('/'))?.headers.get('content-security-policy'),
  );
  assert.match(policy ?? '', /connect-src 'none'.* sandbox allow-scripts/);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('two copies on one origin leave each other what they keep, and take away their own of before', async (t) => {
  const [server, other] = [await served(t, copy), await served(t)];
  const host = await hostBefore({ '/a/': server.address, '/b/': other.address });
  t.after(() => host.close());
  const { page, context, complaints } = await open(browser, `${host.address}a/`);
  const names = () => page.evaluate(() => caches.keys());
  const [first] = await names();
  // As former versions named them, for each copy.
  const former = { a: `undertone-${'0'.repeat(16)}`, b: `undertone-${'1'.repeat(16)}` };
  await page.evaluate(async (former) => {
    for (const [path, name] of Object.entries(former))
      await (await caches.open(name)).put(`/${path}/`, new Response('x'));
    await caches.open('undertone-notes');
  }, former);
  await page.goto(`${host.address}b/`);
  await loaded(page);
  assert.equal(await page.getAttribute('html', 'data-offline'), 'ready');
  const both = await names();
  assert.ok(both.includes(first), 'what the first keeps');
  assert.ok(both.includes(former.a) && !both.includes(former.b), `${both}`);
  const second = both.find((name) => name.includes('/b/'));
  // A new version of the first.
  const index = join(copy, 'index.html');
  const old = await readFile(index, 'utf8');
  await writeFile(index, old.replace('<body>', '<body data-version="2">'));
  t.after(() => writeFile(index, old));
  await page.goto(`${host.address}a/`);
  await loaded(page);
  await page.getByRole('region', { name: 'New version' }).getByRole('button', { name: 'Reload' }).click();
  await page.waitForSelector('body[data-version="2"]');
  await loaded(page);
  const after = await names();
  assert.deepEqual(after.filter((name) => !name.includes('/a/')).sort(), [second, 'undertone-notes'].sort());
  assert.ok(after.length === 3 && !after.includes(first), `${after}`);
  host.close();
  for (const path of ['a/', 'b/']) {
    await page.goto(host.address + path);
    await loaded(page);
  }
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('a release of the worker alone that does not come whole leaves the version in use', async (t) => {
  const server = await served(t);
  let isNew = false;
  let asked = 0;
  const host = await hostBefore({ '/': server.address }, (path) => {
    if (isNew && path === '/www/app.js') {
      asked += 1;
      return { status: 500 };
    }
    return isNew && path === '/worker/service-worker.js' ? { more: '\n// Another worker.\n' } : undefined;
  });
  t.after(() => host.close());
  const { page, context } = await open(browser, host.address);
  await page.reload();
  await loaded(page);
  const kept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      return [names, (await (await caches.open(names[0])).keys()).length];
    });
  const before = await kept();
  isNew = true;
  const ended = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = await registration?.update();
    const worker = found?.installing;
    if (!worker) return 'no worker';
    return new Promise((resolve) => {
      const look = () => worker.state !== 'installing' && resolve(worker.state);
      worker.addEventListener('statechange', look);
      look();
    });
  });
  assert.equal(ended, 'redundant');
  assert.ok(asked > 0);
  assert.deepEqual(await kept(), before);
  host.close();
  await page.goto(host.address);
  await loaded(page);
  await context.close();
});

/** The list of the ways out with what came of each. @param {import('playwright-core').Page} page */
async function check(page) {
  await page.getByRole('link', { name: 'Privacy and limits' }).first().click();
  await page.getByRole('button', { name: 'Try to connect' }).click();
  await page.waitForSelector('#ways-out:not([hidden])', { timeout: 40_000 });
  const list = await page
    .locator('#ways-out li')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  return { list, verdict: await page.locator('#verdict').innerText() };
}

test('the self-check shows twelve refusals', async (t) => {
  const server = await served(t);
  const { page, context, complaints } = await open(browser, server.address);
  const before = server.log.length;
  const { list, verdict } = await check(page);
  assert.deepEqual(
    list.filter(([, what]) => what !== 'refused'),
    [],
  );
  assert.equal(list.length, 12);
  const rules = [
    'connect-src',
    'connect-src',
    'connect-src',
    'connect-src',
    'connect-src',
    'connect-src',
    'img-src',
    'script-src-elem',
    'style-src-elem',
    'media-src',
    'frame-src',
    'sandbox',
  ];
  assert.deepEqual(
    list.map(([, , rule]) => rule),
    rules,
  );
  assert.equal(verdict, 'All 12 ways that were tried were refused.');
  assert.deepEqual(server.log.slice(before), []);
  assert.equal(context.pages().length, 1);
  assert.equal(
    await page.locator('body > iframe, body > audio, body > link, body > script').count(),
    0,
    'nothing stays behind',
  );
  // What the browser complains of is what was tried, and nothing else.
  const others = (await complaints()).filter(
    (line) => !/undertone-check\.invalid|\?check=own|^policy: connect-src|sandboxed frame/.test(line),
  );
  assert.deepEqual(others, []);
  await context.close();
});

/** @param {{after: (end: () => void) => void}} t @param {{policy: boolean}} wish */
async function checkedOnBareHost(t, wish) {
  const host = await bareHost(wish);
  t.after(() => host.close());
  const context = await browser.newContext({ locale: 'en-GB' });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(host.address);
  await loaded(page);
  assert.equal(
    await page.getAttribute('html', 'data-offline'),
    'none',
    'without its header the worker may not keep the page',
  );
  return { page, ...(await check(page)) };
}

test('where the policy is missing the self-check says so', async (t) => {
  const { list, verdict } = await checkedOnBareHost(t, { policy: false });
  assert.equal(
    verdict,
    '2 of 12 got out: Ask its own server, Open a window. This copy of the page has lost its rules. ' +
      'The server that this page comes from does not send the rule against that; another browser would change nothing. ' +
      '0 of 12 were refused. Of the others your browser does not say: ' +
      `${list
        .filter(([, what]) => what === 'the browser does not say')
        .map(([way]) => way)
        .join(', ')}.`,
  );
  assert.equal(list.filter(([, what]) => what === 'refused').length, 0, JSON.stringify(list));
});

test('on a host without headers the self-check blames the host, and no rule that is not in force is shown', async (t) => {
  const { page, list, verdict } = await checkedOnBareHost(t, { policy: true });
  assert.equal(
    verdict,
    '1 of 12 got out: Open a window. The server that this page comes from does not send the rule against that; another browser would change nothing.',
  );
  assert.deepEqual(
    list.filter(([, what]) => what !== 'refused'),
    [['Open a window', 'got out', '']],
  );
  const rules = await page.locator('#rules dt').allInnerTexts();
  assert.ok(rules.includes('connect-src') && !rules.includes('sandbox'), rules.join(' '));
  assert.ok(await page.locator('#no-headers').isVisible());
  await page.getByRole('button', { name: 'Show the checksums' }).click();
  await page.getByText('Here the page cannot read its own files').waitFor();
});

test('the page shows the checksums of its files as they are on the disk', async (t) => {
  const server = await served(t);
  const { page, context, complaints } = await open(browser, server.address);
  await page.goto(`${server.address}#privacy`);
  const rules = await page.locator('#rules dt').allInnerTexts();
  assert.ok(rules.includes('sandbox') && rules.includes('Connection-Allowlist'), rules.join(' '));
  assert.ok(!(await page.locator('#no-headers').isVisible()));
  await page.getByRole('button', { name: 'Show the checksums' }).click();
  await page.getByText(/^All \d+ files together:/).waitFor();
  await page.getByText('Each file').click();
  const shown = await page
    .locator('#sums > div')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')));
  const sha256 = (/** @type {string|Buffer} */ bytes) => createHash('sha256').update(bytes).digest('hex');
  for (const [path, sum] of shown) assert.equal(sum, sha256(await readFile(join(top, path))), path);
  const worker = await (await fetch(`${server.address}worker/service-worker.js`)).text();
  const listed = [...worker.matchAll(/^ {2}'([^']+)': '/gm)].map(([, path]) => path);
  assert.deepEqual(
    shown.map(([path]) => path),
    listed.sort(),
  );
  // As the lines of SHA256SUMS would have it, so that one sum stands for all.
  const all = sha256(shown.map(([path, sum]) => `${sum}  ${path}\n`).join(''));
  assert.equal(await page.locator('#sums-all code').innerText(), all);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

// Nothing can leave: what the server keeps in, what the policy refuses, and a collector that hears nothing.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer as createHttp, request } from 'node:http';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { suite, open, pause } from './lib.mjs';

const { server, browser } = await suite();

/** A request exactly as written: no client tidies the path. @param {string} path */
function ask(path) {
  const { hostname, port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, agent: false }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode, headers: answer.headers });
    })
      .on('error', reject)
      .end();
  });
}

test('the server serves nothing but the page', async () => {
  for (const path of [
    '/.git/HEAD',
    '/.git/config',
    '/target/e2e/settings.json',
    '/Cargo.toml',
    '/models/metric-act.safetensors',
    '/src/lib.rs',
    '/tests/browser/package.json',
    '/www/../Cargo.toml',
    '/www/%2e%2e/Cargo.toml',
    '/pkg/../.git/HEAD',
    '/www/',
    '/www',
  ]) {
    assert.equal((await ask(path)).status, 404, path);
  }
});

test('every response carries the policy', async () => {
  await open(browser, server.address).then(({ context }) => context.close());
  const seen = [
    ...new Set(server.log.filter((line) => line.endsWith(' 200')).map((line) => line.split(' ')[1])),
  ];
  for (const part of ['worklet', 'service-worker'])
    assert.ok(
      seen.some((path) => path.includes(part)),
      `the ${part} is among them`,
    );
  for (const path of [...seen, '/nothing-here']) {
    const { headers } = await ask(path);
    const own = path === '/worker/service-worker.js' ? 'self' : 'none';
    assert.match(
      headers['content-security-policy'],
      new RegExp(
        `connect-src '${own}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types undertone; frame-ancestors 'none'; sandbox allow-scripts allow-same-origin allow-downloads allow-modals$`,
      ),
      path,
    );
    assert.equal(headers['connection-allowlist'], '(response-origin)', path);
    assert.match(
      headers['permissions-policy'],
      /^microphone=\(self\), fullscreen=\(self\), screen-wake-lock=\(self\), accelerometer=\(\), /,
      path,
    );
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.equal(headers['x-dns-prefetch-control'], 'off', path);
    assert.equal(headers['referrer-policy'], 'no-referrer', path);
  }
});

/** Listens on a port and notes who comes, by TCP and by UDP. */
async function collector() {
  /** @type {string[]} */
  const heard = [];
  const tcp = createServer((socket) => {
    heard.push('connection');
    socket.on('error', () => {});
    socket.once('data', (data) => {
      heard.push(`tcp ${String(data).split('\r\n')[0]}`);
      socket.end('HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n');
    });
  });
  await new Promise((resolve) => tcp.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (tcp.address());
  const udp = createSocket('udp4', () => heard.push('udp'));
  await new Promise((resolve) => udp.bind(port, '127.0.0.1', () => resolve(undefined)));
  return { port, heard, close: () => [tcp.close(), udp.close()] };
}

/** Every way out that a page could try. Runs in the page. @param {number} port */
async function tryToLeave(port) {
  const to = (/** @type {string} */ way) => `http://127.0.0.1:${port}/${way}`;
  const add = (/** @type {string} */ tag, /** @type {Record<string, string>} */ attributes) => {
    const element = Object.assign(document.createElement(tag), attributes);
    document.body.append(element);
    return element;
  };
  /** @type {Record<string, () => unknown>} */
  const ways = {
    fetch: () => fetch(to('fetch'), { mode: 'no-cors' }),
    post: () => fetch(to('post'), { method: 'POST', mode: 'no-cors', body: 'voice' }),
    xhr: () => {
      const asked = new XMLHttpRequest();
      asked.open('GET', to('xhr'));
      asked.send();
    },
    beacon: () => navigator.sendBeacon(to('beacon'), 'voice'),
    websocket: () => new WebSocket(`ws://127.0.0.1:${port}/websocket`),
    eventsource: () => new EventSource(to('eventsource')),
    image: () => new Image().setAttribute('src', to('image')),
    style: () => add('link', { rel: 'stylesheet', href: to('style') }),
    prefetch: () => add('link', { rel: 'prefetch', href: to('prefetch') }),
    preconnect: () => add('link', { rel: 'preconnect', href: to('preconnect') }),
    script: () => add('script', { src: to('script') }),
    module: () => import(to('module')),
    frame: () => add('iframe', { src: to('frame') }),
    object: () => add('object', { data: to('object') }),
    media: () => new Audio(to('media')).play(),
    ping: () => /** @type {HTMLElement} */ (add('a', { href: '#', ping: to('ping') })).click(),
    form: () => /** @type {HTMLFormElement} */ (add('form', { action: to('form'), method: 'post' })).submit(),
    popup: () => window.open(to('popup')),
    link: () => /** @type {HTMLElement} */ (add('a', { href: to('link'), target: '_blank' })).click(),
    worker: () =>
      new Worker(URL.createObjectURL(new Blob([`fetch('${to('worker')}', { mode: 'no-cors' })`]))),
    stun: async () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${port}` }] });
      peer.createDataChannel('voice');
      await peer.setLocalDescription(await peer.createOffer());
    },
  };
  for (const leave of Object.values(ways)) {
    try {
      // A refusal is what is hoped for, whether it comes at once or later.
      Promise.resolve(leave()).catch(() => {});
    } catch {}
  }
  await new Promise((resolve) => setTimeout(resolve, 2_000));
}

test('a page without a policy reaches the collecting server', async () => {
  // The control: the same attempts must be able to succeed, or the next test would prove nothing.
  const ears = await collector();
  const plain = createHttp((_, answer) =>
    answer.setHeader('Content-Type', 'text/html').end('<!doctype html><body>'),
  );
  await new Promise((resolve) => plain.listen(0, '127.0.0.1', () => resolve(undefined)));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(
      `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (plain.address()).port}/`,
    );
    await page.evaluate(tryToLeave, ears.port).catch(() => {});
    for (const way of ['fetch', 'post', 'beacon', 'websocket', 'image', 'script', 'popup']) {
      assert.ok(
        ears.heard.some((line) => line.includes(`/${way} `)),
        `${way} is heard: ${ears.heard.join(', ')}`,
      );
    }
  } finally {
    await context.close();
    plain.close();
    ears.close();
  }
});

test('no text becomes a program, and the browser knows every feature that is closed', async () => {
  const context = await browser.newContext();
  /** @type {string[]} */
  const warnings = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    await page.goto(server.address);
    await page.waitForSelector('html[data-ready="true"]');
    assert.deepEqual(
      warnings.filter((text) => text.includes('Permissions-Policy')),
      [],
    );
    const refused = await page.evaluate(() => {
      /** @type {Record<string, () => unknown>} */
      const ways = {
        markup: () => (document.createElement('div').innerHTML = '<b>x</b>'),
        parser: () => new DOMParser().parseFromString('<b>x</b>', 'text/html'),
        script: () => (document.createElement('script').text = '1'),
        address: () => (document.createElement('script').src = '/www/app.js'),
        worker: () => new Worker('/worker/service-worker.js'),
        policy: () => /** @type {any} */ (window).trustedTypes.createPolicy('other', {}),
        again: () => /** @type {any} */ (window).trustedTypes.createPolicy('undertone', {}),
      };
      return Object.entries(ways).map(([name, take]) => {
        try {
          take();
          return `${name}: taken`;
        } catch (error) {
          return `${name}: ${/** @type {Error} */ (error).name}`;
        }
      });
    });
    assert.deepEqual(refused, [
      'markup: TypeError',
      'parser: TypeError',
      'script: TypeError',
      'address: TypeError',
      'worker: TypeError',
      'policy: TypeError',
      'again: TypeError',
    ]);
  } finally {
    await context.close();
  }
});

test('nothing asks the browser itself to connect, while an example is heard, compared and printed', async () => {
  const { page, context } = await open(browser, server.address, {
    before: (context) =>
      context.addInitScript(() => {
        const asked = /** @type {string[]} */ ([]);
        Object.assign(window, { asked });
        for (const name of [
          'SpeechRecognition',
          'webkitSpeechRecognition',
          'RTCPeerConnection',
          'WebSocket',
          'Notification',
        ])
          Object.assign(window, {
            [name]: class {
              constructor() {
                asked.push(name);
              }
            },
          });
        for (const [of, name] of /** @type {[object, string][]} */ ([
          [Navigator.prototype, 'sendBeacon'],
          [Navigator.prototype, 'share'],
          [window, 'fetch'],
          [window, 'open'],
        ]))
          Object.assign(of, { [name]: () => asked.push(name) });
      }),
  });
  try {
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.locator('#dialog button').first().click();
    await page.waitForSelector('#result[data-state="result"]');
    await page.waitForSelector('#recorder[data-phase="idle"]');
    await page.goto(`${server.address}#learn/3`);
    await page.waitForSelector('#page-learn:not([hidden])');
    await page.pdf();
    assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).asked), []);
  } finally {
    await context.close();
  }
});

test('this page reaches it by no way', async () => {
  const ears = await collector();
  const { page, context } = await open(browser, server.address);
  try {
    await page.evaluate(tryToLeave, ears.port);
    await pause(1_000);
    assert.deepEqual(ears.heard, []);
    // Leaving by the address bar of a script comes last: it would take the page away.
    await page
      .evaluate((port) => {
        location.href = `http://127.0.0.1:${port}/navigation`;
      }, ears.port)
      .catch(() => {});
    await pause(1_500);
    assert.deepEqual(ears.heard, []);
  } finally {
    await context.close();
    ears.close();
  }
});

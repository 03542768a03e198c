// Two more browsers, driven by what they themselves understand: Firefox by WebDriver BiDi over a socket,
// WebKitGTK by its WebDriver over HTTP. Only what the tests need.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

/**
 * @typedef {object} Tab
 * @property {string} version  of the engine, as it says itself
 * @property {(address: string) => Promise<unknown>} go
 * @property {(work: Function, ...values: any[]) => Promise<any>} run
 *   runs a function in the page; values go and come as JSON
 * @property {(width: number, height: number) => Promise<unknown>} size
 * @property {() => Promise<Buffer>} picture  PNG
 * @property {string[]} complaints  errors of the console, where the engine tells them
 * @property {() => Promise<void>} close
 */

/**
 * Starts a program and waits for a line of it.
 * @param {string} program
 * @param {string[]} words
 * @param {RegExp} line
 * @param {Record<string, string>} [more]
 */
async function started(program, words, line, more = {}) {
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...more },
  });
  const found = await new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error(`${program} does not answer`)), 90_000);
    const look = (/** @type {string} */ text) => {
      const match = line.exec(text);
      if (!match) return;
      clearTimeout(patience);
      resolve(match[1] ?? '');
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', look);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}`)));
  }).catch((error) => {
    child.kill();
    throw error;
  });
  return { child, found };
}

/** A tone instead of a microphone, and nobody who asks. Nothing that calls home. */
const PREFERENCES = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'app.update.auto': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'intl.accept_languages': 'en-GB',
};

/**
 * @param {string} program
 * @param {Record<string, unknown>} [more]  further preferences
 * @returns {Promise<Tab>}
 */
export async function firefox(program, more = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'undertone-firefox-'));
  await writeFile(
    join(profile, 'user.js'),
    Object.entries({ ...PREFERENCES, ...more })
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
      .join(''),
  );
  const { child, found } = await started(
    program,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'],
    /BiDi listening on (ws:\S+)/,
  );
  const socket = new WebSocket(`${found}/session`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  /** @type {Map<number, {resolve: Function, reject: Function}>} */
  const waiting = new Map();
  /** @type {string[]} */
  const complaints = [];
  socket.on('message', (data) => {
    const said = JSON.parse(String(data));
    if (said.type === 'event') {
      if (said.method === 'log.entryAdded' && said.params.level === 'error')
        complaints.push(said.params.text);
      return;
    }
    const { resolve, reject } = waiting.get(said.id) ?? {};
    waiting.delete(said.id);
    if (said.type === 'success') resolve?.(said.result);
    else reject?.(new Error(`${said.error}: ${said.message}`));
  });
  let count = 0;
  const send = (/** @type {string} */ method, params = {}) =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, { resolve, reject });
      socket.send(JSON.stringify({ id: count, method, params }));
    });
  const { capabilities } = await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: ['log.entryAdded'] });
  const {
    contexts: [{ context }],
  } = await send('browsingContext.getTree');
  return {
    version: capabilities.browserVersion,
    complaints,
    go: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    async run(work, ...values) {
      const { result, exceptionDetails } = await send('script.evaluate', {
        expression: `(async () => JSON.stringify(await (${work})(...${JSON.stringify(values)})) ?? 'null')()`,
        awaitPromise: true,
        target: { context },
        userActivation: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return JSON.parse(result.value);
    },
    size: (width, height) => send('browsingContext.setViewport', { context, viewport: { width, height } }),
    picture: async () =>
      Buffer.from(
        (await send('browsingContext.captureScreenshot', { context, origin: 'document' })).data,
        'base64',
      ),
    async close() {
      await send('browser.close').catch(() => {});
      socket.terminate();
      child.kill();
      await new Promise((resolve) =>
        child.exitCode === null ? child.once('exit', resolve) : resolve(undefined),
      );
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @param {string} driver  WebKitWebDriver @param {string} screen  Xvfb @returns {Promise<Tab>} */
export async function webkit(driver, screen) {
  const { child: display, found: number } = await started(
    screen,
    ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'],
    /^(\d+)$/,
  );
  const port = 20_000 + (process.pid % 20_000);
  const child = spawn(driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${number}`,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      LANGUAGE: 'en',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  const ask = async (
    /** @type {string} */ method,
    /** @type {string} */ path,
    /** @type {unknown} */ body,
  ) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = /** @type {{value: any}} */ (await answer.json());
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const end = () => {
    child.kill();
    display.kill();
  };
  try {
    for (let tries = 0; ; tries += 1) {
      if (
        await ask('GET', '/status', undefined).then(
          () => true,
          () => false,
        )
      )
        break;
      if (tries > 100) throw new Error('WebKitWebDriver does not answer');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { sessionId, capabilities } = await ask('POST', '/session', {
      capabilities: { alwaysMatch: {} },
    });
    const at = `/session/${sessionId}`;
    await ask('POST', `${at}/timeouts`, { script: 60_000, pageLoad: 60_000 });
    return {
      version: capabilities.browserVersion,
      complaints: [],
      go: (url) => ask('POST', `${at}/url`, { url }),
      async run(work, ...values) {
        const script = `
          const [text, done] = arguments;
          Promise.resolve((${work})(...JSON.parse(text))).then(
            (value) => done(JSON.stringify([value ?? null])),
            (error) => done(JSON.stringify({ error: String(error) })),
          );`;
        const said = JSON.parse(
          await ask('POST', `${at}/execute/async`, { script, args: [JSON.stringify(values)] }),
        );
        if (said.error) throw new Error(said.error);
        return said[0];
      },
      size: (width, height) => ask('POST', `${at}/window/rect`, { width, height }),
      picture: async () => Buffer.from(await ask('GET', `${at}/screenshot`, undefined), 'base64'),
      async close() {
        await ask('DELETE', at, undefined).catch(() => {});
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

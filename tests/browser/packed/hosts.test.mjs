// The packed page on real servers, under a path of its own, with the headers that are written for them: every file with what it must send,
// recording kept for use without a network, nothing refused. Where a server is not here the test says what to type.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { arrived, browsed, open, openFiles, page as packed, pause, settings, shared } from '../e2e/lib.mjs';

const BASE = '/voices/undertone/';
/** @param {string} name */
const written = (name) => readFile(join(shared, 'hosts', name), 'utf8');
const root = process.getuid?.() === 0;

/**
 * A server: its settings for a port, in a folder of its own, and how it is started with them.
 * @typedef {object} Host
 * @property {string} name
 * @property {string} program  an empty text: not here
 * @property {string} debian  the package that brings it
 * @property {(folder: string, port: number) => Promise<string>} settings
 * @property {(file: string, folder: string) => string[]} start
 */

/** @type {Host[]} */
const HOSTS = [
  {
    name: 'nginx',
    program: settings.nginx,
    debian: 'nginx-light',
    async settings(folder, port) {
      const locations = (await written('nginx.conf')).replaceAll('FOLDER', packed);
      await mkdir(join(folder, 'logs'));
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${folder}/${name};`,
      );
      return (
        `${root ? 'user root;\n' : ''}daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log ${folder}/error.log;\nevents {}\n` +
        `http {\naccess_log off;\n${temporary.join('\n')}\nserver {\nlisten 127.0.0.1:${port};\n${locations}\n}\n}\n`
      );
    },
    start: (file, folder) => ['-c', file, '-p', folder],
  },
  {
    name: 'Caddy',
    program: settings.caddy,
    debian: 'caddy',
    async settings(_folder, port) {
      const site = (await written('Caddyfile')).replace(/^HOST /m, `http://localhost:${port} `);
      return `{\n    admin off\n}\n${site.replaceAll('FOLDER', packed)}`;
    },
    start: (file) => ['run', '--adapter', 'caddyfile', '--config', file],
  },
  {
    name: 'Apache',
    program: settings.apache,
    debian: 'apache2-bin',
    async settings(folder, port) {
      // It reads the folder as a user without rights, and the headers from a file in the folder itself.
      const site = join(folder, 'site');
      await cp(packed, site, { recursive: true });
      await writeFile(join(site, '.htaccess'), await written('htaccess'));
      await chmod(folder, 0o755);
      const modules = ['mpm_event', 'authz_core', 'mime', 'dir', 'alias', 'headers'].map(
        (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
      );
      return (
        `ServerRoot ${folder}\nServerName localhost\nPidFile ${folder}/pid\nErrorLog ${folder}/error.log\nListen 127.0.0.1:${port}\n` +
        `${root ? 'User www-data\nGroup www-data\n' : ''}${modules.join('\n')}\nMutex file:${folder}\n` +
        `TypesConfig /etc/mime.types\nAlias ${BASE} ${site}/\n` +
        `<Directory ${site}>\nRequire all granted\nAllowOverride FileInfo\n</Directory>\n`
      );
    },
    start: (file) => ['-f', file, '-DFOREGROUND'],
  },
];

/** A port that nobody uses. @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/** Waits until something answers. @param {string} address @param {() => string} complaints */
async function answers(address, complaints) {
  for (let tries = 0; ; tries += 1) {
    const found = await fetch(address).then(
      () => true,
      () => false,
    );
    if (found) return;
    assert.ok(tries < 100, `it does not start: ${complaints()}`);
    await pause(50);
  }
}

for (const host of HOSTS)
  test(
    `${host.name}, on a path, with its headers: measured, kept, opened again without a network`,
    { skip: !host.program && `apt-get install ${host.debian}` },
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'undertone-host-'));
      const port = await freePort();
      const file = join(folder, 'settings');
      await writeFile(file, await host.settings(folder, port));
      let said = '';
      const server = spawn(host.program, host.start(file, folder), {
        stdio: ['ignore', 'pipe', 'pipe'],
        // Where Caddy keeps what it has been told.
        env: { ...process.env, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
      });
      for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text));
      const ended = new Promise((resolve) => server.once('exit', resolve));
      const address = `http://localhost:${port}${BASE}`;
      try {
        await answers(address, () => said);
        for (const [path, type, own] of [
          ['', 'text/html; charset=utf-8', 'none'],
          ['index.html', 'text/html; charset=utf-8', 'none'],
          ['www/app.js', 'text/javascript; charset=utf-8', 'none'],
          ['www/undertone.webmanifest', 'application/manifest+json', 'none'],
          ['worker/service-worker.js', 'text/javascript; charset=utf-8', 'self'],
        ]) {
          const { status, headers } = await fetch(address + path);
          assert.equal(status, 200, path);
          assert.equal(headers.get('content-type'), type, path);
          assert.match(
            headers.get('content-security-policy') ?? '',
            new RegExp(`^default-src 'none';[^,]*connect-src '${own}'[^,]*sandbox allow-scripts[^,]*$`),
            path,
          );
          assert.equal(headers.get('connection-allowlist'), '(response-origin)', path);
          assert.match(headers.get('permissions-policy') ?? '', /^microphone=\(self\)/, path);
          assert.equal(headers.get('service-worker-allowed'), own === 'self' ? BASE : null, path);
        }
        const browser = await browsed();
        const { page, context, complaints } = await open(browser, address);
        assert.equal(await page.getAttribute('html', 'data-offline'), 'ready');
        await openFiles(page, settings.speech);
        await arrived(page);
        assert.deepEqual(await complaints(), []);
        server.kill();
        await ended;
        await page.close();
        const again = await context.newPage();
        await again.goto(address);
        await again.waitForSelector('html[data-ready="true"]');
        await openFiles(again, settings.speech);
        await arrived(again);
        await context.close();
      } finally {
        server.kill();
        await ended;
        await rm(folder, { recursive: true, force: true });
      }
    },
  );

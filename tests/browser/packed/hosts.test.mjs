// The packed page on nginx, under a path of its own, with the headers that are written for it: every file with what it must send, recording
// kept for use without a network, nothing refused. Where nginx is not here the test says what to type.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { arrived, browsed, open, openFiles, page as packed, settings, shared } from '../e2e/lib.mjs';

const BASE = '/voices/undertone/';
const hosts = join(shared, 'hosts');

/** A port that nobody uses. @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

test(
  'nginx, on a path, with its headers: measured, kept, opened again without a network',
  { skip: !settings.nginx && 'apt-get install nginx-light' },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'undertone-nginx-'));
    const port = await freePort();
    const locations = (await readFile(join(hosts, 'nginx.conf'), 'utf8')).replaceAll('FOLDER', packed);
    await mkdir(join(folder, 'logs'));
    const user = process.getuid?.() === 0 ? 'user root;\n' : '';
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    await writeFile(
      join(folder, 'nginx.conf'),
      `${user}daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log ${folder}/error.log;\nevents {}\n` +
        `http {\naccess_log off;\n${temporary.join('\n')}\nserver {\nlisten 127.0.0.1:${port};\n${locations}\n}\n}\n`,
    );
    const server = spawn(settings.nginx, ['-c', join(folder, 'nginx.conf'), '-p', folder], {
      stdio: 'ignore',
    });
    const address = `http://localhost:${port}${BASE}`;
    try {
      for (
        let tries = 0;
        !(await fetch(address).then(
          () => true,
          () => false,
        ));
        tries += 1
      ) {
        assert.ok(
          tries < 100,
          await readFile(join(folder, 'error.log'), 'utf8').catch(() => 'nginx does not start'),
        );
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
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
          new RegExp(`connect-src '${own}'.*sandbox allow-scripts`),
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
      await page.close();
      const again = await context.newPage();
      await again.goto(address);
      await again.waitForSelector('html[data-ready="true"]');
      await openFiles(again, settings.speech);
      await arrived(again);
      await context.close();
    } finally {
      server.kill();
      await rm(folder, { recursive: true, force: true });
    }
  },
);

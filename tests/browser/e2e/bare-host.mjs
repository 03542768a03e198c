// The page on a host that sends no headers of its own, as many do; on request its own policy is taken out, too.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { page as folder } from './lib.mjs';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A page without any policy, at this path. */
export const CONTROL = 'control';
const CONTROL_PAGE =
  '<!doctype html><title>control</title><link rel="stylesheet" href="/www/style/base.css"><body>';

/** Serves on a free port. Its log is a line per request. @param {{policy?: boolean}} [wish] */
export async function bareHost({ policy = true } = {}) {
  /** @type {string[]} */
  const log = [];
  const server = createServer(async (asked, answer) => {
    log.push(`${asked.method} ${asked.url}`);
    const path = new URL(asked.url ?? '/', 'http://x').pathname.slice(1) || 'index.html';
    try {
      let body = path === CONTROL ? Buffer.from(CONTROL_PAGE) : await readFile(join(folder, path));
      if (path === 'index.html' && !policy)
        body = Buffer.from(
          body.toString('utf8').replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
        );
      const type = path === CONTROL ? TYPES['.html'] : TYPES[extname(path)];
      answer.setHeader('Content-Type', type ?? 'application/octet-stream').end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { address: `http://127.0.0.1:${port}/`, log, close: () => server.close() };
}

// The page on other hosts: one that sends no headers of its own, as many do, on request without the page's own policy, too; and one in
// front of servers that redirects, has them at several paths, or answers otherwise.
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

/**
 * A host in front of others.
 * @param {Record<string, string>} servers  path to address, both with a slash at the end
 * @param {(path: string) => {status?: number, location?: string, more?: string, without?: string}|undefined} [change]  of what is asked for, with its path here
 */
export async function hostBefore(servers, change = () => undefined) {
  const server = createServer(async (asked, answer) => {
    const url = asked.url ?? '/';
    const wish = change(new URL(url, 'http://x').pathname) ?? {};
    if (wish.status) {
      answer.writeHead(wish.status, wish.location ? { Location: wish.location } : {}).end();
      return;
    }
    const top = Object.keys(servers).find((path) => url.startsWith(path));
    const from = top && (await fetch(servers[top] + url.slice(top.length), { method: asked.method }));
    if (!from) {
      answer.writeHead(404).end();
      return;
    }
    const body = Buffer.from(await from.arrayBuffer());
    for (const [name, value] of from.headers)
      if (
        name !== wish.without &&
        !/^(content-length|content-encoding|transfer-encoding|connection|date)$/.test(name)
      )
        answer.setHeader(name, value);
    answer.writeHead(from.status).end(wish.more ? Buffer.concat([body, Buffer.from(wish.more)]) : body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { address: `http://127.0.0.1:${port}/`, close };
}

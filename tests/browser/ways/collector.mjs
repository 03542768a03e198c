// Hears whoever comes: look-ups of names, TCP and UDP, on an address that is not the page's and on a port for each
// way. In a network namespace of its own, where port 53 is free and nothing else answers.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { portOf } from './ways.mjs';

/** Names of the collector end so; between it and the way stands the run. */
const NAME = /^_?([a-z0-9_.-]+?)\.(r\d+)\.test$/;

/** `tcp` is a connection, `request` that something was sent over it. @typedef {'dns'|'tcp'|'request'|'udp'} Protocol */
/** @typedef {{protocol: Protocol, way: string, run: string}} Heard  `run` is empty where only a port tells */

/** The name that a look-up asks for, and where its question ends. @param {Buffer} message */
function questionOf(message) {
  const parts = [];
  let at = 12;
  while (at < message.length && message[at]) {
    parts.push(message.toString('latin1', at + 1, at + 1 + message[at]));
    at += message[at] + 1;
  }
  return { name: parts.join('.').toLowerCase(), end: at + 5, type: message.readUInt16BE(at + 1) };
}

/** The answer to a look-up: our names have one address of version 4, others do not exist. @param {Buffer} message @param {string} address */
function answerTo(message, address) {
  const { name, end, type } = questionOf(message);
  const ours = name.endsWith('.test');
  const found = ours && type === 1;
  const head = Buffer.alloc(12);
  message.copy(head, 0, 0, 2);
  head.writeUInt16BE(ours ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(found ? 1 : 0, 6);
  const record = found ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)] : [];
  return Buffer.concat([head, message.subarray(12, end), Buffer.from(record)]);
}

/** What is answered to a request that came: some ways only count if the answer is no page. @param {string} line */
function pageFor(line) {
  if (line.includes('/nocontent')) return 'HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n';
  const kind = line.includes('/attachment')
    ? 'application/octet-stream\r\nContent-Disposition: attachment; filename=x.bin'
    : 'text/html';
  return `HTTP/1.1 200 OK\r\nContent-Type: ${kind}\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n`;
}

/** @param {string} address  where it listens, beside the look-ups */
export async function collector(address) {
  /** @type {Heard[]} */
  const heard = [];
  /** @type {string[]} names of others that were looked up */
  const others = [];
  const byPort = new Map([...portOf].map(([way, port]) => [port, way]));

  const names = createSocket('udp4', (message, { port, address: from }) => {
    const { name } = questionOf(message);
    const ours = NAME.exec(name);
    // A service record has further labels before the way's own.
    if (ours) heard.push({ protocol: 'dns', way: ours[1].split('.').at(-1) ?? '', run: ours[2] });
    else others.push(name);
    names.send(answerTo(message, address), port, from);
  });
  await new Promise((resolve) => names.bind(53, '127.0.0.1', () => resolve(undefined)));

  /** @param {number} port */
  const tcp = (port) =>
    new Promise((resolve) => {
      const server = createServer((socket) => {
        const way = byPort.get(port);
        if (way) heard.push({ protocol: 'tcp', way, run: '' });
        socket.on('error', () => {});
        socket.setTimeout(2_000, () => socket.destroy());
        socket.once('data', (data) => {
          const text = data.toString('latin1');
          // On a port of all the name tells: in the line, or in the beginning of TLS.
          const named = /([a-z0-9]+)\.(r\d+)\.test/.exec(text);
          if (way) heard.push({ protocol: 'request', way, run: '' });
          else if (named) heard.push({ protocol: 'request', way: named[1], run: named[2] });
          socket.end(pageFor(text.split('\r\n')[0]));
        });
      });
      server.listen(port, address, () => resolve(server));
    });
  /** @param {number} port @param {string} way */
  const udp = (port, way) =>
    new Promise((resolve) => {
      const socket = createSocket('udp4', () => heard.push({ protocol: 'udp', way, run: '' }));
      socket.bind(port, address, () => resolve(socket));
    });
  const open = await Promise.all([
    ...[80, 443, ...byPort.keys()].map(tcp),
    ...[...byPort].map(([port, way]) => udp(port, way)),
  ]);
  return {
    heard,
    others,
    close() {
      names.close();
      for (const one of open) one.close();
    },
  };
}

// A network namespace of its own, in which nothing but the collector answers: the machine's network is not there. As
// root, or as a person where the system permits namespaces to everyone.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The collector's address, which is not the page's. */
export const ADDRESS = '10.9.9.1';

/**
 * Two ends of a cable, one of them with the collector's address and the way to everywhere; look-ups of names go to
 * this machine alone, and by DNS alone. `$1` is the folder with the two files, the rest is what to run.
 */
const SETUP = `
set -e
PATH=$PATH:/usr/sbin:/sbin
folder=$1; shift
ip link set lo up
ip link add ways0 type veth peer name ways1
ip addr add ${ADDRESS}/24 dev ways0
ip link set ways0 up
ip link set ways1 up
ip route add default via 10.9.9.2
mount --bind "$folder/resolv.conf" "$(readlink -f /etc/resolv.conf)"
if [ -e /etc/nsswitch.conf ]; then mount --bind "$folder/nsswitch.conf" "$(readlink -f /etc/nsswitch.conf)"; fi
exec "$@"
`;

/**
 * Runs a command in such a namespace; its messages are shown.
 * @param {string[]} command
 * @returns {Promise<{code: number|null, out: string, complaints: string}>}
 */
export async function inside(command) {
  const folder = await mkdtemp(join(tmpdir(), 'undertone-ways-'));
  try {
    await writeFile(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
    await writeFile(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
    const person = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    const child = spawn(
      'unshare',
      [
        ...person,
        '--net',
        '--mount',
        '--pid',
        '--fork',
        '--kill-child',
        '--mount-proc',
        'sh',
        '-c',
        SETUP,
        'sh',
        folder,
        ...command,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let out = '';
    let complaints = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => {
      complaints += data;
      process.stderr.write(data);
    });
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, out, complaints };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Why there can be none here; empty where there can. */
export async function whyNot() {
  if (process.platform !== 'linux') return `no network namespaces on ${process.platform}`;
  try {
    const { code, complaints } = await inside(['true']);
    if (code === 0) return '';
    return `no network namespace can be made here: ${complaints.trim().split('\n').at(-1)} (needs unshare, ip of iproute2, and root or user namespaces)`;
  } catch (error) {
    return `no network namespace can be made here: ${/** @type {Error} */ (error).message}`;
  }
}

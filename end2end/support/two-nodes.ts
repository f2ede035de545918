import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Balancer } from './balancer.ts';
import { serverBinary, siteRoot } from './environment.ts';

// Two processes of the program on one database and one Redis, behind one address, as an organizer with many guests runs
// them.

const START_TIMEOUT_MS = 60_000;

export class TwoNodes {
  private constructor(
    private readonly parts: ChildProcess[],
    private readonly balancer: Balancer,
    private readonly dataDir: string,
    private readonly nodes: Node[],
  ) {}

  static async start(): Promise<TwoNodes> {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'atria-two-nodes-'));
    const cluster = spawn(serverBinary, ['cluster', '--ephemeral'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [redisPort, ...ports] = await freePorts(3);
    const redis = spawn('redis-server', ['--port', `${redisPort}`, '--bind', '127.0.0.1', '--save', ''], { stdio: ['ignore', 'pipe', 'inherit'] });
    const balancer = await Balancer.open(ports);
    const database = await line(cluster, /^DATABASE_URL=(.+)$/);
    await line(redis, /(Ready to accept connections)/);
    const shared = {
      ATRIA_PUBLIC_URL: balancer.url,
      ATRIA_DATA_DIR: dataDir,
      ATRIA_REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      DATABASE_URL: database,
    };
    const nodes = ports.map((port) => new Node({ ...environment(), ...shared, ATRIA_BIND: `127.0.0.1:${port}` }));
    const twoNodes = new TwoNodes([cluster, redis], balancer, dataDir, nodes);
    // One after the other: the first migrates.
    for (const node of nodes) await node.start();
    return twoNodes;
  }

  get url(): string {
    return this.balancer.url;
  }

  /** WebSockets that are open, by node. */
  get webSockets(): number[] {
    return this.balancer.webSockets;
  }

  /** SIGKILL: no goodbye. */
  kill(which: 0 | 1): Promise<void> {
    return this.nodes[which].kill();
  }

  restart(which: 0 | 1): Promise<void> {
    return this.nodes[which].start();
  }

  async stop(): Promise<void> {
    this.balancer.close();
    await Promise.all(this.nodes.map((node) => node.kill()));
    for (const part of this.parts) {
      // The cluster ends with its input, and removes what it wrote.
      part.stdin?.end();
      if (!part.stdin) part.kill('SIGTERM');
      await ended(part);
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** One `atria serve`, where it was each time. */
class Node {
  private process: ChildProcess | undefined;

  constructor(private readonly env: NodeJS.ProcessEnv) {}

  async start(): Promise<void> {
    this.process = spawn(serverBinary, ['serve'], { stdio: ['ignore', 'pipe', 'inherit'], env: this.env });
    await line(this.process, /(Atria is ready)/);
  }

  async kill(): Promise<void> {
    if (!this.process) return;
    this.process.kill('SIGKILL');
    await ended(this.process);
  }
}

function environment(): NodeJS.ProcessEnv {
  const isForeign = (name: string) => /^(ATRIA_(?!PG_)|DATABASE_URL|LEPTOS_)/.test(name);
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name))),
    ATRIA_ENV: 'development',
    ATRIA_LOG: 'error',
    ATRIA_TRUSTED_PROXIES: '127.0.0.1',
    ATRIA_MESSAGES_IN_5_SECONDS: '100000',
    ATRIA_MESSAGES_IN_A_MINUTE: '100000',
    LEPTOS_OUTPUT_NAME: 'atria',
    LEPTOS_SITE_ROOT: siteRoot,
    LEPTOS_SITE_PKG_DIR: 'pkg',
    LEPTOS_HASH_FILES: 'true',
  };
}

/** Waits until a process prints a line like this; what it prints later is read and dropped, so that it never blocks. */
function line(process: ChildProcess, pattern: RegExp): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const failed = (why: string) => reject(new Error(`${process.spawnargs.join(' ')}: ${why}\n${said.join('\n')}`));
    const patience = setTimeout(() => failed(`said nothing like ${pattern}`), START_TIMEOUT_MS);
    process.once('error', (error) => failed(error.message));
    process.once('exit', (code) => failed(`ended (${code})`));
    createInterface({ input: process.stdout! }).on('line', (text) => {
      said.push(text);
      const found = text.match(pattern);
      if (found) {
        clearTimeout(patience);
        resolve(found[1]);
      }
    });
  });
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
}

/** All at once, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

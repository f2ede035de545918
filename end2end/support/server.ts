import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { port, serverBinary, serverUrl, siteRoot } from './environment.ts';

// The server under test: the release binary as a newcomer runs it, with a private database in a directory of its own.

const START_TIMEOUT_MS = 60_000;
// The server drains for at most 10 s and stops its database after that.
const STOP_TIMEOUT_MS = 30_000;

export default async function startServer(): Promise<() => Promise<void>> {
  if (await answers('/healthz')) throw new Error(`${serverUrl} is in use; set ATRIA_E2E_PORT to a free port`);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'atria-e2e-'));
  // As root the database runs as another user, who must be able to pass through.
  await chmod(dataDir, 0o755);
  const logFile = path.join(dataDir, 'server.log');
  const log = await open(logFile, 'w');
  const server = spawn(serverBinary, ['serve', '--demo'], { stdio: ['ignore', log.fd, log.fd], env: environment(dataDir) });

  const stop = async () => {
    await stopServer(server);
    await log.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(server);
  } catch (error) {
    console.error(await readFile(logFile, 'utf8'));
    await stop();
    throw error;
  }
  return stop;
}

function environment(dataDir: string): NodeJS.ProcessEnv {
  // A developer's own settings must not reach the server under test; where PostgreSQL is may.
  const isForeign = (name: string) => /^(ATRIA_(?!PG_)|DATABASE_URL|LEPTOS_)/.test(name);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isForeign(name)));
  return {
    ...inherited,
    ATRIA_ENV: 'development',
    ATRIA_BIND: `127.0.0.1:${port}`,
    ATRIA_PUBLIC_URL: serverUrl,
    ATRIA_TRUSTED_PROXIES: '127.0.0.1',
    // All browsers of the tests share one address.
    ATRIA_REQUESTS_PER_ADDRESS: '100000',
    // A test fills a history faster than a person types; `integration::chat` holds the limit itself.
    ATRIA_MESSAGES_IN_5_SECONDS: '100000',
    ATRIA_MESSAGES_IN_A_MINUTE: '100000',
    ATRIA_DATA_DIR: path.join(dataDir, 'data'),
    LEPTOS_OUTPUT_NAME: 'atria',
    LEPTOS_SITE_ROOT: siteRoot,
    LEPTOS_SITE_PKG_DIR: 'pkg',
    LEPTOS_HASH_FILES: 'true',
  };
}

async function untilReady(server: ChildProcess): Promise<void> {
  let failure: Error | undefined;
  server.once('error', (error) => (failure = error));
  server.once('exit', (code, signal) => (failure = new Error(`${serverBinary} ended early (${code ?? signal})`)));
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers('/readyz'))) {
    if (failure) throw failure;
    if (Date.now() > deadline) throw new Error(`${serverUrl}/readyz did not answer within ${START_TIMEOUT_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function answers(route: string): Promise<boolean> {
  return fetch(serverUrl + route).then((response) => response.ok, () => false);
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.kill('SIGTERM');
  const kill = setTimeout(() => server.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(kill);
}

// The loop of bin/dev: build, run, watch; on a change build again, restart what changed, tell the pages to reload.

import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { reloadServer } from './reload.mjs';

const [binary, ...serveArgs] = process.argv.slice(2);

// What a change below each directory makes stale. The pages of `app` are in the server and its islands in the WASM.
const WATCHED = [
  { directory: 'style', web: true, server: false },
  { directory: 'public', web: true, server: false },
  { directory: 'app', web: true, server: true },
  { directory: 'frontend', web: true, server: false },
  { directory: 'src', web: false, server: true },
  { directory: 'migrations', web: false, server: true },
];
// Editors write a file in several strokes.
const QUIET_MS = 150;
const IGNORED = /(^|\/)(\.|target\/)|~$|\.sw[px]$/;

const pages = reloadServer(Number(process.env.LEPTOS_RELOAD_PORT));
const stale = { web: true, server: true };
let building = false;
let timer;
let server;

function run(command, args) {
  return new Promise((resolve) => {
    spawn(command, args, { stdio: 'inherit' }).on('close', (code) => resolve(code === 0));
  });
}

function serverIsRunning() {
  return server && server.exitCode === null && server.signalCode === null;
}

function stopServer() {
  if (!serverIsRunning()) return Promise.resolve();
  return new Promise((resolve) => {
    server.once('exit', resolve);
    server.kill('SIGTERM');
  });
}

async function startServer() {
  await stopServer();
  server = spawn(binary, ['serve', ...serveArgs], { stdio: 'inherit' });
}

/** Resolves to whether everything that was stale has been built and, where needed, restarted. */
async function buildOnce() {
  const todo = { ...stale };
  stale.web = stale.server = false;
  if (todo.web && !(await run('bin/build-web', ['--dev']))) return false;
  if (todo.server) {
    if (!(await run('cargo', ['build', '-p', 'atria']))) return false;
    await startServer();
    await pages.serverIsUp(serveUrl());
  }
  pages.reload();
  return true;
}

function serveUrl() {
  return `http://${process.env.ATRIA_BIND ?? '127.0.0.1:3000'}/healthz`;
}

async function buildUntilClean() {
  if (building) return;
  building = true;
  while (stale.web || stale.server) {
    if (!(await buildOnce())) console.error('\ndev: the build failed; waiting for the next change');
  }
  building = false;
}

function changed(area, file) {
  if (!file || IGNORED.test(file)) return;
  stale.web ||= area.web;
  stale.server ||= area.server;
  clearTimeout(timer);
  timer = setTimeout(buildUntilClean, QUIET_MS);
}

for (const area of WATCHED.filter(({ directory }) => existsSync(directory))) {
  watch(area.directory, { recursive: true }, (_event, file) => changed(area, file));
}
// A terminal's Ctrl-C reaches the server directly; a second signal from here would cut its shutdown short.
process.on('SIGINT', () => (serverIsRunning() ? server.once('exit', () => process.exit(0)) : process.exit(0)));
process.on('SIGTERM', () => stopServer().then(() => process.exit(0)));
await buildUntilClean();

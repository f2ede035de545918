// wasm-bindgen and wasm-opt: cargo's module in, the loader and the module the browser gets out.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentHash, filesUnder } from './files.mjs';

// What Rust's LLVM emits and every browser of the last two years runs.
const FEATURES = ['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'];

export function loaderAndWasm({ module, cache, release }) {
  const out = path.join(cache, 'bindgen');
  const stamp = path.join(cache, 'bindgen.key');
  const key = contentHash(readFileSync(module)) + contentHash(readFileSync('package-lock.json'));
  const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === key;
  if (!isFresh) {
    rmSync(out, { recursive: true, force: true });
    const debug = release ? [] : ['--keep-debug'];
    run('wasm-bindgen', ['--target', 'web', '--no-typescript', '--out-name', 'atria', ...debug, '--out-dir', out, module]);
    if (release) optimise(path.join(out, 'atria_bg.wasm'));
    minifyLoader(path.join(out, 'atria.js'), release);
    writeFileSync(stamp, key);
  }
  const snippets = path.join(out, 'snippets');
  return {
    js: readFileSync(path.join(out, 'atria.js')),
    wasm: readFileSync(path.join(out, 'atria_bg.wasm')),
    snippets: existsSync(snippets)
      ? filesUnder(snippets).map((file) => [path.relative(snippets, file), readFileSync(file)])
      : [],
  };
}

function optimise(wasm) {
  run('wasm-opt', ['-Oz', ...FEATURES.map((feature) => `--enable-${feature}`), wasm, '-o', wasm]);
}

/** Leptos passes the address of `atria.<hash>.wasm` to the loader; the name inside is only its fallback. */
function minifyLoader(loader, release) {
  const source = readFileSync(loader, 'utf8');
  if (!source.includes('atria_bg.wasm')) throw new Error('the loader of wasm-bindgen no longer names atria_bg.wasm');
  writeFileSync(loader, source.replaceAll('atria_bg.wasm', 'atria.wasm'));
  if (release) run('esbuild', [loader, '--minify', '--format=esm', '--log-level=warning', '--allow-overwrite', `--outfile=${loader}`]);
}

function run(command, args) {
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
}

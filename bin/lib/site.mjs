// Second half of bin/build-web: turns cargo's module, style/ and public/ into <target>/site.
// A step whose inputs are unchanged (by content) is not repeated, so an unchanged tree costs about a second.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loaderAndWasm } from './wasm.mjs';
import { compressSite, enforceBudgets, measure, printSizes } from './sizes.mjs';
import { contentHash, filesUnder, writeIfChanged } from './files.mjs';

const { values: args } = parseArgs({
  options: { mode: { type: 'string' }, wasm: { type: 'string' }, target: { type: 'string' } },
});
const release = args.mode === 'release';
const site = path.join(args.target, 'site');
const pkg = path.join(site, 'pkg');

// The browsers of the last two years: nesting, light-dark(), @layer and :has() stay as they are written.
const BROWSERS = ['chrome130', 'edge130', 'firefox132', 'safari18'];

// Fonts and images are served from public/: their addresses are kept as they are.
const publicFiles = {
  name: 'public-files',
  setup({ onResolve }) {
    onResolve({ filter: /^\// }, ({ kind, path: address }) =>
      kind === 'url-token' || kind === 'dynamic-import' ? { path: address, external: true } : undefined);
  },
};

/** The page script and its parts: served from pkg/, in one file under its hashed name. */
const isScript = (file) => file === path.join('public', 'page.js') || file.startsWith(path.join('public', 'page', '/'));

/** Parts of the page script that a page loads when somebody asks for them: the name in its sources and the file. */
const LAZY = { __DELIVER__: 'deliver', __DOCK__: 'dock', __NAMES__: 'names', __PUSH__: 'push', __REACTIONS__: 'reactions' };

/** CSS and page script. esbuild is loaded only when one of their sources changed. */
async function bundles(cache) {
  const script = existsSync('public') ? filesUnder('public').filter(isScript) : [];
  const sources = [...filesUnder('style'), ...script, 'package-lock.json'].filter((file) => existsSync(file));
  const key = contentHash(sources.map((file) => `${file}\n${readFileSync(file)}`).join('\0') + BROWSERS + JSON.stringify(LAZY));
  const stamp = path.join(cache, 'bundles.key');
  const outputs = { css: path.join(cache, 'atria.css'), page: path.join(cache, 'page.js') };
  const lazyFile = (name) => path.join(cache, `${name}.js`);
  const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === key;
  if (!isFresh) {
    const esbuild = await import('esbuild');
    const options = {
      bundle: true, minify: release, target: BROWSERS, logLevel: 'warning', legalComments: 'none', plugins: [publicFiles],
    };
    await esbuild.build({ ...options, ...entry('style/main.css', 'css', cache), outfile: outputs.css });
    const define = {};
    for (const [constant, name] of Object.entries(LAZY)) {
      await esbuild.build({ ...options, ...entry(`public/page/lazy/${name}.js`, 'js', cache), format: 'esm', outfile: lazyFile(name) });
      define[constant] = JSON.stringify(`/pkg/${lazyName(name, readFileSync(lazyFile(name)))}`);
    }
    await esbuild.build({ ...options, ...entry('public/page.js', 'js', cache), define, outfile: outputs.page });
    writeFileSync(stamp, key);
  }
  const lazy = Object.values(LAZY).map((name) => {
    const content = readFileSync(lazyFile(name));
    return [lazyName(name, content), content];
  });
  return { css: readFileSync(outputs.css), page: readFileSync(outputs.page), lazy };
}

const lazyName = (name, content) => (release ? `${name}.${contentHash(content)}.js` : `${name}.js`);

/** A source that nobody has written yet counts as empty, so that the rest can be built. */
function entry(file, loader, cache) {
  if (existsSync(file)) return { entryPoints: [file] };
  console.warn(`    ${file} is missing; an empty one is used`);
  return { stdin: { contents: '', loader, resolveDir: cache } };
}

/** Name in pkg/ → content, with the hashes Leptos and the page shell need to find them. */
function named({ js, wasm, css, page, lazy }) {
  const hash = release
    ? { js: contentHash(js), wasm: contentHash(wasm), css: contentHash(css), page: contentHash(page) }
    : {};
  const name = (stem, kind, extension) => (release ? `${stem}.${hash[kind]}.${extension}` : `${stem}.${extension}`);
  const names = {
    css: name('atria', 'css', 'css'),
    js: name('atria', 'js', 'js'),
    wasm: name('atria', 'wasm', 'wasm'),
    page: name('page', 'page', 'js'),
  };
  const files = new Map([[names.js, js], [names.wasm, wasm], [names.css, css], [names.page, page], ...lazy]);
  files.set('manifest.json', `${JSON.stringify(names)}\n`);
  return { names, files, hash };
}

function writeSite(files, snippets) {
  const expected = new Set();
  const put = (relative, content) => {
    expected.add(relative);
    writeIfChanged(path.join(site, relative), content);
  };
  for (const [name, content] of files) put(path.join('pkg', name), content);
  for (const [name, content] of snippets) put(path.join('pkg', 'snippets', name), content);
  for (const file of existsSync('public') ? filesUnder('public') : []) {
    if (!isScript(file)) put(path.relative('public', file), readFileSync(file));
  }
  for (const file of existsSync(site) ? filesUnder(site) : []) {
    if (!expected.has(path.relative(site, file).replace(/\.(br|gz)$/, ''))) rmSync(file);
  }
  return [...expected].map((relative) => path.join(site, relative));
}

/** Leptos looks for hash.txt beside the executable; a debug server runs without hashes. */
function writeHashFile({ js, wasm, css }) {
  mkdirSync(path.join(args.target, 'release'), { recursive: true });
  writeIfChanged(path.join(args.target, 'release', 'hash.txt'), `js: ${js}\nwasm: ${wasm}\ncss: ${css}\n`);
}

const cache = path.join(args.target, 'web', args.mode);
mkdirSync(cache, { recursive: true });
const { js, wasm, snippets } = loaderAndWasm({ module: args.wasm, cache, release });
const { css, page, lazy } = await bundles(cache);
const { names, files, hash } = named({ js, wasm, css, page, lazy });
const written = writeSite(files, snippets);
if (release) {
  writeHashFile(hash);
  compressSite(written);
  const sizes = measure(pkg, names);
  printSizes(sizes);
  enforceBudgets(sizes);
} else {
  compressSite([], written);
}

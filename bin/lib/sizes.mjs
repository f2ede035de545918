// Precompression, the table of sizes, and the budgets that fail a release build.

import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const COMPRESSIBLE = /\.(js|css|wasm|svg)$/;

// What the page of a room may cost a person on a slow line; it is the only one with WASM.
const BUDGETS = [
  { file: 'wasm', measure: 'raw', limitBytes: 450_000 },
  { file: 'wasm', measure: 'brotli', limitBytes: 150_000 },
  { file: 'css', measure: 'brotli', limitBytes: 30_000 },
];

/** Writes .gz and .br beside each file that changed since; removes those that must not be there. */
export function compressSite(files, uncompressed = []) {
  for (const file of files.filter((name) => COMPRESSIBLE.test(name))) {
    const changed = statSync(file).mtimeMs;
    const isFresh = (sibling) => existsSync(sibling) && statSync(sibling).mtimeMs >= changed;
    if (isFresh(`${file}.gz`) && isFresh(`${file}.br`)) continue;
    const content = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${file}.br`, brotli(content));
  }
  for (const file of uncompressed) {
    rmSync(`${file}.gz`, { force: true });
    rmSync(`${file}.br`, { force: true });
  }
}

function brotli(content) {
  return brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
}

export function measure(pkg, names) {
  const size = (file) => statSync(path.join(pkg, file)).size;
  return Object.entries(names).map(([kind, file]) => ({
    kind, file, raw: size(file), gzip: size(`${file}.gz`), brotli: size(`${file}.br`),
  }));
}

export function printSizes(sizes) {
  const row = (cells) => `    ${cells[0].padEnd(28)}${cells.slice(1).map((cell) => String(cell).padStart(10)).join('')}`;
  console.log(row(['file', 'raw', 'gzip', 'brotli']));
  for (const { file, raw, gzip, brotli: br } of sizes) console.log(row([file, raw, gzip, br]));
}

export function enforceBudgets(sizes) {
  const exceeded = BUDGETS.flatMap(({ file, measure: kind, limitBytes }) => {
    const actual = sizes.find((size) => size.kind === file)[kind];
    return actual > limitBytes ? [`${file} is ${actual} bytes ${kind}; the budget is ${limitBytes}`] : [];
  });
  for (const line of exceeded) console.error(`    over budget: ${line}`);
  if (exceeded.length > 0) process.exit(1);
}

// Small file tools of the web build.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** 16 hex digits: short enough for a name, long enough that two builds never share one. */
export function contentHash(content) {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** Every file below a directory, in a stable order. */
export function filesUnder(directory) {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Replaces the file in one move, so that a running server never reads half of it. */
export function writeIfChanged(file, content) {
  const wanted = Buffer.from(content);
  if (existsSync(file) && readFileSync(file).equals(wanted)) return;
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, wanted);
  renameSync(`${file}.new`, file);
}

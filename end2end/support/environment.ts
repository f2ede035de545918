import path from 'node:path';

// Where things are. bin/test sets ATRIA_TARGET_DIR; everything else has a default that fits a developer's machine.

const root = path.resolve(import.meta.dirname, '../..');
const targetDir = process.env.ATRIA_TARGET_DIR ?? process.env.CARGO_TARGET_DIR ?? path.join(root, 'target');

export const serverBinary = path.join(targetDir, 'release', 'atria');
export const siteRoot = path.join(targetDir, 'site');
export const port = Number(process.env.ATRIA_E2E_PORT ?? 4173);
export const serverUrl = `http://127.0.0.1:${port}`;
export const chromiumPath = process.env.ATRIA_CHROMIUM ?? '/usr/bin/chromium';
// Chromium's sandbox refuses to run as root.
export const isRoot = process.getuid?.() === 0;

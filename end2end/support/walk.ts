import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { checkElsewhere } from './accessibility.ts';
import { checkKeyboard } from './keyboard.ts';
import { expect } from './test.ts';

// Through the program by its own links, as people go. What the router names and no link leads to is found out, and so
// is a link that leads nowhere.

/** A part of the program that one walk covers. */
export interface Walk {
  /** Where it starts. What no link leads to (pages behind a form or a mail) is named here too. */
  from: string[];
  /** Which addresses it follows. */
  belongs: (pathname: string) => boolean;
}

/** Beyond the first page of a kind only so many more are asked for: they are the same page with other words. */
const MORE_OF_A_KIND = 2;
const FILES_ASKED = 40;

/** The paths of all pages as the router names them (`/events/:event`), those without parameters first. */
export function routerPaths(): string[] {
  const source = readFileSync(fileURLToPath(new URL('../../app/src/routes.rs', import.meta.url)), 'utf8');
  const parameters = (route: string) => route.split(':').length;
  return [...source.matchAll(/path!\("([^"]+)"\)/g)].map(([, route]) => route).sort((one, other) => parameters(one) - parameters(other));
}

const shapes = routerPaths().map((route) => ({ route, shape: new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`) }));

/** The router's path behind an address; nothing if it isn't a page. */
export function routeOf(pathname: string): string | undefined {
  return shapes.find(({ shape }) => shape.test(pathname))?.route;
}

/** Opens one page of each kind and checks it; answers the kinds in the order in which they were found. */
export async function walk(page: Page, { from, belongs }: Walk): Promise<Map<string, string>> {
  const opened = new Map<string, string>();
  const more = new Map<string, Set<string>>();
  const files = new Set<string>();
  const anchors = new Set<string>();
  const waiting = [...from];
  for (let address = waiting.shift(); address; address = waiting.shift()) {
    const route = routeOf(address.split(/[?#]/)[0]);
    if (!route || opened.has(route)) continue;
    opened.set(route, address);
    await visit(page, address, route);
    // A mail's links work once, and for whom it was written.
    if (route === '/dev/mail/:mail') continue;
    for (const link of await linksOn(page)) {
      const target = new URL(link);
      const kind = routeOf(target.pathname);
      if (!belongs(target.pathname)) continue;
      if (!kind) files.add(target.pathname + target.search);
      else if (opened.has(kind)) more.set(kind, (more.get(kind) ?? new Set()).add(target.pathname + target.search));
      else waiting.push(target.pathname + target.search);
      const anchor = target.pathname + target.search + target.hash;
      if (!kind || !target.hash || anchors.has(anchor)) continue;
      anchors.add(anchor);
      // At once: what is unread on this page is read on the one it leads to.
      await expectAnchor(page, anchor);
    }
  }
  for (const addresses of more.values()) for (const address of [...addresses].slice(0, MORE_OF_A_KIND)) await expectAnswer(page, address);
  for (const address of [...files].slice(0, FILES_ASKED)) await expectAnswer(page, address);
  return opened;
}

/** Opens a page and checks it in the light and the dark, on a phone and by the keyboard; `route` names its pictures. */
export async function visit(page: Page, address: string, route: string, status = 200): Promise<void> {
  const response = await page.goto(address);
  expect(response?.status(), `${address} must open`).toBe(status);
  expect(await page.title(), `${address} must have a title of its own`).toMatch(/\S/);
  await checkElsewhere(page);
  await checkKeyboard(page);
  await takePictures(page, route);
}

function linksOn(page: Page): Promise<string[]> {
  return page.evaluate(() => [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map((link) => link.href).filter((href) => href.startsWith(location.origin)));
}

async function expectAnswer(page: Page, address: string): Promise<void> {
  const answer = await page.request.get(address);
  // Some files are made so many times an hour, and other walks asked for them too.
  if (answer.status() !== 429) expect(answer.status(), `a link leads to ${address}`).toBeLessThan(400);
}

async function expectAnchor(page: Page, address: string): Promise<void> {
  const [document, anchor] = address.split('#');
  const html = await (await page.request.get(document)).text();
  expect(html.includes(`id="${anchor}"`), `a link leads to ${address}, which has no such place`).toBe(true);
}

/** With ATRIA_SCREENSHOTS set to a folder: what a designer wants to see of this page. */
async function takePictures(page: Page, route: string): Promise<void> {
  const folder = process.env.ATRIA_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  const before = page.viewportSize()!;
  const name = route.replaceAll('/', '_').replaceAll(':', '') || '_';
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(before);
}

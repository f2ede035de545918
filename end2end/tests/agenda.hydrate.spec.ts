// The agenda where only a browser can show it: what is in sight, which keys do what, what is kept, what paper gets.

import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { serverUrl } from '../support/environment.ts';
import { publishedEvent } from '../support/event.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** As the forms do, without their pages. */
async function call(page: Page, path: string, form: Record<string, string>): Promise<void> {
  const headers = { Accept: 'application/json', Origin: serverUrl };
  const answer = await page.request.post(path, { form: { form_key: randomUUID(), ...form }, headers });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** An event with as many rooms, and in each a session at nine and one at ten on the first of its three days. */
async function withRooms(page: Page, rooms: number): Promise<string> {
  await signUp(page, person('Olivia'));
  const { public: path } = await publishedEvent(page);
  const event = path.split('/').at(-1)!;
  const lines = ['title,start,end,room'];
  for (let room = 1; room <= rooms; room += 1) {
    await call(page, '/api/venue_rooms/create', { event, name: `Room ${room}` });
    lines.push(`Early ${room},2031-06-02 09:00,2031-06-02 09:45,Room ${room}`, `Late ${room},2031-06-02 10:00,2031-06-02 10:45,Room ${room}`);
  }
  await call(page, '/api/agenda/import', { event, mode: 'import', file: lines.join('\n') });
  return path;
}

const box = async (element: Locator) => (await element.boundingBox())!;

test('twelve rooms are all within reach, and rooms and hours stay in sight', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 700 });
  const path = await withRooms(page, 12);
  await page.goto(`${path}/agenda`);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  const grid = page.locator('.day-grid').first();
  const last = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Late 12' }) });
  await last.getByRole('link').focus();
  await expect(last).toBeInViewport({ ratio: 0.9 });
  const [around, head, hour, card] = await Promise.all([
    box(grid),
    box(page.locator('.day-room').filter({ hasText: 'Room 12' }).first()),
    box(page.locator('.day-hour').first()),
    box(last),
  ]);
  expect(Math.abs(head.y - around.y)).toBeLessThan(2);
  expect(head.x).toBeCloseTo(card.x, 0);
  expect(Math.abs(hour.x - around.x)).toBeLessThan(2);
  expect(card.x + card.width).toBeLessThanOrEqual(around.x + around.width + 1);

  await page.setViewportSize({ width: 390, height: 800 });
  await expect(page.locator('.day-room').first()).toBeHidden();
  await expect(last).toContainText('Room 12');
  expect(await overflow()).toBeLessThanOrEqual(0);
});

test('arrows go from session to session and s stars one', async ({ page }) => {
  const path = await withRooms(page, 2);
  await page.goto(`${path}/agenda`);
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  await link('Early 1').focus();
  for (const [key, name] of [['ArrowRight', 'Early 2'], ['ArrowDown', 'Late 2'], ['ArrowLeft', 'Late 1'], ['ArrowUp', 'Early 1']]) {
    await page.keyboard.press(key);
    await expect(link(name)).toBeFocused();
  }
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: 'Star Late 1' })).toHaveAttribute('aria-pressed', 'true');
  await expect(link('Late 1')).toBeFocused();
  await page.getByRole('link', { name: 'Only mine (1)' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My schedule');
  await expect(page.locator('.session-title')).toHaveText(['Late 1']);
  await page.locator('.agenda-filters summary').click();
  await page.getByLabel('Words').fill('s');
  await expect(page.getByRole('button', { name: 'Star Late 1' })).toHaveAttribute('aria-pressed', 'true');
});

test('the line of now goes along with the hours', async ({ page }) => {
  const path = await withRooms(page, 1);
  const now = page.locator('.day-now').first();
  await page.clock.setFixedTime(new Date('2031-06-02T06:30:00Z'));
  await page.goto(`${path}/agenda`);
  await expect(now).toBeHidden();
  for (const [at, session] of [['07:20', 'Early 1'], ['08:20', 'Late 1']]) {
    await page.clock.setFixedTime(new Date(`2031-06-02T${at}:00Z`));
    await page.reload();
    await expect(now).toBeVisible();
    const card = await box(page.getByRole('listitem').filter({ has: page.getByRole('link', { name: session }) }));
    const { y } = await box(now);
    expect(y).toBeGreaterThan(card.y);
    expect(y).toBeLessThan(card.y + card.height);
  }
});

test('the zone somebody switched to is kept', async ({ page, browser }) => {
  const path = await withRooms(page, 1);
  const context = await browser.newContext({ timezoneId: 'America/Phoenix' });
  const other = await context.newPage();
  await other.goto(path);
  await other.goto(`${path}/agenda`);
  const zone = other.locator('.agenda-zone');
  await expect(zone).toContainText('Times of America/Phoenix');
  await zone.getByRole('link').click();
  await expect(zone).toContainText('Times of Europe/Berlin');
  await other.goto(`${path}/agenda`);
  await expect(zone).toContainText('Times of Europe/Berlin');
  await other.getByRole('link', { name: 'Early 1' }).click();
  await expect(zone).toContainText('Times of Europe/Berlin');
  await context.close();
});

test('paper gets the days and the way back, and nothing to click', async ({ page }) => {
  const path = await withRooms(page, 2);
  await page.goto(`${path}/agenda`);
  const foot = page.locator('.print-foot');
  await expect(foot).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(foot.getByRole('img', { name: /QR code/ })).toBeVisible();
  for (const gone of ['.rail', '.agenda-bar', '.agenda-filters', '.star-form', '.day-room']) {
    await expect(page.locator(gone).first()).toBeHidden();
  }
  await expect(page.locator('.session-room').first()).toBeVisible();
  const breaks = await page.locator('.agenda-day').evaluateAll((days) => days.map((day) => getComputedStyle(day).breakBefore));
  expect(breaks).toEqual(['auto', 'page', 'page']);
  await page.emulateMedia({ media: 'screen' });
});

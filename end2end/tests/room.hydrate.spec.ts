import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { inRoom, openGeneral, post, publishedEvent } from '../support/event.ts';
import { checkA11y } from '../support/accessibility.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const CALL = '**/api/chat/post_message';

/** Olivia in the General room of a new event. */
async function inGeneral(page: Page): Promise<void> {
  await signUp(page, person('Olivia'));
  await openGeneral(page, await publishedEvent(page));
  await waitUntilHydrated(page);
}

/** A message that this browser's page did not send: from another device of the same person. */
async function postElsewhere(page: Page, body: string): Promise<void> {
  const url = new URL(page.url());
  const [, event, room] = url.pathname.match(/^\/events\/([^/]+)\/rooms\/([^/]+)/)!;
  const answer = await page.request.post('/api/chat/post_message', {
    form: { event, room, body, client_message_id: randomUUID() },
    headers: { accept: 'application/json', origin: url.origin },
  });
  expect(answer.status()).toBe(200);
}

test('earlier messages load without moving the line one is reading', async ({ page }) => {
  test.setTimeout(120_000);
  await inGeneral(page);
  for (let n = 1; n <= 120; n++) await postElsewhere(page, `number ${n}.`);
  await page.reload();
  await waitUntilHydrated(page);
  await expect(page.locator('.message')).toHaveCount(50);

  const log = page.getByRole('log');
  await log.evaluate((element) => { element.scrollTop = 0; });
  const line = page.locator(`#${await page.locator('.message').first().getAttribute('id')}`);
  const before = (await line.boundingBox())!.y;
  await page.getByText('Earlier messages').click();
  await expect(page.locator('.message')).toHaveCount(100);
  expect(Math.abs((await line.boundingBox())!.y - before)).toBeLessThan(48);
  await page.getByText('Earlier messages').click();
  await expect(page.getByText('This is the beginning of General.')).toBeVisible();
  await expect(page.locator('.message')).toHaveCount(120);
});

test('whoever reads the end goes on reading it when there is less room for it, and who reads above is left there', async ({ page }) => {
  await inGeneral(page);
  await post(page, Array.from({ length: 60 }, (_, number) => `line ${number}`).join('\n'));
  await expect(page.locator('.message[data-state]')).toHaveCount(0);
  const log = page.getByRole('log');
  const below = () => log.evaluate((element) => Math.round(element.scrollHeight - element.scrollTop - element.clientHeight));
  await expect.poll(below).toBeLessThan(3);
  const before = (await log.boundingBox())!.height;
  await page.getByRole('textbox', { name: /message/i }).fill('one\ntwo\nthree\nfour\nfive');
  await expect.poll(async () => (await log.boundingBox())!.height, 'the composer grows').toBeLessThan(before - 40);
  await expect.poll(below).toBeLessThan(3);
  await page.setViewportSize({ width: 1280, height: 500 });
  await expect.poll(below).toBeLessThan(3);
  await log.evaluate((element) => { element.scrollTop = 0; });
  const low = (await log.boundingBox())!.height;
  await page.setViewportSize({ width: 1280, height: 700 });
  await expect.poll(async () => (await log.boundingBox())!.height).toBeGreaterThan(low);
  await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
  expect(await log.evaluate((element) => element.scrollTop)).toBe(0);
});

test('a draft survives a reload; Shift+Enter breaks the line and Enter sends', async ({ page }) => {
  await inGeneral(page);
  const box = page.getByRole('textbox', { name: /message/i });
  await box.fill('line one');
  await box.press('Shift+Enter');
  await box.pressSequentially('line two');
  await page.reload();
  await waitUntilHydrated(page);
  await expect(box).toHaveValue('line one\nline two');
  await box.press('Enter');
  await expect(box).toHaveValue('');
  await expect(inRoom(page, 'line two')).toHaveCount(1);
  await expect(page.locator('[data-state=sending]')).toHaveCount(0);
});

test('a refused message keeps its text, says why and can be retried', async ({ page, browserErrors }) => {
  browserErrors.allow(/status of 403/);
  await inGeneral(page);
  await page.route(CALL, (route) => route.fulfill({ status: 403, contentType: 'application/json', body: JSON.stringify({ code: 'denied', detail: 'muted' }) }));
  await post(page, 'refused text');
  await expect(page.getByText('Not sent. A moderator has muted you in this event.')).toBeVisible();
  await checkA11y(page);
  await page.unroute(CALL);
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.locator('.message[data-state]')).toHaveCount(0);
  await expect(inRoom(page, 'refused text')).toHaveCount(1);
});

test('a message whose answer is lost, or that waits while the page reloads, is there once', async ({ page, browserErrors }) => {
  browserErrors.allow(/ERR_FAILED/);
  await inGeneral(page);
  await page.route(CALL, async (route) => {
    await route.fetch();
    await route.abort();
  });
  const lost = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/post_message'));
  await post(page, 'answer lost');
  await lost;
  await expect(inRoom(page, 'answer lost')).toHaveCount(1);
  await page.unroute(CALL);
  await page.route(CALL, (route) => route.abort());
  const tried = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/post_message'));
  await post(page, 'kept over a reload');
  await tried;
  await page.unroute(CALL);
  await page.reload();
  await waitUntilHydrated(page);
  await expect(page.locator('.message[data-state]')).toHaveCount(0);
  await page.reload();
  await expect(inRoom(page, 'kept over a reload')).toHaveCount(1);
  await expect(inRoom(page, 'answer lost')).toHaveCount(1);
});

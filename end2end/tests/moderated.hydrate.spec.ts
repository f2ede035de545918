// What somebody sees in an open room while moderators and organizers act.

import type { Page } from '@playwright/test';
import type { EventPaths } from '../support/event.ts';
import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { checkA11y } from '../support/accessibility.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import type { NewPerson } from '../support/test.ts';

/** Olivia's new event, and Ada in its General room. */
async function adaIn(olivia: Page, newPerson: NewPerson): Promise<{ event: EventPaths; ada: Page }> {
  await signUp(olivia, person('Olivia'));
  const event = await publishedEvent(olivia);
  const ada = await newPerson();
  await signUp(ada, person('Ada'));
  await register(ada, event);
  await openGeneral(ada, event);
  await waitUntilHydrated(ada);
  return { event, ada };
}

/** A room's settings have the one button that opens or closes it. */
async function press(olivia: Page, event: EventPaths, ada: Page, name: string): Promise<void> {
  const room = new URL(ada.url()).pathname.split('/').at(-1)!;
  await olivia.goto(`${event.public}/manage/rooms/${room}`);
  await olivia.getByRole('button', { name }).click();
}

/** Messages with the word wait for a moderator from now on. */
async function holdKrakens(olivia: Page, event: EventPaths): Promise<void> {
  await olivia.goto(`${event.public}/manage/settings`);
  await olivia.getByRole('radio', { name: /^Hold the message/ }).check();
  await olivia.getByLabel('The words').fill('kraken');
  await olivia.getByRole('button', { name: 'Save' }).click();
  await expect(olivia.getByRole('radio', { name: /^Hold the message/ })).toBeChecked();
}

test('a message that is held after its room was left says so there, and is not called refused', async ({ page, newPerson, browserErrors }) => {
  browserErrors.allow(/status of 409|net::ERR/);
  const { event, ada } = await adaIn(page, newPerson);
  await holdKrakens(page, event);
  const room = ada.url();
  await ada.route('**/api/chat/post_message', (route) => (ada.url() === room ? route.abort() : route.continue()));
  await post(ada, 'release the kraken');
  await expect(inRoom(ada, 'Sending…')).toHaveCount(1);
  const held = ada.waitForResponse((response) => response.url().endsWith('/api/chat/post_message') && response.status() === 409);
  await ada.goto('/notifications');
  await held;
  await expect(ada.getByText('A message was not sent.')).toHaveCount(0);
  await ada.goto(room);
  await waitUntilHydrated(ada);
  await expect(ada.locator('.message[data-state=held]')).toContainText('A moderator looks at this message');
});

test('the notice of messages that were refused after their room was left leads to them', async ({ page, newPerson, browserErrors }) => {
  browserErrors.allow(/status of 403|status of 409|net::ERR/);
  const { event, ada } = await adaIn(page, newPerson);
  await post(ada, 'hello');
  await expect(inRoom(ada, 'Sending…')).toHaveCount(0);
  const way = '**/api/chat/post_message';
  await ada.route(way, (route) => route.abort());
  for (const words of ['one more thing', 'and another']) await post(ada, words);
  await expect(inRoom(ada, 'Sending…')).toHaveCount(2);
  const room = new URL(ada.url()).pathname;
  await ada.goto('/notifications');
  // What others say meanwhile is unread, and longer than a screen.
  await openGeneral(page, event);
  await waitUntilHydrated(page);
  for (let number = 1; number <= 4; number += 1) await post(page, Array(14).fill(`Line ${number}`).join('\n'));
  await expect(inRoom(page, 'Line 4')).toHaveCount(1);
  await page.goto(`${event.public}/manage/rooms/${room.split('/').at(-1)}`);
  await page.getByRole('button', { name: 'Close room' }).click();
  await ada.unroute(way);
  await expect(ada.getByText('2 messages were not sent.')).toBeVisible({ timeout: 30_000 });
  // Not by `goto`, whose check of the page scrolls through it.
  await ada.getByRole('link', { name: 'Open General' }).click();
  await waitUntilHydrated(ada);
  await expect(ada.getByRole('button', { name: 'Retry' })).toHaveCount(2);
  await expect(inRoom(ada, 'Not sent. This room is closed.')).toHaveCount(2);
  await expect(ada.getByRole('button', { name: 'Retry' }).last()).toBeInViewport();
});

test('a message that is held says so and stands in the room once a moderator lets it through', async ({ page, newPerson, browserErrors }) => {
  // The answer to a message that is held.
  browserErrors.allow(/status of 409/);
  const { event, ada } = await adaIn(page, newPerson);
  await holdKrakens(page, event);

  await post(ada, 'release the Kr4ken');
  const held = ada.locator('.message[data-state=held]');
  await expect(held).toContainText('A moderator looks at this message before the others see it.');
  await expect(held.getByRole('button', { name: 'Retry' })).toHaveCount(0);
  await checkA11y(ada);
  await post(ada, 'and the oars');
  await expect(inRoom(ada, 'and the oars')).toHaveCount(1);
  await ada.reload();
  await waitUntilHydrated(ada);
  await expect(held).toContainText('A moderator looks at this message');

  await page.goto(`${event.public}/manage/moderation`);
  await page.getByRole('button', { name: 'Let it through' }).click();
  await expect(ada.locator('.message[data-state]')).toHaveCount(0);
  await expect(inRoom(ada, 'release the Kr4ken')).toHaveCount(1);

  await post(ada, 'one more kraken');
  await expect(held).toHaveCount(1);
  await page.reload();
  await page.getByRole('button', { name: 'Refuse' }).click();
  await expect(held).toHaveCount(0);
  await expect(inRoom(ada, 'one more kraken')).toHaveCount(0);
});

test('a draft is still there when the room was closed and opened', async ({ page, newPerson }) => {
  const { event, ada } = await adaIn(page, newPerson);
  const composer = ada.getByRole('textbox', { name: /message/i });
  await composer.fill('half a thought');
  await press(page, event, ada, 'Close room');
  await expect(composer).toHaveCount(0);
  await press(page, event, ada, 'Open room');
  await expect(composer).toHaveValue('half a thought');
});

test('a warning is said on the page one is on, and leads to its words', async ({ page, newPerson }) => {
  const { event, ada } = await adaIn(page, newPerson);
  await post(ada, 'Buy my boats');
  await page.goto(new URL(ada.url()).pathname);
  await waitUntilHydrated(page);
  await page.getByRole('link', { name: /^Actions for the message of Ada/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Report', exact: true }).click();
  await page.getByRole('radio', { name: 'Spam or advertising' }).check();
  await page.getByRole('button', { name: 'Send the report' }).click();
  const elsewhere = await ada.context().newPage();
  await elsewhere.goto(`${event.public}/now`);
  await page.goto(`${event.public}/manage/moderation`);
  await page.getByRole('button', { name: 'Take this one' }).click();
  await page.getByRole('radio', { name: 'Warn the person' }).check();
  await page.getByLabel('Reason', { exact: true }).fill('No advertisements here.');
  await page.getByRole('button', { name: 'Answer the report' }).click();

  const news = ada.locator('.toast-news');
  await expect(news).toContainText(`The moderators of ${event.title} warn you.`);
  await checkA11y(ada);
  await expect(elsewhere.locator('.toast-news')).toHaveCount(1);
  await news.getByRole('button', { name: 'Open' }).click();
  await expect(ada.getByText('No advertisements here.')).toBeVisible();
  await ada.getByRole('button', { name: 'I have read it' }).click();
  await expect(ada.getByText('No advertisements here.')).toHaveCount(0);
  await expect(elsewhere.locator('.toast-news'), 'read in one tab').toHaveCount(0);
});

test('who is banned in an open room is led to the reason, and keeps only what can be thrown away', async ({ page, newPerson, browserErrors }) => {
  // The connection that is cut, and what a closed room answers.
  browserErrors.allow(/status of 409|net::ERR/);
  const { event, ada } = await adaIn(page, newPerson);
  const way = '**/api/chat/post_message';
  await ada.route(way, (route) => route.abort());
  await post(ada, 'Boats!');
  await expect(inRoom(ada, 'Sending…')).toHaveCount(1);
  await press(page, event, ada, 'Close room');
  await expect(ada.getByText('This room is closed.')).toBeVisible();
  await ada.unroute(way);
  await expect(ada.getByRole('button', { name: 'Retry' })).toBeVisible({ timeout: 30_000 });

  await page.goto(`${event.public}/people`);
  await page.getByRole('main').getByRole('link', { name: /Ada/ }).first().click();
  await page.getByRole('main').getByRole('link', { name: 'Manage', exact: true }).click();
  await page.locator('summary', { hasText: 'Ban Ada Example' }).click();
  await page.getByLabel('Reason', { exact: true }).last().fill('Advertisements.');
  await page.getByRole('button', { name: 'Ban Ada Example' }).click();
  await expect(ada.getByRole('button', { name: 'Retry' })).toBeHidden();
  await expect(ada.getByRole('button', { name: 'Discard' })).toBeVisible();
  await ada.getByRole('link', { name: 'Open notifications' }).click();
  await expect(ada.getByText('Advertisements.')).toBeVisible();
});

// Reactions beyond the quick ones, and reading everything by a key.

import { randomUUID } from 'node:crypto';
import { checkA11y, checkPart } from '../support/accessibility.ts';
import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('any emoji is chosen by the keyboard, and a reaction tells who it was', async ({ page, newPerson }) => {
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  await openGeneral(page, event);
  await waitUntilHydrated(page);
  await post(page, 'we ship it today');
  const ada = await newPerson();
  await signUp(ada, person('Ada'));
  await register(ada, event);
  await openGeneral(ada, event);
  await waitUntilHydrated(ada);

  const message = ada.locator('.message', { hasText: 'we ship it today' });
  await message.getByRole('link', { name: /^Actions for/ }).click();
  await message.getByRole('button', { name: 'Another emoji' }).press('Enter');
  const choice = ada.getByRole('dialog', { name: 'Choose an emoji' });
  await expect(choice.getByRole('searchbox')).toBeFocused();
  await checkPart(ada, '.emoji-dialog');
  await ada.keyboard.type('crab');
  await expect(choice.locator('.emoji:visible')).toHaveCount(1);
  await ada.keyboard.press('Enter');
  await expect(choice).toBeHidden();
  await expect(message.locator('.message-menu')).toHaveCount(0);
  await expect(message.locator('.reaction')).toHaveText('🦀 1');

  const reaction = page.locator('.message', { hasText: 'we ship it today' }).locator('.reaction');
  await expect(reaction, 'live, for the others').toHaveText('🦀 1');
  await reaction.focus();
  await expect(page.getByRole('tooltip')).toHaveText(/^Ada /);
  await expect(reaction).toHaveAccessibleDescription(/^Ada /);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toBeHidden();
  await page.getByRole('heading', { level: 1 }).click();
  await reaction.hover();
  await expect(page.getByRole('tooltip')).toHaveText(/^Ada /);
  await reaction.click();
  await expect(reaction).toHaveText('🦀 2');

  await post(page, 'and rest tomorrow');
  const second = page.locator('.message', { hasText: 'and rest tomorrow' });
  await second.getByRole('link', { name: /^Actions for/ }).click();
  await second.getByRole('button', { name: '👍' }).click();
  await expect(second.locator('.reaction')).toHaveText('👍 1');
  await checkA11y(page);

  const room = ada.url();
  // The second click of a double click on a reaction, on the name that slid below the pointer.
  await message.locator('a.message-author').dispatchEvent('click', { detail: 2, bubbles: true, cancelable: true });
  await message.getByRole('link', { name: /^Actions for/ }).click();
  await message.getByRole('button', { name: 'Another emoji' }).click();
  await expect(choice.getByRole('heading', { name: 'Used last' })).toBeVisible();
  await ada.keyboard.press('ArrowDown');
  await ada.keyboard.press('ArrowDown');
  await ada.keyboard.press('ArrowRight');
  await expect(choice.getByRole('button', { name: 'smile happy', exact: true })).toBeFocused();
  await ada.keyboard.press('Escape');
  await expect(choice).toBeHidden();
  expect(ada.url(), 'nobody left the room').toBe(room);
});

test('Escape reads everything, also what was never on screen', async ({ page, newPerson }) => {
  test.setTimeout(120_000);
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  const ada = await newPerson();
  await signUp(ada, person('Ada'));
  await register(ada, event);
  const list = await ada.context().newPage();
  const hasReadAll = () => expect(async () => {
    await list.goto(event.rooms);
    await expect(list.getByRole('main').getByRole('link', { name: /General/ })).not.toHaveAccessibleName(/unread/, { timeout: 1000 });
  }).toPass({ timeout: 15_000 });
  await openGeneral(page, event);
  await waitUntilHydrated(page);
  await post(page, 'good morning');
  await expect(inRoom(page, 'good morning')).toHaveCount(1);
  await expect(page.locator('.message[data-state]')).toHaveCount(0);
  await openGeneral(ada, event);
  await waitUntilHydrated(ada);
  await expect(inRoom(ada, 'good morning')).toHaveCount(1);
  // Only who has read something before has something above; what was read is told a moment later.
  await hasReadAll();
  await ada.goto(event.rooms);
  const [, slug, room] = new URL(page.url()).pathname.match(/^\/events\/([^/]+)\/rooms\/([^/]+)/)!;
  for (let n = 1; n <= 110; n++) {
    const form = { event: slug, room, body: `number ${n}.`, client_message_id: randomUUID() };
    const headers = { accept: 'application/json', origin: new URL(page.url()).origin };
    expect((await page.request.post('/api/chat/post_message', { form, headers })).status()).toBe(200);
  }
  await openGeneral(ada, event);
  await waitUntilHydrated(ada);
  await expect(ada.getByText('There is more above that you haven')).toBeVisible();
  await ada.getByRole('log').focus();
  await ada.keyboard.press('Escape');
  await expect(ada.getByText('number 110.')).toBeInViewport();
  await hasReadAll();
});

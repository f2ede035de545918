import type { Page } from '@playwright/test';
import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ timeout: 120_000 });

const actions = (page: Page, text: string) => inRoom(page, text).last().locator('xpath=ancestor::li').getByRole('link', { name: /Actions for/ });

const menu = (page: Page) => page.getByRole('group', { name: 'Actions', exact: true });

/** Opens the actions of a message and takes one. */
async function act(page: Page, text: string, action: string): Promise<void> {
  await actions(page, text).focus();
  await page.keyboard.press('Enter');
  await menu(page).getByRole('button', { name: action }).click();
}

test('a message is changed, answered, reacted to and deleted in place, and the other browser sees it', async ({ page, newPerson }) => {
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  await openGeneral(page, event);
  await waitUntilHydrated(page);
  const ada = await newPerson();
  await signUp(ada, person('Ada'));
  await register(ada, event);
  await openGeneral(ada, event);
  await waitUntilHydrated(ada);

  await post(page, 'Frist words');
  await act(page, 'Frist words', 'Edit');
  const composer = page.getByRole('textbox', { name: /message/i });
  await expect(composer).toHaveValue('Frist words');
  await composer.fill('First words');
  await page.keyboard.press('Enter');
  await expect(inRoom(ada, 'First words')).toHaveCount(1);
  await expect(inRoom(ada, 'Frist words')).toHaveCount(0);
  await expect(inRoom(ada, '(edited)')).toHaveCount(1);

  await actions(page, 'First words').focus();
  await act(ada, 'First words', '👍');
  await expect(page.getByRole('button', { name: '👍 1' })).toHaveAttribute('aria-pressed', 'false');
  // The row was drawn anew under the keyboard.
  await expect(actions(page, 'First words')).toBeFocused();
  await expect(ada.getByRole('button', { name: '👍 1' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: '👍 1' }).click();
  await expect(ada.getByRole('button', { name: '👍 2' })).toHaveAttribute('aria-pressed', 'true');

  await act(ada, 'First words', 'Reply');
  await expect(ada.getByText('Replying to Olivia')).toBeVisible();
  await post(ada, 'Second words');
  await expect(page.getByRole('link', { name: /In answer to Olivia.* First words/ })).toHaveCount(1);

  await actions(page, 'Second words').focus();
  await page.keyboard.press('Enter');
  await menu(page).getByText('Delete', { exact: true }).click();
  await expect(inRoom(ada, 'Second words')).toHaveCount(1);
  await menu(page).getByRole('button', { name: 'Delete for everybody' }).click();
  await expect(inRoom(ada, 'Message deleted by a moderator')).toHaveCount(1);
  await expect(inRoom(ada, 'Second words')).toHaveCount(0);
  await ada.reload();
  await expect(inRoom(ada, 'Message deleted by a moderator')).toHaveCount(1);
});

test('a deletion without a connection says so until it is back; a message is not emptied', async ({ page, browserErrors }) => {
  // The lost connection.
  browserErrors.allow(/ERR_INTERNET_DISCONNECTED/);
  await signUp(page, person('Olivia'));
  await openGeneral(page, await publishedEvent(page));
  await waitUntilHydrated(page);
  await post(page, 'It stays');
  await expect(page.locator('.message[data-state]')).toHaveCount(0);
  const problem = page.locator('.composer-error');
  await page.context().setOffline(true);
  await actions(page, 'It stays').focus();
  await page.keyboard.press('Enter');
  await menu(page).getByText('Delete', { exact: true }).click();
  await menu(page).getByRole('button', { name: 'Delete for everybody' }).click();
  await expect(problem).toHaveText('No connection, so it may not have been changed. Look again once it is back.');
  await page.context().setOffline(false);
  await expect(problem).toBeHidden();
  await expect(inRoom(page, 'It stays')).toHaveCount(1);

  await act(page, 'It stays', 'Edit');
  const composer = page.getByRole('textbox', { name: /message/i });
  await composer.fill('');
  await page.keyboard.press('Enter');
  await expect(problem).toHaveText("A message can't be empty. Delete it instead, or cancel.");
  await page.keyboard.press('Escape');
  await expect(problem, 'it goes with what it was about').toBeHidden();
  await act(page, 'It stays', 'Edit');
  await composer.fill('It stays, and says more');
  await page.keyboard.press('Enter');
  await expect(inRoom(page, 'It stays, and says more')).toHaveCount(1);
});

test('the link of a message is copied from its actions and leads to it', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signUp(page, person('Olivia'));
  await openGeneral(page, await publishedEvent(page));
  await waitUntilHydrated(page);
  await post(page, 'Keep this');
  await actions(page, 'Keep this').focus();
  await page.keyboard.press('Enter');
  const link = menu(page).getByRole('link', { name: 'Copy link' });
  const address = await link.evaluate((copied: HTMLAnchorElement) => copied.href);
  const room = page.url();
  await link.click();
  await expect(page.getByRole('link', { name: 'Copied' })).toBeVisible();
  expect(page.url(), 'it leads nowhere').toBe(room);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  for (let number = 1; number <= 4; number += 1) await post(page, Array(12).fill(`Line ${number}`).join('\n'));
  await expect(inRoom(page, 'Line 4')).toHaveCount(1);
  await page.goto(address);
  await waitUntilHydrated(page);
  const message = page.getByRole('listitem').filter({ hasText: 'Keep this' });
  await expect(message).toBeInViewport();
  await expect(message).toHaveAttribute('data-target', '');
});

import type { Locator, Page } from '@playwright/test';
import { checkPart } from '../support/accessibility.ts';
import { acceptRequest, askToConnect, connected, twoAtAnEvent } from '../support/connect.ts';
import { inRoom, openGeneral, post, register } from '../support/event.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ timeout: 180_000 });

const count = (page: Page, of: string): Locator => page.locator(`.site-header [data-count="${of}"] [aria-hidden]`).first();
const dock = (page: Page): Locator => page.getByRole('complementary', { name: 'Direct messages' });
const opener = (page: Page): Locator => dock(page).getByRole('button', { name: /^Messages/ });

/** How many sockets the page has open; those of the page before ended with it. */
function openSockets(page: Page): () => number {
  let open = new Set<unknown>();
  page.on('framenavigated', () => { open = new Set(); });
  page.on('websocket', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  return () => open.size;
}

test('requests, messages and news are counted in the head without a reload', async ({ page, newPerson }) => {
  const { event, ada, ben } = await twoAtAnEvent(page, newPerson);
  await ben.goto('/settings/profile');
  await expect(count(ben, 'requests')).toHaveCount(0);
  await askToConnect(ada, event, 'Ben', 'Kites?');
  await expect(count(ben, 'requests')).toHaveText('1');
  await expect(ben.locator('summary.menu-opener')).toHaveAccessibleName(/, 1 request$/);

  const elsewhere = await ben.context().newPage();
  await acceptRequest(elsewhere);
  await expect(count(ben, 'requests'), 'answered in another tab').toHaveCount(0);
  await expect(ada.locator('#contact'), 'the profile she asked from').toContainText('Connected');
  await ada.goto('/events');
  await expect(count(ada, 'messages')).toHaveCount(0);
  await elsewhere.goto('/inbox');
  await elsewhere.locator('.conversation-link').first().click();
  await waitUntilHydrated(elsewhere);
  await elsewhere.getByRole('textbox', { name: /message/i }).fill('Yes, on Sunday');
  await elsewhere.keyboard.press('Enter');
  await expect(count(ada, 'messages')).toHaveText('1');
});

test('a room hands its connection on to the head of its page', async ({ page, newPerson }) => {
  const { event, ada, ben, conversation } = await connected(page, newPerson);
  const sockets = openSockets(ben);
  await openGeneral(ben, event);
  await waitUntilHydrated(ben);
  const messages = ben.locator('.rail [data-count="messages"] [aria-hidden]');
  await ada.goto(conversation);
  await waitUntilHydrated(ada);
  await ada.getByRole('textbox', { name: /message/i }).fill('See you there');
  await ada.keyboard.press('Enter');
  await expect(messages).toHaveText(/^[12]$/);
  await expect.poll(sockets, 'one connection for the whole page').toBe(1);
});

test('a conversation in the dock is read and answered over any page, and stays open on the next', async ({ page, newPerson }) => {
  const { ada, ben, conversation } = await connected(page, newPerson);
  await ada.goto(conversation);
  await waitUntilHydrated(ada);
  await post(ada, 'And boats?');
  await ben.goto('/events');
  await expect(dock(ben).getByRole('heading')).toHaveCount(0);
  await opener(ben).click();
  await expect(dock(ben).getByRole('heading', { name: 'Messages' })).toBeFocused();
  await expect(dock(ben).getByRole('link', { name: /Ada Example.*And boats\?.*unread/ })).toBeVisible();
  await checkPart(ben, '.dock');

  await dock(ben).getByRole('link', { name: /Ada Example/ }).click();
  const composer = dock(ben).getByRole('textbox', { name: 'Message to Ada Example' });
  await expect(composer).toBeFocused();
  await expect(dock(ben).getByRole('log').getByText('Kites?')).toBeVisible();
  await expect(count(ben, 'messages'), 'what was on screen is read').toHaveCount(0);
  await expect(ada.getByText('Read', { exact: true })).toBeVisible();
  await composer.pressSequentially('Ev');
  await expect(ada.getByText(/Ben Example is typing/)).toBeVisible();
  await composer.fill('Every <b>Sunday</b>, see https://kites.example/a.');
  await composer.press('Enter');
  await expect(inRoom(ada, 'Every <b>Sunday</b>, see')).toHaveCount(1);
  await expect(composer).toHaveValue('');
  await expect(dock(ben).getByRole('link', { name: 'https://kites.example/a', exact: true })).toBeVisible();
  await ada.getByRole('textbox', { name: /message/i }).fill('At noon');
  await ada.keyboard.press('Enter');
  await expect(dock(ben).getByRole('log').getByText('At noon')).toBeVisible();
  await checkPart(ben, '.dock');

  await composer.fill('A draft');
  // A link, not `goto`: what somebody has opened may cover what is below, until they close it.
  await ben.getByRole('link', { name: 'Notifications' }).click();
  await expect(ben).toHaveURL(/\/notifications$/);
  await expect(dock(ben).getByRole('log').getByText('At noon')).toBeVisible();
  await expect(composer, 'what was typed is kept').toHaveValue('A draft');
  await expect(composer, 'a new page keeps its own focus').not.toBeFocused();
  await expect(dock(ben).getByRole('link', { name: 'Open in full' })).toHaveAttribute('href', `${conversation}#latest`);
  await composer.focus();
  await ben.keyboard.press('Escape');
  await expect(dock(ben).getByRole('link', { name: /Ada Example/ }), 'the list it was opened from').toBeFocused();
  await ben.keyboard.press('Escape');
  await expect(dock(ben).getByRole('heading')).toHaveCount(0);
  await expect(opener(ben)).toBeFocused();
  await ben.reload();
  await expect(opener(ben)).toHaveAttribute('aria-expanded', 'false');
});

test('what is sent from the dock is there once, and what cannot be sent is kept with the way to try again', async ({ page, newPerson, browserErrors }) => {
  // The lost connection.
  browserErrors.allow(/ERR_FAILED/);
  const { ben } = await connected(page, newPerson);
  await ben.goto('/events');
  await opener(ben).click();
  await dock(ben).getByRole('link', { name: /Ada Example/ }).click();
  const composer = dock(ben).getByRole('textbox', { name: 'Message to Ada Example' });
  const said = (words: string): Locator => dock(ben).getByRole('log').getByText(words, { exact: true });
  const calls = '**/api/conversations/post_message';
  await ben.route(calls, (route) => route.abort());
  await composer.fill('On Sunday');
  await composer.press('Enter');
  const problem = dock(ben).getByRole('alert');
  await expect(problem).toContainText('No connection.');
  await expect(composer).toHaveValue('On Sunday');
  await ben.unroute(calls);
  await problem.getByRole('button', { name: 'Retry' }).click();
  await expect(said('On Sunday')).toHaveCount(1);
  await expect(composer).toHaveValue('');
  await expect(problem).toBeHidden();

  // It is committed, and the page is loaded anew before it hears so.
  const committed = new Promise<void>((done) => {
    void ben.route(calls, async (route) => {
      await route.fetch();
      done();
    });
  });
  await composer.fill('At noon');
  await composer.press('Enter');
  await committed;
  await ben.reload();
  await expect(said('At noon')).toHaveCount(1);
  await expect(composer, 'what is in the conversation is no draft').toHaveValue('');
  await ben.unroute(calls);
  // What stands over the page goes before the page is looked at.
  await dock(ben).getByRole('button', { name: 'Close messages' }).click();
  await expect(dock(ben).getByRole('heading')).toHaveCount(0);
});

test('conversations stand side by side, as many as the page is wide, also on the next page', async ({ page, newPerson }) => {
  const { event, ben } = await connected(page, newPerson);
  for (const name of ['Cleo', 'Dora', 'Emil']) {
    const other = await newPerson();
    await signUp(other, person(name));
    await register(other, event);
    await askToConnect(other, event, 'Ben', `Hello from ${name}.`);
    await acceptRequest(ben);
  }
  await ben.setViewportSize({ width: 1600, height: 900 });
  await ben.goto('/events');
  await opener(ben).click();
  const open = async (name: string): Promise<void> => dock(ben).getByRole('link', { name: new RegExp(`${name} Example`) }).click();
  const titles = dock(ben).getByRole('heading', { level: 2 });
  for (const name of ['Ada', 'Cleo', 'Dora']) await open(name);
  await expect(titles).toHaveText(['Ada Example', 'Cleo Example', 'Dora Example', 'Messages']);
  await open('Emil');
  await expect(titles, 'the first one gave way').toHaveText(['Cleo Example', 'Dora Example', 'Emil Example', 'Messages']);
  await dock(ben).getByRole('textbox', { name: 'Message to Dora Example' }).fill('Hello Dora');
  await ben.keyboard.press('Enter');
  await expect(dock(ben).getByRole('region', { name: 'Dora Example' }).getByRole('log')).toContainText('Hello Dora');
  await expect(dock(ben).getByRole('region', { name: 'Cleo Example' }).getByRole('log')).not.toContainText('Hello Dora');
  await checkPart(ben, '.dock');
  await ben.reload();
  await expect(titles).toHaveText(['Cleo Example', 'Dora Example', 'Emil Example', 'Messages']);
  await dock(ben).getByRole('region', { name: 'Cleo Example' }).getByRole('button', { name: 'Close conversation' }).click();
  await expect(titles).toHaveText(['Dora Example', 'Emil Example', 'Messages']);
  await ben.setViewportSize({ width: 1000, height: 900 });
  await expect(titles).toHaveText(['Emil Example', 'Messages']);
  await ben.setViewportSize({ width: 720, height: 900 });
  await expect(dock(ben).getByRole('heading', { name: 'Messages' })).toBeHidden();
  await dock(ben).getByRole('button', { name: 'All conversations' }).click();
  await expect(dock(ben).getByRole('heading', { name: 'Messages' })).toBeVisible();
  await dock(ben).getByRole('button', { name: 'Close messages' }).click();
});

test('on the pages of an event the dock leaves the way around it free', async ({ page, newPerson }) => {
  const { event, ben } = await connected(page, newPerson);
  const cleo = await newPerson();
  await signUp(cleo, person('Cleo'));
  await register(cleo, event);
  await askToConnect(cleo, event, 'Ben', 'Hello from Cleo.');
  await acceptRequest(ben);
  await ben.setViewportSize({ width: 1280, height: 900 });
  await ben.goto(`${event.public}/now`);
  await opener(ben).click();
  const titles = dock(ben).getByRole('heading', { level: 2 });
  for (const name of ['Ada', 'Cleo']) await dock(ben).getByRole('link', { name: new RegExp(`${name} Example`) }).click();
  await expect(titles, 'the first one gave way').toHaveText(['Cleo Example', 'Messages']);
  const leavesRail = async (): Promise<void> => {
    const [area, rail] = [await dock(ben).locator('.dock-area').boundingBox(), await ben.locator('.rail').boundingBox()];
    expect(area!.x).toBeGreaterThanOrEqual(rail!.x + rail!.width);
  };
  await leavesRail();
  await ben.setViewportSize({ width: 820, height: 900 });
  await expect(dock(ben).getByRole('heading', { name: 'Messages' })).toBeHidden();
  await leavesRail();
  await dock(ben).getByRole('button', { name: 'All conversations' }).click();
  await expect(dock(ben).getByRole('heading', { name: 'Messages' })).toBeVisible();
  await dock(ben).getByRole('button', { name: 'Close messages' }).click();

  await openGeneral(ben, event);
  await waitUntilHydrated(ben);
  await opener(ben).click();
  await dock(ben).getByRole('link', { name: /Cleo Example/ }).click();
  for (const [width, words] of [[1280, 'Beside the dock'], [820, 'And on a tablet']] as const) {
    await ben.setViewportSize({ width, height: 900 });
    await expect(titles.filter({ visible: true }), 'one of them beside the room').toHaveText(['Cleo Example']);
    const log = await ben.locator('.chat-log').boundingBox();
    expect(log!.height, 'the room keeps its height').toBeGreaterThan(500);
    await ben.locator('#composer-body').fill(words);
    await ben.locator('.chat-foot .composer-send').click();
    await expect(ben.locator('.chat-log').getByText(words)).toHaveCount(1);
    await leavesRail();
  }
  await dock(ben).getByRole('button', { name: 'All conversations' }).click();
  await dock(ben).getByRole('button', { name: 'Close messages' }).click();
});

test('a phone has the link to the inbox in the head instead of the dock', async ({ page }) => {
  await signUp(page, person('Ada'));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/home');
  await expect(dock(page)).toBeHidden();
  await page.getByRole('link', { name: 'Messages' }).click();
  await expect(page).toHaveURL(/\/inbox$/);
});

test('names are offered behind an @, by keyboard, and tell whom they name', async ({ page, newPerson }) => {
  const { event, ada, ben } = await twoAtAnEvent(page, newPerson);
  await openGeneral(ben, event);
  await waitUntilHydrated(ben);
  await ada.goto('/events');
  const composer = ben.getByRole('textbox', { name: /message/i });
  const list = ben.getByRole('listbox', { name: 'People in this room' });
  await composer.pressSequentially('Hello @');
  await expect(list.getByRole('option')).toHaveText(['Ada Example', 'Olivia Example']);
  await expect(list.getByRole('option', { selected: true })).toHaveText('Ada Example');
  await checkPart(ben, '.chat-foot');
  await ben.keyboard.press('ArrowDown');
  await expect(composer).toHaveAttribute('aria-activedescendant', 'name-1');
  await expect(list.getByRole('option', { selected: true })).toHaveText('Olivia Example');
  await ben.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(composer, 'Escape takes nothing away').toHaveValue('Hello @');

  await composer.fill('');
  await composer.pressSequentially('Hello @ad');
  await expect(list.getByRole('option')).toHaveText(['Ada Example']);
  await ben.keyboard.press('Enter');
  await expect(composer, 'Enter picks and does not send').toHaveValue('Hello @Ada Example ');
  await expect(list).toHaveCount(0);
  await composer.pressSequentially('and all');
  await ben.keyboard.press('Enter');
  await expect(inRoom(ben, 'Hello @Ada Example and all')).toHaveCount(1);
  await expect(ben.locator('.message-mention')).toHaveText('@Ada Example');
  await expect(count(ada, 'news'), 'whom it names is told').toHaveText('1');
});

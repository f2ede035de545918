import { checkA11y } from '../support/accessibility.ts';
import { connected } from '../support/connect.ts';
import { openGeneral, inRoom, post, publishedEvent } from '../support/event.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.describe.configure({ timeout: 180_000 });

test('a burst in an open conversation is read to its end, and the lists follow', async ({ page, newPerson, browserErrors }) => {
  const { ada, ben, conversation } = await connected(page, newPerson);
  const inbox = await ben.context().newPage();
  await inbox.goto('/inbox');
  await ben.goto(conversation);
  await ada.goto(conversation);
  for (const reader of [ben, ada]) await waitUntilHydrated(reader);
  // More at once than a person may send, and than a browser may tell that it read.
  browserErrors.allow(/429/);
  for (let number = 1; number <= 14; number += 1) await post(ada, `Word ${number}`);
  await expect(inRoom(ben, 'Word 14')).toHaveCount(1, { timeout: 60_000 });
  await expect(ada.locator('.message-receipt')).toHaveText('Read');
  for (const list of [inbox, ben]) await expect(list.locator('.conversation-said').first()).toHaveText('Word 14', { timeout: 15_000 });
  await expect(ada.locator('.conversation-said').first()).toHaveText('You: Word 14', { timeout: 15_000 });
  await ben.reload();
  await expect(ben.locator('#unread')).toHaveCount(0);
  await post(ben, 'All read');
  await expect(inRoom(ada, 'All read')).toHaveCount(1);
  await expect(ada.locator('.message-receipt'), 'an answer says more').toHaveCount(0);
});

test('what waited when its tab was closed goes out from the next one', async ({ page, browserErrors }) => {
  await signUp(page, person('Olivia'));
  await openGeneral(page, await publishedEvent(page));
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await waitUntilHydrated(tab);
  browserErrors.allow(/Failed to load resource|net::ERR/);
  await tab.route('**/api/chat/post_message', (route) => route.abort());
  await post(tab, 'Not lost');
  await expect(inRoom(tab, 'Sending…')).toHaveCount(1);
  await Promise.all([tab.waitForEvent('close'), tab.close({ runBeforeUnload: true })]);
  const next = await page.context().newPage();
  await next.goto(page.url());
  await waitUntilHydrated(next);
  await expect(inRoom(next, 'Not lost')).toHaveCount(1);
  await expect(inRoom(next, 'Sending…')).toHaveCount(0);
  await next.reload();
  await expect(inRoom(next, 'Not lost')).toHaveCount(1);
  expect(await next.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('atria:outbox:'))), 'nothing stays behind').toEqual([]);
});

test('what waited when its page was left goes out from another page, or says that it was refused', async ({ page, browserErrors }) => {
  await signUp(page, person('Olivia'));
  await openGeneral(page, await publishedEvent(page));
  await waitUntilHydrated(page);
  const room = page.url();
  browserErrors.allow(/Failed to load resource|net::ERR/);
  const leaveWith = async (text: string) => {
    await page.route('**/api/chat/post_message', (route) => route.abort());
    await post(page, text);
    await expect(inRoom(page, 'Sending…')).toHaveCount(1);
    await page.goto('/notifications');
    await page.unroute('**/api/chat/post_message');
  };
  const waiting = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('atria:outbox:')).length);
  await leaveWith('Sent from elsewhere');
  const other = await page.context().newPage();
  await other.goto(room);
  await expect(inRoom(other, 'Sent from elsewhere'), 'nobody came back to the room').toHaveCount(1, { timeout: 20_000 });
  await expect.poll(waiting).toBe(0);
  await page.goto(room);
  await waitUntilHydrated(page);
  await expect(inRoom(page, 'Sent from elsewhere')).toHaveCount(1);
  await expect(inRoom(page, 'Sending…')).toHaveCount(0);

  const muted = { status: 403, contentType: 'application/json', body: JSON.stringify({ code: 'denied', detail: 'muted' }) };
  await page.route('**/api/chat/post_message', (route) => (page.url() === room ? route.abort() : route.fulfill(muted)));
  await post(page, 'Refused elsewhere');
  await expect(inRoom(page, 'Sending…')).toHaveCount(1);
  await page.goto('/notifications');
  await expect(page.getByText('A message was not sent.')).toBeVisible();
  await checkA11y(page);
  await page.getByRole('link', { name: 'Open General' }).click();
  await expect(page.getByText('It was refused after you left the room.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
});

test('a direct message that waited goes out from the inbox', async ({ page, newPerson, browserErrors }) => {
  const { ada, ben, conversation } = await connected(page, newPerson);
  await ada.goto(conversation);
  await waitUntilHydrated(ada);
  browserErrors.allow(/Failed to load resource|net::ERR/);
  await ada.route('**/api/conversations/post_message', (route) => route.abort());
  for (const words of ['On its way', 'Left on the way']) await post(ada, words);
  await expect(inRoom(ada, 'Sending…')).toHaveCount(2);
  await expect(ada.locator('.message-receipt ~ .message[data-state=sending]'), 'what was read is what was sent').toHaveCount(2);
  await ada.goto('/inbox');
  await ada.unroute('**/api/conversations/post_message');
  await expect(ada.locator('.conversation-said').first()).toHaveText('You: Left on the way', { timeout: 30_000 });
  await ben.goto(conversation);
  await expect(inRoom(ben, 'Left on the way')).toHaveCount(1, { timeout: 20_000 });
});

test('going on with the last message starts at its end, and a word without an end wraps', async ({ page }) => {
  await signUp(page, person('Olivia'));
  await openGeneral(page, await publishedEvent(page));
  await waitUntilHydrated(page);
  await post(page, 'To be');
  await expect(inRoom(page, 'To be')).toHaveCount(1);
  const composer = page.getByRole('textbox', { name: /message/i });
  await composer.press('ArrowUp');
  await page.keyboard.type(' continued');
  await page.keyboard.press('Enter');
  await expect(inRoom(page, 'To be continued')).toHaveCount(1);

  await page.setViewportSize({ width: 390, height: 844 });
  await composer.fill('x'.repeat(400));
  const send = await page.getByRole('button', { name: 'Send' }).boundingBox();
  expect(send!.x + send!.width, 'Send stays on the screen').toBeLessThanOrEqual(390);
});

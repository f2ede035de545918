// The list of rooms beside an open one, and what the keyboard does there.

import type { Page, WebSocket } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import { checkA11y } from '../support/accessibility.ts';
import type { EventPaths } from '../support/event.ts';
import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import type { NewPerson } from '../support/test.ts';

/** Olivia's new event with a second room, and Ada in its General room. */
async function twoRooms(olivia: Page, newPerson: NewPerson): Promise<{ event: EventPaths; ada: Page }> {
  await signUp(olivia, person('Olivia'));
  const event = await publishedEvent(olivia);
  await olivia.goto(`${event.public}/manage/rooms`);
  await olivia.getByLabel('Name', { exact: true }).fill('Hallway');
  await olivia.getByRole('button', { name: 'Add room' }).click();
  const ada = await newPerson();
  await signUp(ada, person('Ada'));
  await register(ada, event);
  await openGeneral(ada, event);
  await waitUntilHydrated(ada);
  return { event, ada };
}

async function sayInHallway(olivia: Page, event: EventPaths, text: string): Promise<void> {
  await olivia.goto(event.rooms);
  await olivia.getByRole('main').getByRole('link', { name: /Hallway/ }).click();
  await waitUntilHydrated(olivia);
  await post(olivia, text);
  await expect(inRoom(olivia, text)).toHaveCount(1);
}

test('another room says by itself that there is something new, and the keyboard goes there', async ({ page, newPerson }) => {
  const { event, ada } = await twoRooms(page, newPerson);
  const hallway = ada.locator('.chat-rooms').getByRole('link', { name: /Hallway/ });
  const open = new Set<WebSocket>();
  ada.on('websocket', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await ada.reload();
  await waitUntilHydrated(ada);
  await expect(hallway.locator('.count')).toHaveCount(0);
  await sayInHallway(page, event, 'who is here?');
  // A round of the server, and the pages of an event don't ask at the same moment.
  await expect(hallway).toHaveAccessibleName(/1 unread/, { timeout: 30_000 });
  await expect(ada.locator('.rail .count-dot')).toHaveCount(1);
  // A page whose room is slow to come to life opens a second one, and closes it then.
  await expect.poll(() => open.size, 'all of it on the connection of the room').toBe(1);

  await ada.getByRole('textbox', { name: /message/i }).focus();
  await ada.keyboard.press('Alt+Shift+ArrowDown');
  await expect(ada.getByRole('heading', { level: 1, name: 'Hallway' })).toBeVisible();
  await expect(inRoom(ada, 'who is here?')).toHaveCount(1);
});

test('who reads in one tab where they are named is named no more in the others', async ({ page, newPerson }) => {
  const { event, ada } = await twoRooms(page, newPerson);
  const room = ada.url();
  await ada.goto(event.rooms);
  const agenda = await ada.context().newPage();
  await agenda.goto(`${event.public}/agenda`);
  const chat = (of: Page) => of.locator('.rail [data-room-count="all"] .count:not(.count-dot)');
  await page.goto(room);
  await waitUntilHydrated(page);
  await post(page, 'are you there, @Ada Example?');
  for (const tab of [ada, agenda]) await expect(chat(tab)).toContainText('1 mention');
  const reading = await ada.context().newPage();
  await reading.goto(room);
  await waitUntilHydrated(reading);
  await reading.bringToFront();
  for (const tab of [ada, agenda]) {
    await expect(chat(tab)).toHaveCount(0);
  }
});

test('a message waits as unread again, and the list of keys opens by one', async ({ page, newPerson }) => {
  const { event, ada } = await twoRooms(page, newPerson);
  const text = `later ${randomUUID()}`;
  await page.goto(new URL(ada.url()).pathname);
  await waitUntilHydrated(page);
  await post(page, text);
  await expect(inRoom(ada, text)).toHaveCount(1);

  await ada.getByRole('log').focus();
  await ada.keyboard.press('?');
  const keys = ada.getByRole('dialog', { name: 'Keyboard' });
  await expect(keys.getByText('Next room with something new')).toBeVisible();
  await ada.keyboard.press('Escape');
  await expect(keys).toBeHidden();

  await ada.locator('.message', { hasText: text }).getByRole('link', { name: /^Actions for/ }).click();
  await ada.getByRole('button', { name: 'Mark unread from here' }).click();
  await expect(ada).toHaveURL(new RegExp(`${event.rooms}$`));
  const general = ada.getByRole('main').getByRole('link', { name: /General/ });
  await expect(general).toHaveAccessibleName(/1 unread/);
  await general.click();
  await expect(ada.locator('#unread + .message')).toContainText(text);
});

test('what one hears of a room is chosen over it, and a hidden one stands apart', async ({ page, newPerson }) => {
  const { event, ada } = await twoRooms(page, newPerson);
  await ada.getByRole('link', { name: 'What you hear of this room' }).click();
  const dialog = ada.getByRole('dialog', { name: 'What you hear of this room' });
  await expect(dialog.getByRole('radio', { name: /^Everything/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /^Hide it/ }).check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(ada.getByText('Saved.')).toBeVisible();
  await ada.goto(event.rooms);
  await expect(ada.getByRole('main').getByRole('link', { name: /General/ })).toBeHidden();
  await ada.getByText('Hidden rooms').click();
  await expect(ada.getByRole('main').getByRole('link', { name: /General/ })).toBeVisible();
  await checkA11y(ada);
});

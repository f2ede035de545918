// Organizers' boards: what is dragged, and the keyboard's way to the same result.

import type { Locator, Page } from '@playwright/test';
import { publishedEvent, register } from '../support/event.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** Presses Tab until the element has the focus, as people without a mouse reach it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('the element is not on the way of the Tab key');
}

/** Takes a card near its upper edge and holds it at a place, which may be far away: at its upper left. */
async function dragOver(page: Page, card: Locator, target: Locator): Promise<void> {
  await card.scrollIntoViewIfNeeded();
  const from = (await card.boundingBox())!;
  await page.mouse.move(from.x + 20, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(from.x + 24, from.y + 12, { steps: 3 });
  // As browsers scroll while something is held at an edge.
  await target.evaluate((place) => place.scrollIntoView({ block: 'center' }));
  const to = (await target.boundingBox())!;
  await page.mouse.move(to.x + 4, to.y + 8, { steps: 3 });
  // A browser says "over it" only once it has said "into it".
  await page.mouse.move(to.x + 4, to.y + 9);
}

/** Lets a card go at the line of an hour. */
async function dragToHour(page: Page, card: Locator, hour: Locator): Promise<void> {
  await dragOver(page, card, hour);
  await expect(page.locator('.drop-mark'), 'it is said while it is held').toHaveText((await hour.innerText()).trim());
  await page.mouse.up();
}

/** Lets a card go in the column of a room, at the line of an hour. */
async function dragToRoom(page: Page, card: Locator, room: Locator, hour: Locator): Promise<void> {
  await dragOver(page, card, hour);
  const [column, line] = [(await room.boundingBox())!, (await hour.boundingBox())!];
  await page.mouse.move(column.x + column.width / 2, line.y + 8, { steps: 3 });
  await page.mouse.move(column.x + column.width / 2, line.y + 9);
  await page.mouse.up();
}

async function addSponsor(page: Page, manage: string, name: string): Promise<void> {
  await page.goto(`${manage}/sponsors/new`);
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Tier').selectOption({ label: 'Gold' });
  await page.getByRole('button', { name: 'Add' }).first().click();
  await expect(page).toHaveURL(/\/manage\/sponsors(\/[\w-]+)?$/);
}

test('sponsors are put in order by dragging and by the keyboard', async ({ page }) => {
  await signUp(page, person('Olivia'));
  const manage = `${(await publishedEvent(page)).public}/manage`;
  for (const name of ['Alder', 'Birch', 'Cedar']) await addSponsor(page, manage, name);
  await page.goto(`${manage}/sponsors`);
  const gold = page.getByRole('region', { name: 'Gold' });
  const names = gold.locator('.board-card-name');
  await expect(names).toHaveText(['Alder', 'Birch', 'Cedar']);

  await tabTo(page, page.getByRole('button', { name: 'Move Cedar up' }));
  await page.keyboard.press('Enter');
  await expect(names).toHaveText(['Alder', 'Cedar', 'Birch']);
  await expect(page.getByRole('button', { name: 'Move Cedar up' }), 'for the next step').toBeFocused();

  const card = (name: string) => page.locator('[data-sponsor]').filter({ hasText: name });
  await card('Birch').dragTo(card('Alder'), { targetPosition: { x: 20, y: 2 } });
  await expect(names).toHaveText(['Birch', 'Alder', 'Cedar']);

  await card('Alder').dragTo(page.getByRole('region', { name: 'Silver' }));
  await expect(names).toHaveText(['Birch', 'Cedar']);
  await expect(page.getByRole('region', { name: 'Silver' }).locator('.board-card-name')).toHaveText(['Alder']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(names, 'where it was').toHaveText(['Birch', 'Alder', 'Cedar']);

  await tabTo(page, page.getByRole('link', { name: 'Move to… Alder' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#move$/);
  await tabTo(page, page.getByLabel('Place'));
  await page.keyboard.type('Silver: first');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/manage\/sponsors$/);
  await expect(names).toHaveText(['Birch', 'Cedar']);
  await expect(page.getByRole('region', { name: 'Silver' }).locator('.board-card-name')).toHaveText(['Alder']);
});

test('questions are put in order by dragging and by the keyboard', async ({ page }) => {
  await signUp(page, person('Olivia'));
  const faqs = `${(await publishedEvent(page)).public}/manage/content/faqs`;
  for (const question of ['Where?', 'When?', 'How?']) {
    await page.goto(faqs);
    await page.getByLabel('Question').fill(question);
    await page.getByLabel('Answer').fill('By the water.');
    await page.getByRole('button', { name: 'Add' }).click();
    await expect(page.getByRole('link', { name: question })).toBeVisible();
  }
  const questions = page.locator('[data-order] .row-title');
  await expect(questions).toHaveText(['Where?', 'When?', 'How?']);
  const row = (question: string) => page.locator('[data-order] > li').filter({ hasText: question });

  await row('How?').dragTo(row('Where?'), { sourcePosition: { x: 10, y: 30 }, targetPosition: { x: 20, y: 2 } });
  await expect(questions).toHaveText(['How?', 'Where?', 'When?']);
  await row('How?').dragTo(row('Where?'), { sourcePosition: { x: 10, y: 30 }, targetPosition: { x: 20, y: 50 } });
  await expect(questions).toHaveText(['Where?', 'How?', 'When?']);

  await tabTo(page, page.getByRole('button', { name: 'Move up: When?' }));
  await page.keyboard.press('Enter');
  await expect(questions).toHaveText(['Where?', 'When?', 'How?']);
});

test('a session is moved on the grid by dragging and by the keyboard', async ({ page }) => {
  await signUp(page, person('Olivia'));
  const manage = `${(await publishedEvent(page)).public}/manage`;
  await page.goto(`${manage}/agenda/rooms`);
  await page.getByLabel('Name', { exact: true }).fill('Harbour hall');
  await page.getByRole('button', { name: 'Add' }).first().click();
  await page.goto(`${manage}/agenda/new`);
  await page.getByLabel('Title').fill('Building boats');
  await page.getByLabel('Start').fill('2031-06-02T10:00');
  await page.getByLabel(/^End/).fill('2031-06-02T11:00');
  await page.getByLabel('Room').selectOption({ label: 'Harbour hall' });
  await page.getByRole('button', { name: 'Add session' }).click();
  await page.goto(`${manage}/agenda`);
  const card = page.locator('[data-session]').filter({ hasText: 'Building boats' });
  await expect(card).toContainText('10:00');

  await tabTo(page, card.getByRole('link', { name: 'Building boats' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/manage\/agenda\/[\w-]{36}/);
  await page.getByLabel(/^Start/).fill('2031-06-02T14:00');
  await page.getByLabel(/^End/).fill('2031-06-02T15:00');
  await page.getByLabel(/^End/).press('Enter');
  await page.goto(`${manage}/agenda`);
  await expect(card).toContainText('14:00');

  // Its upper edge says when it begins, wherever it is held.
  const hourOf = (day: number, hour: string) => page.locator('[data-day-grid]').nth(day - 1).locator('.day-hour').filter({ hasText: hour }).first();
  await dragToHour(page, card, hourOf(1, '16:00'));
  await expect(page).toHaveURL(/\/manage\/agenda#session-/);
  await expect(page.getByRole('status').filter({ hasText: 'moved' })).toBeVisible();
  await expect(card).toContainText('16:00');

  await dragToHour(page, card, hourOf(2, '09:00'));
  await expect(card).toContainText('09:00');
  await expect(page.getByRole('region', { name: /Day 2/ }).locator('[data-session]')).toHaveCount(1);

  await tabTo(page, page.getByRole('button', { name: 'Undo' }));
  await page.keyboard.press('Enter');
  await expect(card, 'back on its day').toContainText('16:00');
  await expect(page.getByRole('region', { name: /Day 1/ }).locator('[data-session]')).toHaveCount(1);
});

test('a session goes to another room by dragging and by the keyboard', async ({ page }) => {
  await signUp(page, person('Olivia'));
  const manage = `${(await publishedEvent(page)).public}/manage`;
  for (const room of ['Harbour hall', 'Pier deck']) {
    await page.goto(`${manage}/agenda/rooms`);
    await page.getByLabel('Name', { exact: true }).fill(room);
    await page.getByRole('button', { name: 'Add' }).first().click();
    await expect(page.getByRole('link', { name: room })).toBeVisible();
  }
  // The other room has a column once something is in it.
  for (const [title, room] of [['Knots', 'Harbour hall'], ['Sails', 'Pier deck']]) {
    await page.goto(`${manage}/agenda/new`);
    await page.getByLabel('Title').fill(title);
    await page.getByLabel('Start').fill('2031-06-02T10:00');
    await page.getByLabel(/^End/).fill('2031-06-02T11:00');
    await page.getByLabel('Room').selectOption({ label: room });
    await page.getByRole('button', { name: 'Add session' }).click();
  }
  await page.goto(`${manage}/agenda`);
  const day = page.locator('[data-day-grid]').first();
  const card = page.locator('[data-session]').filter({ hasText: 'Knots' });
  const hour = (text: string) => day.locator('.day-hour').filter({ hasText: text }).first();
  await dragToRoom(page, card, day.locator('.day-room').filter({ hasText: 'Pier deck' }), hour('12:00'));
  await expect(card).toContainText('12:00');
  await tabTo(page, card.getByRole('link', { name: 'Knots', exact: true }));
  await page.keyboard.press('Enter');
  const room = page.getByLabel(/^Room/);
  await expect(room.locator('option:checked')).toHaveText('Pier deck');

  await tabTo(page, room);
  await page.keyboard.type('Harbour');
  await page.getByLabel(/^End/).press('Enter');
  await page.goto(`${manage}/agenda`);
  await tabTo(page, card.getByRole('link', { name: 'Knots', exact: true }));
  await page.keyboard.press('Enter');
  await expect(room.locator('option:checked')).toHaveText('Harbour hall');
});

test('the speakers of a session are put in order by dragging and by the keyboard', async ({ page, newPerson }) => {
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  const [ada, ben] = [person('Ada'), person('Ben')];
  for (const who of [ada, ben]) {
    const guest = await newPerson();
    await signUp(guest, who);
    await register(guest, event);
  }
  await page.goto(`${event.public}/manage/agenda/new`);
  await page.getByLabel('Title').fill('Building boats');
  await page.getByRole('button', { name: 'Add session' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Building boats' })).toBeVisible();
  for (const name of ['Ada', 'Ben']) {
    await page.getByLabel('Find a member by name').fill(name);
    await page.getByLabel('Find a member by name').press('Enter');
    await page.getByRole('button', { name: 'Add', exact: true }).first().click();
    await expect(page.locator('#speakers [data-behind]').filter({ hasText: name })).toHaveCount(1);
  }
  const names = page.locator('#speakers [data-behind] .row-title');
  await expect(names).toHaveText([/^Ada/, /^Ben/]);
  await tabTo(page, page.getByRole('button', { name: /^Up ?: Ben/ }));
  await page.keyboard.press('Enter');
  await expect(names).toHaveText([/^Ben/, /^Ada/]);
  const row = (name: string) => page.locator('#speakers [data-behind]').filter({ hasText: name });
  await row('Ada').dragTo(row('Ben'), { sourcePosition: { x: 10, y: 10 }, targetPosition: { x: 20, y: 2 } });
  await expect(names).toHaveText([/^Ada/, /^Ben/]);
});

test('a session without a time gets one by dragging it out of the tray and by the keyboard', async ({ page }) => {
  await signUp(page, person('Olivia'));
  const manage = `${(await publishedEvent(page)).public}/manage`;
  await page.goto(`${manage}/agenda/rooms`);
  await page.getByLabel('Name', { exact: true }).fill('Harbour hall');
  await page.getByRole('button', { name: 'Add' }).first().click();
  for (const [title, start] of [['Opening', '2031-06-02T09:00'], ['Knots', ''], ['Sails', '']]) {
    await page.goto(`${manage}/agenda/new`);
    await page.getByLabel('Title').fill(title);
    if (start) await page.getByLabel('Start').fill(start);
    if (start) await page.getByLabel(/^End/).fill('2031-06-02T10:00');
    await page.getByRole('button', { name: 'Add session' }).click();
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }
  await page.goto(`${manage}/agenda`);
  const tray = page.getByRole('region', { name: 'Without a time' }).locator('[data-session]');
  await expect(tray).toHaveCount(2);
  const card = (title: string) => page.locator('[data-session]').filter({ hasText: title });

  await dragToHour(page, card('Knots'), page.locator('[data-day-grid]').first().locator('.day-hour').filter({ hasText: '09:00' }).first());
  await expect(tray).toHaveCount(1);
  await expect(card('Knots')).toContainText('09:00');

  await tabTo(page, tray.getByRole('link', { name: 'Sails', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByLabel(/^Start/).fill('2031-06-03T14:00');
  await page.getByLabel(/^End/).fill('2031-06-03T15:00');
  await page.getByLabel(/^End/).press('Enter');
  await page.goto(`${manage}/agenda`);
  await expect(page.getByRole('region', { name: /Day 2/ }).locator('[data-session]')).toHaveCount(1);
  await expect(tray).toHaveCount(0);

  await dragOver(page, card('Knots'), page.getByRole('region', { name: 'Without a time' }));
  await expect(page.locator('.tray-target')).toHaveCount(1);
  await page.mouse.up();
  await expect(tray).toHaveText(/Knots/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(tray).toHaveCount(0);
  await expect(card('Knots')).toContainText('09:00');
  await tabTo(page, card('Knots').getByRole('link', { name: 'Knots', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take off the agenda' }).press('Enter');
  await page.goto(`${manage}/agenda`);
  await expect(tray).toHaveText(/Knots/);
});

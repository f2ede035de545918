import type { Page } from '@playwright/test';
import { checkA11y } from '../support/accessibility.ts';
import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { person, signIn, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('an organizer publishes an event; two attendees join and talk; nothing is missing afterwards', async ({ page, newPerson }) => {
  test.setTimeout(120_000);
  const olivia = person('Olivia');
  const ada = person('Ada');
  const ben = person('Ben');

  await signUp(page, olivia);
  const event = await publishedEvent(page);

  const adasPage = await newPerson();
  await adasPage.goto(event.public);
  await expect(adasPage.getByRole('heading', { name: event.title })).toBeVisible();
  await signUp(adasPage, ada);
  await register(adasPage, event);
  await openGeneral(adasPage, event);
  await post(adasPage, 'Good morning from Ada');
  await expect(inRoom(adasPage, 'Good morning from Ada')).toBeVisible();

  const bensPage = await newPerson();
  await signUp(bensPage, ben);
  await register(bensPage, event);
  await openGeneral(bensPage, event);
  await expect(inRoom(bensPage, 'Good morning from Ada')).toBeVisible();
  await post(bensPage, 'And from Ben');
  await expect(inRoom(bensPage, 'And from Ben')).toBeVisible();

  await adasPage.context().clearCookies();
  await signIn(adasPage, ada);
  await openGeneral(adasPage, event);
  await expect(inRoom(adasPage, 'Good morning from Ada')).toHaveCount(1);
  await expect(inRoom(adasPage, 'And from Ben')).toHaveCount(1);
});

// `page.goto` itself checks what it opened (support/accessibility.ts); these tests make sure that it opens every page.
test('every page is accessible', async ({ page, newPerson, browserErrors, wasmBlocked }) => {
  test.skip(wasmBlocked, 'the HTML is the same');
  test.setTimeout(180_000);
  // Chromium reports the status of the document itself.
  browserErrors.allow(/status of 4(03|04|10)/);
  const statusOf = async (visitor: Page, route: string) => (await visitor.goto(route))?.status();
  for (const route of ['/', '/signup', '/signup/sent', '/signin', '/forgot', '/events', '/offline', '/dev/mail']) {
    expect(await statusOf(page, route)).toBe(200);
  }
  expect(await statusOf(page, '/no-such-page')).toBe(404);
  expect(await statusOf(page, '/verify/a-link-that-was-used')).toBe(410);
  expect(await statusOf(page, '/reset/a-link-that-was-used')).toBe(410);
  await signUp(page, person('Olivia'));
  await page.goto('/dev/mail');
  await page.goto((await page.getByRole('main').getByRole('link').first().getAttribute('href'))!);
  const event = await publishedEvent(page);
  const pages = ['now', 'rooms', 'manage', 'manage/details'].map((name) => `${event.public}/${name}`);
  for (const route of ['/home', '/settings/security', '/settings/devices', '/organizations/new', event.organization, `${event.organization}/members`, `${event.organization}/events/new`, event.public, ...pages]) {
    expect(await statusOf(page, route)).toBe(200);
  }
  await openGeneral(page, event);
  await checkA11y(page);
  await page.goto(`${new URL(page.url()).pathname}?before=2`);

  const outsider = await newPerson();
  await signUp(outsider, person('Otto'));
  expect(await statusOf(outsider, `${event.public}/manage`)).toBe(403);
});

test('every page is accessible in the dark too', async ({ page, browserErrors, wasmBlocked }) => {
  test.skip(wasmBlocked, 'the HTML is the same');
  test.setTimeout(120_000);
  browserErrors.allow(/status of 404/);
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const route of ['/', '/events', '/no-such-page']) await page.goto(route);
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  for (const route of ['/home', '/settings/devices', event.public, `${event.public}/manage`, `${event.public}/manage/details`, event.rooms]) {
    await page.goto(route);
  }
  await openGeneral(page, event);
  await checkA11y(page);
});

test('a page that does not exist answers 404 and says so', async ({ page, browserErrors }) => {
  browserErrors.allow(/status of 404/);
  const response = await page.goto('/no-such-page');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
});

test('a person who is signed out is asked to sign in and then gets the page', async ({ page }) => {
  const ada = person('Ada');
  await signUp(page, ada);
  await page.context().clearCookies();

  await page.goto('/organizations/new');
  await expect(page).toHaveURL(/\/signin/);
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/organizations\/new$/);
});

import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { checkA11y } from '../support/page.ts';
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

test('every page is accessible', async ({ page }) => {
  test.setTimeout(180_000);
  for (const route of ['/', '/signup', '/signup/sent', '/signin', '/events', '/offline', '/dev/mail']) {
    await page.goto(route);
    await checkA11y(page);
  }
  await signUp(page, person('Olivia'));
  await page.goto('/dev/mail');
  await page.getByRole('main').getByRole('link').first().click();
  await checkA11y(page);
  const event = await publishedEvent(page);
  const pages = ['now', 'rooms', 'manage', 'manage/details'].map((name) => `${event.public}/${name}`);
  for (const route of ['/home', '/organizations/new', event.organization, `${event.organization}/events/new`, event.public, ...pages]) {
    await page.goto(route);
    await checkA11y(page);
  }
  await openGeneral(page, event);
  await checkA11y(page);
});

test('every page is accessible in the dark too', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  for (const route of ['/home', event.public, `${event.public}/manage/details`, event.rooms]) {
    await page.goto(route);
    await checkA11y(page);
  }
  await openGeneral(page, event);
  await checkA11y(page);
});

test('a page that does not exist answers 404 and says so', async ({ page, browserErrors }) => {
  // Chromium reports the status of the document itself.
  browserErrors.allow(/status of 404/);
  const response = await page.goto('/no-such-page');
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
  await checkA11y(page);
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

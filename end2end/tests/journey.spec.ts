import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { forgetSession, person, signIn, signUp } from '../support/people.ts';
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

  await forgetSession(adasPage);
  await signIn(adasPage, ada);
  await openGeneral(adasPage, event);
  await expect(inRoom(adasPage, 'Good morning from Ada')).toHaveCount(1);
  await expect(inRoom(adasPage, 'And from Ben')).toHaveCount(1);
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
  await forgetSession(page);

  await page.goto('/organizations/new');
  await expect(page).toHaveURL(/\/signin/);
  await signIn(page, ada);
  await expect(page).toHaveURL(/\/organizations\/new$/);
});

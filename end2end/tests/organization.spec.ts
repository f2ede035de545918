import { publishedEvent } from '../support/event.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('an organization gets another address, is deleted and comes back with its event', async ({ page, browserErrors }) => {
  browserErrors.allow(/status of 404/); // what is deleted is not found
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  const before = event.organization;

  await page.goto(`${before}/settings`);
  const name = await page.getByLabel('Name', { exact: true }).inputValue();
  await page.getByLabel('Address', { exact: true }).fill(`${before.split('/')[2]}-new`);
  await page.getByLabel('Website').fill('not an address');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Write a whole address, like https://example.org.').first()).toBeVisible();
  // As people write it: the scheme is put in front.
  await page.getByLabel('Website').fill('harbour.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(new RegExp(`${before}-new/settings$`));

  await page.goto(`${before}/members?page=1`);
  await expect(page).toHaveURL(new RegExp(`${before}-new/members\\?page=1$`));

  await page.getByRole('link', { name: 'Ownership' }).click();
  await page.getByLabel(`Type “${name}” to confirm`).last().fill('Something else');
  await page.getByRole('button', { name: 'Delete with all events' }).click();
  await expect(page.getByText(`Type the organization's name: ${name}`).first()).toBeVisible();
  await page.getByLabel(`Type “${name}” to confirm`).last().fill(name);
  await page.getByRole('button', { name: 'Delete with all events' }).click();
  await expect(page).toHaveURL(/\/organizations\/deleted$/);
  expect((await page.goto(event.public))?.status()).toBe(404);

  await page.goto('/organizations/deleted');
  await page.getByRole('button', { name: `Bring back ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect((await page.goto(event.public))?.status()).toBe(200);
});

test('the password is asked for again and the way goes on', async ({ page }) => {
  const olivia = person('Olivia');
  await signUp(page, olivia);
  await page.goto('/confirm-password?next=%2Fsettings%2Fdevices');
  await page.getByLabel('Password', { exact: true }).fill('something else');
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('This is not your current password.').first()).toBeVisible();
  await page.getByLabel('Password', { exact: true }).fill(olivia.password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page).toHaveURL(/\/settings\/devices$/);
  await expect(page.getByText('This device')).toHaveCount(1);
});

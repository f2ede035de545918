import { linkFromMail, person, signIn, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('a forgotten password is set anew by the mailed link, and every device is signed out', async ({ page, newPerson }) => {
  const ada = person('Ada');
  await signUp(page, ada);
  const other = await newPerson();
  await other.goto('/signin');
  await other.getByRole('link', { name: 'Forgot your password?' }).click();
  await other.getByLabel('Email address').fill(ada.email);
  await other.getByRole('button', { name: 'Send the link' }).click();
  await expect(other.getByText('If an account uses this address, a link is on its way.')).toBeVisible();

  await other.goto(await linkFromMail(other, ada.email, /\/reset\/[\w.~-]+/));
  await other.getByLabel('New password').fill('password123');
  await other.getByRole('button', { name: 'Set the password' }).click();
  await expect(other.getByText(/too easy to guess/).first()).toBeVisible();
  const fresh = { ...ada, password: 'seven kites over the harbour' };
  await other.getByLabel('New password').fill(fresh.password);
  await other.getByRole('button', { name: 'Set the password' }).click();
  await expect(other.getByText('Your new password is set. Sign in with it.')).toBeVisible();

  await page.goto('/home');
  await expect(page).toHaveURL(/\/signin/);
  await signIn(page, fresh);
  await expect(page).toHaveURL(/\/home$/);
});

test('a person changes the password and signs out another device', async ({ page, newPerson }) => {
  const ada = person('Ada');
  await signUp(page, ada);
  const phone = await newPerson();
  await signIn(phone, ada);

  await page.goto('/settings/devices');
  await expect(page.getByText('This device')).toHaveCount(1);
  await page.getByRole('button', { name: /^Sign out Chrom/ }).click();
  await expect(page.getByText('That device is signed out.')).toBeVisible();
  await phone.goto('/home');
  await expect(phone).toHaveURL(/\/signin/);

  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Security' }).click();
  await page.getByLabel('Current password').fill('not this one');
  await page.getByLabel('New password').fill('seven kites over the harbour');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('This is not your current password.').first()).toBeVisible();
  await page.getByLabel('Current password').fill(ada.password);
  await page.getByLabel('New password').fill('seven kites over the harbour');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('Your password is changed.')).toBeVisible();
});

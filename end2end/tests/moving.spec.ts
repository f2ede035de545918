import type { Page } from '@playwright/test';
import { checkA11y } from '../support/accessibility.ts';
import { linkFromMail, person, signIn, signUp, type Person } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { visit } from '../support/walk.ts';

// How accounts begin in another browser, get another address, and are left and come back to.

/** Where the answer is not to be let in. */
async function trySignIn(page: Page, who: Person): Promise<void> {
  await page.goto('/signin');
  await page.getByLabel('Email address').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

test('a sign-up is confirmed in another browser with its password, or taken away by whose address it is', async ({ page, newPerson, browserErrors }) => {
  browserErrors.allow(/status of 410/); // the link of a sign-up that was taken away
  const signUpAs = async (who: Person) => {
    await page.goto('/signup');
    await page.getByLabel('First name').fill(who.firstName);
    await page.getByLabel('Last name').fill(who.lastName);
    await page.getByLabel('Email address').fill(who.email);
    await page.getByLabel('Password', { exact: true }).fill(who.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Check your mail' })).toBeVisible();
    return linkFromMail(page, who.email, /\/verify\/[\w-]+/);
  };
  const [ada, ben] = [person('Ada'), person('Ben')];
  const adasLink = await signUpAs(ada);
  await visit(page, adasLink, '/verify/:token');
  await expect(page.getByLabel('Password', { exact: true })).toHaveCount(0);
  const phone = await newPerson();
  await visit(phone, adasLink, '/verify/:token-elsewhere');
  await phone.getByLabel('Password', { exact: true }).fill('not this one');
  await phone.getByRole('button', { name: 'Confirm' }).click();
  await expect(phone.getByRole('link', { name: 'Password' })).toBeVisible();
  await phone.getByLabel('Password', { exact: true }).fill(ada.password);
  await phone.getByRole('button', { name: 'Confirm' }).click();
  await expect(phone).toHaveURL(/\/home$/);

  const bensLink = await signUpAs(ben);
  const mailbox = await newPerson();
  await mailbox.goto(bensLink);
  await mailbox.getByRole('button', { name: "This wasn't me" }).click();
  await expect(mailbox.getByText('That sign-up is removed. Nobody can use it.')).toBeVisible();
  expect((await page.goto(bensLink))?.status()).toBe(410);
});

test('an account gets another address by the mailed link, and whoever reads the old one takes it back', async ({ page, newPerson, browserErrors }) => {
  browserErrors.allow(/status of 410/); // a link that was used
  const ada = person('Ada');
  const moved = { ...ada, email: person('Countess').email };
  await signUp(page, ada);
  const phone = await newPerson();
  await signIn(phone, ada);

  await page.goto('/settings/security');
  await page.getByLabel('New email address').fill(ada.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText('This is the address you have already.').first()).toBeVisible();
  await page.getByLabel('New email address').fill(moved.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByText('We sent a link to the new address. Open it within 24 hours.')).toBeVisible();
  await visit(page, '/settings/security', '/settings/security-address-waits');
  await expect(page.getByText(`You asked to change it to ${moved.email}.`)).toBeVisible();

  const confirming = await linkFromMail(page, moved.email, /\/address\/(?!undo\/)[\w-]+/);
  await visit(page, confirming, '/address/:token');
  await expect(page.getByText(`The account of Ada Example gets the address ${moved.email}.`)).toBeVisible();
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page).toHaveURL(/\/settings\/security$/);
  await expect(page.getByText('The account has its new address. All other devices are signed out.')).toBeVisible();
  await expect(page.getByText(`You sign in with ${moved.email}.`)).toBeVisible();
  expect((await page.goto(confirming))?.status()).toBe(410);
  await phone.goto('/home');
  await expect(phone).toHaveURL(/\/signin/);
  await trySignIn(phone, ada);
  await expect(phone.getByText("Email address and password don't match.").first()).toBeVisible();
  await signIn(phone, moved);

  const mailbox = await newPerson();
  const undoing = await linkFromMail(page, ada.email, /\/address\/undo\/[\w-]+/);
  await visit(mailbox, undoing, '/address/undo/:token');
  await expect(mailbox.getByText(`The account of Ada Example keeps the address ${ada.email}, or gets it back.`)).toBeVisible();
  await mailbox.getByRole('button', { name: 'Take my account back' }).click();
  await expect(mailbox.getByText('The account has its old address. Set a new password now.')).toBeVisible();
  await visit(mailbox, new URL(mailbox.url()).pathname, '/reset/:token');
  await expect(mailbox.getByText(`For the account of ${ada.email}.`)).toBeVisible();
  const fresh = { ...ada, password: 'seven kites over the harbour' };
  await mailbox.getByLabel('New password').fill(fresh.password);
  await mailbox.getByRole('button', { name: 'Set the password' }).click();
  await expect(mailbox.getByText('Your new password is set. Sign in with it.')).toBeVisible();

  for (const device of [page, phone]) {
    await device.goto('/home');
    await expect(device).toHaveURL(/\/signin/);
  }
  await signIn(mailbox, fresh);
  await mailbox.goto('/settings/security');
  await expect(mailbox.getByText(`You sign in with ${ada.email}.`)).toBeVisible();
  expect((await mailbox.goto(undoing))?.status()).toBe(410);
});

test('who left for a while is signed out everywhere, and comes back by signing in and saying so', async ({ page, newPerson }) => {
  const ada = person('Ada');
  await signUp(page, ada);
  const phone = await newPerson();
  await signIn(phone, ada);

  await page.goto('/settings/account');
  await page.getByText('Deactivate my account').click();
  await page.getByRole('button', { name: 'Deactivate now' }).click();
  await expect(page.getByText('Your account is deactivated. Sign in whenever you want to come back.')).toBeVisible();
  await phone.goto('/home');
  await expect(phone).toHaveURL(/\/signin/);

  await trySignIn(page, { ...ada, password: 'not this one' });
  await expect(page.getByText("Email address and password don't match.").first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open my account again' })).toHaveCount(0);
  await trySignIn(page, ada);
  await expect(page.getByText('This account is deactivated.')).toBeVisible();
  await checkA11y(page);
  await page.getByRole('button', { name: 'Open my account again' }).click();
  await expect(page).toHaveURL(/\/home$/);
  await expect(page.getByText('Welcome back. All is as it was.')).toBeVisible();
  await signIn(phone, ada);
  await expect(phone.getByRole('heading', { level: 1, name: 'Hello Ada Example' })).toBeVisible();
});

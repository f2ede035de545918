import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { createOrganization } from '../support/event.ts';
import { forgetSession, linkFromMail, person, signIn, signUp, type Person } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { visit } from '../support/walk.ts';

interface Organization {
  name: string;
  path: string;
}

/** Olivia signs up and makes one of her own. */
async function ownOrganization(page: Page): Promise<Organization> {
  await signUp(page, person('Olivia'));
  const name = `Harbour Club ${randomUUID().slice(0, 8)}`;
  return { name, path: await createOrganization(page, name) };
}

/** Answers the path in the mail. */
async function invite(owner: Page, organization: Organization, { email }: Person, role = 'Member'): Promise<string> {
  await owner.goto(`${organization.path}/invitations`);
  const form = owner.getByRole('region', { name: 'Invite', exact: true });
  // Closed once somebody was invited.
  if (!(await form.getByLabel('Email address').isVisible())) await form.getByText('Invite somebody').click();
  await form.getByLabel('Email address').fill(email);
  await form.getByLabel('Role').selectOption(role);
  await form.getByLabel('Message').fill('We would like to have you.\nNo hurry.');
  await form.getByRole('button', { name: 'Send invitation' }).click();
  await expect(owner.getByText('The invitation is on its way.')).toBeVisible();
  await expect(rowOf(owner, email)).toContainText('Waiting');
  return linkFromMail(owner, email, /\/invitations\/[\w-]+/);
}

/** An address in the list of invitations, or of members. */
function rowOf(page: Page, text: string) {
  return page.getByRole('main').getByRole('listitem').filter({ hasText: text });
}

test('of three who are invited one makes an account, one signs in and one declines; the owner reads it', async ({ page, newPerson, browserErrors }) => {
  browserErrors.allow(/status of 410/); // an invitation that was answered
  const [ada, ben, gina] = [person('Ada'), person('Ben'), person('Gina')];
  const club = await ownOrganization(page);
  const bensPage = await newPerson();
  await signUp(bensPage, ben);
  await forgetSession(bensPage);

  const adasPage = await newPerson();
  const adasLink = await invite(page, club, ada, 'Admin');
  await visit(adasPage, adasLink, '/invitations/:token-create');
  await expect(adasPage.getByText('Olivia Example invites you to an organization as an admin.')).toBeVisible();
  await expect(adasPage.getByRole('blockquote')).toHaveText('We would like to have you.No hurry.');
  await adasPage.getByLabel('First name').fill(ada.firstName);
  await adasPage.getByLabel('Last name').fill(ada.lastName);
  await adasPage.getByLabel('Password', { exact: true }).fill('password123');
  await adasPage.getByRole('button', { name: 'Create account and accept' }).click();
  await expect(adasPage.getByText(/too easy to guess/).first()).toBeVisible();
  await expect(adasPage.getByLabel('First name')).toHaveValue(ada.firstName);
  await adasPage.getByLabel('Password', { exact: true }).fill(ada.password);
  await adasPage.getByRole('button', { name: 'Create account and accept' }).click();
  await expect(adasPage).toHaveURL(new RegExp(`${club.path}$`));
  await expect(adasPage.getByText('You are an admin.')).toBeVisible();

  const bensLink = await invite(page, club, ben);
  await visit(bensPage, bensLink, '/invitations/:token-sign-in');
  await expect(bensPage.getByText('as a member.')).toBeVisible();
  await bensPage.getByRole('link', { name: 'Sign in' }).click();
  await expect(bensPage.getByLabel('Email address')).toHaveValue(ben.email);
  await signIn(bensPage, ben);
  await expect(bensPage).toHaveURL(new RegExp(`${bensLink}$`));
  await visit(bensPage, bensLink, '/invitations/:token-answer');
  await bensPage.getByRole('button', { name: 'Accept' }).click();
  await expect(bensPage).toHaveURL(new RegExp(`${club.path}$`));
  await expect(bensPage.getByText('You are a member.')).toBeVisible();

  const ginasPage = await newPerson();
  const ginasLink = await invite(page, club, gina);
  await ginasPage.goto(ginasLink);
  await ginasPage.getByRole('button', { name: 'Decline' }).click();
  await expect(ginasPage.getByText('You declined the invitation.')).toBeVisible();
  expect((await ginasPage.goto(ginasLink))?.status()).toBe(410);
  await expect(ginasPage.getByRole('heading', { level: 1, name: 'This invitation was answered already.' })).toBeVisible();

  await page.goto(`${club.path}/invitations`);
  for (const [{ email }, status] of [[ada, 'Accepted'], [ben, 'Accepted'], [gina, 'Declined']] as const) {
    await expect(rowOf(page, email)).toContainText(status);
    await expect(rowOf(page, email)).not.toContainText('Waiting');
  }
  await page.goto(`${club.path}/members`);
  await expect(page.getByText('3 people')).toBeVisible();
  for (const [name, role] of [['Olivia Example', 'Owner'], ['Ada Example', 'Admin'], ['Ben Example', 'Member']]) await expect(rowOf(page, name).locator('.row-end')).toHaveText(role);
});

test('who is signed in as somebody else reads nothing of an invitation, switches, and accepts on the start page', async ({ page, newPerson, browserErrors }) => {
  browserErrors.allow(/status of 403/); // an invitation for another address
  const gina = person('Gina');
  const club = await ownOrganization(page);
  const shared = await newPerson();
  await signUp(shared, gina);
  await forgetSession(shared);
  await signUp(shared, person('Otto'));

  const link = await invite(page, club, gina);
  await visit(shared, link, '/invitations/:token-somebody-else', 403);
  await expect(shared.getByRole('heading', { level: 1, name: 'This invitation is for another address' })).toBeVisible();
  await expect(shared.getByText('It was sent to g…@example.org, and you are signed in as Otto Example.')).toBeVisible();
  const html = await shared.content();
  for (const secret of [club.name, gina.email, 'Olivia', 'We would like to have you']) expect(html).not.toContain(secret);

  await shared.getByRole('button', { name: 'Sign out and switch account' }).click();
  await expect(shared.getByRole('heading', { level: 1, name: `You're invited to ${club.name}` })).toBeVisible();
  await shared.getByRole('link', { name: 'Sign in' }).click();
  await signIn(shared, gina);
  await expect(shared).toHaveURL(new RegExp(`${link}$`));
  await visit(shared, '/home', '/home-invited');
  await shared.getByRole('button', { name: `Accept the invitation to ${club.name}` }).click();
  await expect(shared).toHaveURL(new RegExp(`${club.path}$`));
  await shared.goto('/home');
  await expect(shared.getByRole('heading', { name: 'Invitations', exact: true })).toHaveCount(0);
});

test('an owner gives the organization to a member by typing its name, and is an admin from then on', async ({ page, newPerson, browserErrors }) => {
  browserErrors.allow(/status of 403/); // what only owners open
  const ben = person('Ben');
  const club = await ownOrganization(page);
  await page.goto(`${club.path}/danger`);
  await expect(page.getByText('You are alone here')).toBeVisible();
  const bensPage = await newPerson();
  await signUp(bensPage, ben);
  await bensPage.goto(await invite(page, club, ben));
  await bensPage.getByRole('button', { name: 'Accept' }).click();
  await expect(bensPage.getByText('You are a member.')).toBeVisible();
  expect((await bensPage.goto(`${club.path}/danger`))?.status()).toBe(403);

  await visit(page, `${club.path}/danger`, '/organizations/:organization/danger-heirs');
  const transfer = page.getByRole('region', { name: 'Transfer ownership' });
  await transfer.getByLabel('New owner').selectOption('Ben Example (Member)');
  await transfer.getByLabel(`Type “${club.name}” to confirm`).fill('Something else');
  await transfer.getByRole('button', { name: 'Transfer ownership' }).click();
  await expect(transfer.getByText(`Type the organization's name: ${club.name}`)).toBeVisible();
  await expect(transfer.getByLabel('New owner')).not.toHaveValue('');
  await transfer.getByLabel(`Type “${club.name}” to confirm`).fill(club.name);
  await transfer.getByRole('button', { name: 'Transfer ownership' }).click();
  await expect(page).toHaveURL(new RegExp(`${club.path}$`));
  await expect(page.getByText('Ownership is transferred. You are an admin now.')).toBeVisible();
  await expect(page.getByText('You are an admin.', { exact: true })).toBeVisible();
  const pages = (visitor: Page) => visitor.getByRole('navigation', { name: `${club.name} pages` });
  await expect(pages(page).getByRole('link', { name: 'Ownership' })).toHaveCount(0);
  expect((await page.goto(`${club.path}/danger`))?.status()).toBe(403);

  await bensPage.goto(await linkFromMail(page, ben.email, new RegExp(`${club.path}(?![\\w/-])`)));
  await expect(bensPage.getByText('You are an owner.')).toBeVisible();
  await pages(bensPage).getByRole('link', { name: 'Ownership' }).click();
  await expect(bensPage.getByRole('region', { name: 'Transfer ownership' }).getByLabel('New owner')).toContainText('Olivia Example (Admin)');
});

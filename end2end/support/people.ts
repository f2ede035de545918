import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

export interface Person {
  firstName: string;
  lastName: string;
  email: string;
  password: string;
}

/** One of the cast. The address is new each time, because all tests share one server. */
export function person(firstName: string): Person {
  const mark = randomUUID().slice(0, 8);
  return {
    firstName,
    lastName: 'Example',
    email: `${firstName.toLowerCase()}.${mark}@example.org`,
    password: `correct horse ${mark} staple`,
  };
}

/** Creates the account, follows the link in the mail, and ends signed in. */
export async function signUp(page: Page, who: Person): Promise<void> {
  await page.goto('/signup');
  await page.getByLabel('First name').fill(who.firstName);
  await page.getByLabel('Last name').fill(who.lastName);
  await page.getByLabel('Email address').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).not.toHaveURL(/\/signup$/);

  await page.goto(await linkFromMail(page, who.email, /\/verify\/[\w.~-]+/));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page).not.toHaveURL(/\/verify\//);
  if (page.url().includes('/signin')) await signIn(page, who);
}

/** Fills the sign-in form; opens it first unless it is on the screen. */
export async function signIn(page: Page, who: Person): Promise<void> {
  if (!page.url().includes('/signin')) await page.goto('/signin');
  await page.getByLabel('Email address').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/\/signin/);
}

/** As after a long time: the browser has no session any more, and no page of it is open that would ask for one. */
export async function forgetSession(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies();
}

/** The newest matching path in a mail to this address, from the list that development mode shows at /dev/mail. */
export async function linkFromMail(page: Page, email: string, path: RegExp): Promise<string> {
  let found: string | undefined;
  await expect(async () => {
    found = await searchMails(page, email, path);
    expect(found, `a mail to ${email} with ${path}`).toBeDefined();
  }).toPass({ timeout: 15_000 });
  return found!;
}

async function searchMails(page: Page, email: string, path: RegExp): Promise<string | undefined> {
  const list = await (await page.request.get('/dev/mail')).text();
  const mails = new Set([...list.matchAll(/\/dev\/mail\/[\w.-]+/g)].map(([address]) => address));
  for (const address of mails) {
    const mail = await (await page.request.get(address)).text();
    const link = mail.includes(email) ? mail.match(path) : null;
    if (link) return link[0];
  }
  return undefined;
}

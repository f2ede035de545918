import type { Page } from '@playwright/test';
import { checkA11y, checkElsewhere } from '../support/accessibility.ts';
import { openGeneral, publishedEvent } from '../support/event.ts';
import { linkFromMail, person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const settings = ['profile', 'privacy', 'notifications', 'security', 'devices', 'account'].map((name) => `/settings/${name}`);

// `page.goto` itself checks what it opened (support/accessibility.ts); these tests make sure that it opens every page.
test('every page is accessible, fits a phone and is readable in the dark', async ({ page, newPerson, browserErrors }) => {
  test.setTimeout(600_000);
  // Chromium reports the status of the document itself.
  browserErrors.allow(/status of 4(03|04|10)/);
  const statusOf = async (visitor: Page, route: string) => {
    const response = await visitor.goto(route);
    await checkElsewhere(visitor);
    return response?.status();
  };
  for (const route of ['/', '/signup', '/signup/sent', '/signin', '/reset', '/events', '/offline', '/dev/mail']) {
    expect(await statusOf(page, route)).toBe(200);
  }
  expect(await statusOf(page, '/no-such-page')).toBe(404);
  expect(await statusOf(page, '/verify/a-link-that-was-used')).toBe(410);
  for (const route of ['/reset', '/invitations', '/address', '/address/undo', '/unsubscribe']) expect(await statusOf(page, `${route}/a-link-that-was-used`)).toBe(410);
  await signUp(page, person('Olivia'));
  await page.goto('/dev/mail');
  await page.goto((await page.getByRole('main').getByRole('link').first().getAttribute('href'))!);
  const event = await publishedEvent(page);
  const organizationPages = ['events', 'members', 'invitations', 'invitations/many', 'statistics', 'audit', 'settings', 'settings/streaming', 'danger'];
  const pages = ['now', 'me', 'calendar', 'changes', 'rooms', 'people', 'manage', 'manage/details', 'manage/content', 'manage/content/highlights', 'manage/content/faqs', 'manage/settings', 'manage/danger', 'manage/branding', 'manage/people', 'manage/people/add', 'manage/people/several', 'manage/check-in', 'manage/moderation', 'manage/log', 'manage/statistics', 'manage/invitations', 'manage/invitations/many', 'sponsors', 'manage/sponsors', 'manage/sponsors/new', 'manage/sponsors/tiers', 'agenda', 'speakers', 'manage/agenda', 'manage/agenda/import', 'manage/agenda/new', 'manage/agenda/rooms', 'manage/agenda/tracks'].map((name) => `${event.public}/${name}`);
  for (const route of ['/home', '/inbox', '/connections', '/connections?list=received', '/connections?list=sent', ...settings, '/organizations/new', event.organization, ...organizationPages.map((name) => `${event.organization}/${name}`), '/organizations/deleted', '/notifications', '/reports', '/confirm-password?next=/home', `${event.organization}/events/new`, event.public, ...pages]) {
    expect(await statusOf(page, route)).toBe(200);
  }
  await openGeneral(page, event);
  await checkA11y(page);
  await checkElsewhere(page);
  await page.goto(`${new URL(page.url()).pathname}?before=2`);

  await page.goto(`${event.public}/manage/sponsors/new`);
  await page.getByLabel('Name', { exact: true }).fill('Acme');
  await page.getByLabel('Tier').selectOption('Gold');
  await page.getByRole('button', { name: 'Add sponsor' }).click();
  for (const link of ['Acme', 'Edit tiers', 'Gold']) {
    await page.getByRole('main').getByRole('link', { name: link, exact: true }).first().click();
    await checkA11y(page);
    await checkElsewhere(page);
    if (link === 'Acme') await page.goto(`${event.public}/manage/sponsors`);
  }
  await page.goto(`${event.public}/sponsors`);
  await expect(page.getByRole('heading', { name: 'Acme' })).toBeVisible();

  const guest = person('Gina');
  await page.goto(`${event.public}/manage/invitations`);
  await page.getByLabel('Email address').fill(guest.email);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText(guest.email)).toBeVisible();
  const invited = await newPerson();
  expect(await statusOf(invited, await linkFromMail(page, guest.email, /\/invitations\/[\w-]+/))).toBe(200);

  const outsider = await newPerson();
  await signUp(outsider, person('Otto'));
  expect(await statusOf(outsider, `${event.public}/manage`)).toBe(403);
});

import { demo } from '../support/demo.ts';
import { checkElsewhere } from '../support/accessibility.ts';
import { linkFromMail, person, signIn, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';
import { routeOf, routerPaths, walk } from '../support/walk.ts';
import type { Page } from '@playwright/test';

// `page.goto` itself checks what it opened (support/accessibility.ts); these walks make sure that it opens every page,
// full of what the demo puts there.

const isEvent = (address: string) => address.startsWith(`${demo.event}/`) || address === demo.event;
const isManaged = (address: string) => address.startsWith(`${demo.event}/manage`);

/** Pages that are opened by a link from a mail; the link was used. */
const ONCE = ['/verify', '/reset', '/invitations', '/address', '/address/undo', '/unsubscribe'].map((route) => `${route}/a-link-that-was-used`);

function missing(opened: Map<string, string>, belongs: (route: string) => boolean): string[] {
  const once = new Set(ONCE.map(routeOf));
  return routerPaths().filter((route) => belongs(route) && !opened.has(route) && !once.has(route));
}

test.beforeEach(() => test.setTimeout(1_200_000));

test('every page outside an event opens, and no link leads nowhere', async ({ page }) => {
  await signIn(page, demo.organizer);
  const from = ['/home', '/', '/events', '/offline', '/dev/mail', '/settings/blocked', '/organizations/new', '/organizations/deleted', '/notifications', '/reports', `/report?kind=PERSON&target=${await demo.somebody(page)}&event=${demo.event.split('/').at(-1)}`, '/confirm-password?next=/home', '/inbox', '/connections'];
  const opened = await walk(page, { from, belongs: (address) => !address.startsWith('/events/') && address !== '/signout' });
  const strangers = ['/signup', '/signup/sent', '/signin', '/reset'];
  expect(missing(opened, (route) => !route.startsWith('/events/') && !strangers.includes(route))).toEqual([]);
});

test('every page of an event opens for its people, and no link leads nowhere', async ({ page }) => {
  await signIn(page, demo.organizer);
  // By the list of rooms into the first, where people talk: the session that is on at the moment may have an empty one.
  const from = [demo.event, `${demo.event}/rooms`];
  const opened = await walk(page, { from, belongs: (address) => isEvent(address) && !isManaged(address) });
  expect(missing(opened, (route) => route.startsWith('/events/') && !route.includes('/manage'))).toEqual([]);
});

test('every page of an event opens for its organizers, and no link leads nowhere', async ({ page }) => {
  await signIn(page, demo.organizer);
  const opened = await walk(page, { from: [`${demo.event}/manage`, `${demo.event}/manage/people/several`], belongs: isManaged });
  expect(missing(opened, (route) => route.includes('/manage'))).toEqual([]);
});

test('strangers read what is public, and are told what is over or not theirs', async ({ page, newPerson, browserErrors }) => {
  // Chromium reports the status of the document itself.
  browserErrors.allow(/status of 4(03|04|10)/);
  const statusOf = async (visitor: Page, route: string) => {
    const response = await visitor.goto(route);
    await checkElsewhere(visitor);
    return response?.status();
  };
  for (const route of ['/', '/signup', '/signup/sent', '/signin', '/reset', '/events', demo.event, `${demo.event}/agenda`, `${demo.event}/speakers`, `${demo.event}/sponsors`]) {
    expect(await statusOf(page, route), route).toBe(200);
  }
  expect(await statusOf(page, '/no-such-page')).toBe(404);
  for (const route of ONCE) expect(await statusOf(page, route), route).toBe(410);

  const guest = person('Gina');
  const organizer = await newPerson();
  await signIn(organizer, demo.organizer);
  await organizer.goto(`${demo.event}/manage/invitations`);
  // The form is closed once somebody was invited, as another project may have done.
  const email = organizer.getByLabel('Email address');
  if (!(await email.isVisible())) await organizer.getByText('Invite somebody').click();
  await email.fill(guest.email);
  await organizer.getByRole('button', { name: 'Send invitation' }).click();
  await expect(organizer.getByText(guest.email)).toBeVisible();
  expect(await statusOf(page, await linkFromMail(organizer, guest.email, /\/invitations\/[\w-]+/))).toBe(200);

  await signUp(page, person('Otto'));
  expect(await statusOf(page, `${demo.event}/manage`)).toBe(403);
});

import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { serverUrl } from '../support/environment.ts';
import { publishedEvent, type EventPaths } from '../support/event.ts';
import { forgetSession, linkFromMail, person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

// One attempt per line, each of which calls `canary()` if anything of it is taken for code.
const PAYLOADS = readFileSync(fileURLToPath(new URL('../../tests/payloads.txt', import.meta.url)), 'utf8').trim().split('\n');
const AT_ONCE = 30;

/** All of them in as few texts as may have that many characters. */
function packed(most: number): string[] {
  const texts: string[] = [];
  for (const payload of [...PAYLOADS].sort((one, other) => other.length - one.length)) {
    const room = texts.findIndex((text) => text.length + payload.length < most);
    if (room < 0) texts.push(payload);
    else texts[room] += ` ${payload}`;
  }
  return texts;
}

/** What a person or an organization may be called, and what may be written into an invitation. */
const NAMES = packed(100);
const MESSAGES = packed(500);

/** A browser in which a payload that runs is seen. */
async function armed(page: Page): Promise<Page> {
  await page.addInitScript(() => { Object.assign(window, { canary: () => console.error('a payload ran') }); });
  return page;
}

/** Fills a form of a page and submits it; hidden fields stay as they are. */
async function submit(page: Page, route: string, fields: Record<string, string>): Promise<void> {
  await page.goto(route);
  const answered = page.waitForNavigation();
  await page.evaluate((values) => {
    const [first] = Object.keys(values);
    const form = document.querySelector<HTMLInputElement>(`main [name="${first}"]`)!.form!;
    for (const [name, value] of Object.entries(values)) (form.elements.namedItem(name) as HTMLInputElement).value = value;
    form.noValidate = true;
    form.submit();
  }, fields);
  await answered;
}

/** Posts what a form would, without opening its page, and answers what came back; `network` counts in place of the own one. */
async function call(page: Page, name: string, form: Record<string, string>, network = {}): Promise<string> {
  const answer = await page.request.post(`/api/${name}`, { form, headers: { origin: serverUrl, accept: 'application/json', ...network } });
  expect(answer.status(), `${name}: ${await answer.text()}`).toBe(200);
  return answer.text();
}

/** The version that a form with such a field saves over; each save makes it one more. */
async function versionOn(page: Page, route: string, field: string): Promise<number> {
  await page.goto(route);
  return Number(await page.locator(`main form:has([name="${field}"]) [name="version"]`).getAttribute('value'));
}

/** What on this page would run code, or take an address that isn't one. */
function dangerous(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const attributes = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
    const runs = attributes.filter((a) => a.name.startsWith('on') || (['href', 'src', 'action', 'formaction', 'srcdoc', 'xlink:href'].includes(a.name) && /^\s*(javascript|data|vbscript):/i.test(a.value)));
    const foreign = [...document.querySelectorAll('main :is(script:not([nonce]), iframe, object, embed, base, link, meta, style)')];
    return [...runs.map((a) => `${a.name}=${a.value}`), ...foreign.map((element) => element.outerHTML)];
  });
}

async function open(page: Page, route: string): Promise<void> {
  await page.goto(route);
  expect(await dangerous(page), route).toEqual([]);
}

async function write(page: Page, event: EventPaths, room: string, texts: string[]): Promise<void> {
  const [one, two, three, four, five, six, seven, eight] = texts;
  const all = texts.join('\n\n');
  const short = all.slice(0, 990);
  await submit(page, '/settings/profile', { first_name: one, last_name: two, title: three, company: four, bio: all });
  await submit(page, `${event.organization}/settings`, { name: five, description: short, mail_from_name: six });
  await submit(page, `${event.public}/manage/details`, { title: seven, description: all, host_name: eight, online_note: all.slice(0, 490) });
  // Refused: the text comes back in the form and in its errors.
  await submit(page, '/organizations/new', { name: one, slug: two, description: short });
  await call(page, 'chat/post_message', { event: event.public.split('/')[2], room, client_message_id: randomUUID(), body: all });
}

/** Invites somebody with such a message; answers the path in the mail. */
async function invite(page: Page, event: EventPaths, message: string): Promise<string> {
  const { email } = person('Gina');
  await submit(page, `${event.public}/manage/invitations`, { email, message });
  return linkFromMail(page, email, /\/invitations\/[\w-]+/);
}

/** To an organization or an event, as one of many: those are not counted by the hour. */
async function inviteTo(page: Page, path: string, role: string, email: string, message: string): Promise<string> {
  await call(page, 'invitations/send', { target: path.slice(1), addresses: email, role, message });
  return linkFromMail(page, email, /\/invitations\/[\w-]+/);
}

/** Where others find the only person of an event. */
async function ownPath(page: Page, event: EventPaths): Promise<string> {
  await page.goto(`${event.public}/people`);
  const path = await page.getByRole('main').locator(`a[href*="${event.public}/people/"]`).first().getAttribute('href');
  return `/people/${path!.split('/').at(-1)}`;
}

/** As development mode shows it. */
async function openNewestMail(page: Page): Promise<void> {
  await page.goto('/dev/mail');
  await page.goto((await page.getByRole('main').getByRole('link').first().getAttribute('href'))!);
}

test('text that looks like code is text on every page', async ({ page, newPerson, browserErrors }) => {
  test.setTimeout(900_000);
  browserErrors.allow(/status of 4(22|04)/); // what a search or an address of such text answers
  await armed(page);
  const invited = await armed(await newPerson());
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  await page.goto(event.rooms);
  const general = (await page.getByRole('main').getByRole('link', { name: /General/ }).getAttribute('href'))!;
  const own = ['members', 'events', 'statistics', 'audit', 'settings', 'settings/streaming', 'danger', 'invitations', 'invitations/many'].map((name) => `${event.organization}/${name}`);
  const ofEvent = ['', '/now', '/me', '/people', '/agenda', '/manage', '/manage/details', '/manage/content', '/manage/settings', '/manage/people', '/manage/invitations', '/manage/invitations/many'].map((name) => `${event.public}${name}`);
  const settings = ['profile', 'privacy', 'account', 'security', 'devices', 'notifications'].map((name) => `/settings/${name}`);
  const pages = ['/home', await ownPath(page, event), ...settings, '/notifications', '/dev/mail', event.organization, ...own, ...ofEvent, general];
  for (let start = 0; start < PAYLOADS.length; start += AT_ONCE) {
    const texts = PAYLOADS.slice(start, start + AT_ONCE);
    while (texts.length < 8) texts.push(PAYLOADS[texts.length]);
    await write(page, event, general.match(/rooms\/([\w-]+)/)![1], texts);
    expect(await dangerous(page)).toEqual([]);
    const typed = encodeURIComponent(texts[0].slice(0, 90));
    const searches = [`${event.organization}/members?search=`, `${event.organization}/invitations?search=`, `${event.public}/manage/invitations?search=`, '/events?search=', '/events?city=', `${event.public}/agenda?q=`, `${event.public}/speakers?q=`];
    const echoes = [...searches, '/signin?next=', '/signup?next='].map((search) => `${search}${typed}`);
    const link = await invite(page, event, texts.join(' ').slice(0, 490));
    await open(invited, link);
    await openNewestMail(page);
    expect(await dangerous(page), 'the invitation in the list of mails').toEqual([]);
    for (const route of [...pages, ...echoes]) await open(page, route);
  }
  await page.goto(general);
  await expect(page.getByRole('log')).toContainText(PAYLOADS.at(-1)!);
});

test('a name that looks like code is text behind every link that is mailed to somebody', async ({ page, newPerson }) => {
  test.setTimeout(600_000);
  const [olivia, wanted] = [person('Olivia'), person('Countess').email];
  await signUp(await armed(page), olivia);
  await call(page, 'accounts/request_address_change', { email: wanted });
  const confirming = await linkFromMail(page, wanted, /\/address\/(?!undo\/)[\w-]+/);
  const undoing = await linkFromMail(page, olivia.email, /\/address\/undo\/[\w-]+/);
  const [stranger, mailbox, newMailbox, oldMailbox] = await Promise.all([1, 2, 3, 4].map(async () => armed(await newPerson())));
  const version = await versionOn(page, '/settings/profile', 'first_name');
  for (let at = 0; at < NAMES.length; at += 2) {
    const name = { first_name: NAMES[at], last_name: NAMES[at + 1] ?? '' };
    const { email, password } = person('Gina');
    await call(page, 'accounts/save_profile', { ...name, version: `${version + at / 2}` });
    // A sign-up each from a network of its own: from one only ten an hour are taken.
    await call(stranger, 'accounts/sign_up', { ...name, email, password }, { 'x-forwarded-for': `198.19.${test.info().workerIndex % 256}.${at}` });
    const verifying = await linkFromMail(page, email, /\/verify\/[\w-]+/);
    await Promise.all([open(mailbox, verifying), open(newMailbox, confirming), open(oldMailbox, undoing)]);
    for (const reader of [mailbox, newMailbox, oldMailbox]) await expect(reader.getByRole('main')).toContainText(name.first_name);
  }
});

test('an invitation that looks like code is text for whoever reads it', async ({ page, newPerson, browserErrors }) => {
  test.setTimeout(600_000);
  browserErrors.allow(/status of 403/); // an invitation for another address
  await signUp(await armed(page), person('Olivia'));
  const event = await publishedEvent(page);
  const [slug, host] = [event.organization.split('/')[2], await ownPath(page, event)];
  const profile = await versionOn(page, '/settings/profile', 'first_name');
  const settings = await versionOn(page, `${event.organization}/settings`, 'slug');
  const guest = await armed(await newPerson());
  for (const [round, message] of MESSAGES.entries()) {
    const [first_name, last_name, club, ...guests] = [0, 1, 2, 3, 4].map((nth) => NAMES[(round * 5 + nth) % NAMES.length]);
    await call(page, 'accounts/save_profile', { first_name, last_name, version: `${profile + round}` });
    await call(page, 'organizations/save_settings', { organization: slug, slug, name: club, version: `${settings + round}` });
    const gina = person('Gina');
    const link = await inviteTo(page, event.public, 'ATTENDEE', gina.email, message);
    // Signed in as the guest before this one, from the second round on.
    await open(guest, link);
    await forgetSession(guest);
    const name = { first_name: guests[0], last_name: guests[1] };
    await submit(guest, link, { ...name, password: 'too easy' });
    expect(await dangerous(guest), link).toEqual([]);
    await expect(guest.getByLabel('First name')).toHaveValue(name.first_name);
    await call(guest, 'invitations/join', { ...name, password: gina.password, token: link.split('/')[2] });
    for (const route of [await inviteTo(page, event.organization, 'MEMBER', gina.email, message), '/home', host]) await open(guest, route);
  }
  const [name] = NAMES;
  const organization = JSON.parse(await call(page, 'organizations/create', { name, form_key: randomUUID() })) as string;
  await call(page, 'organizations/delete', { organization, delete_name: name });
  await open(page, '/organizations/deleted');
  await expect(page.getByRole('main')).toContainText(name);
});

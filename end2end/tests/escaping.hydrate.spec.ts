import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { publishedEvent, type EventPaths } from '../support/event.ts';
import { linkFromMail, person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

// One attempt per line, each of which calls `canary()` if anything of it is taken for code.
const PAYLOADS = readFileSync(fileURLToPath(new URL('../../tests/payloads.txt', import.meta.url)), 'utf8').trim().split('\n');
const AT_ONCE = 30;

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

/** What on this page would run code, or take an address that isn't one. */
function dangerous(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const attributes = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
    const runs = attributes.filter((a) => a.name.startsWith('on') || (['href', 'src', 'action', 'formaction', 'srcdoc', 'xlink:href'].includes(a.name) && /^\s*(javascript|data|vbscript):/i.test(a.value)));
    const foreign = [...document.querySelectorAll('main :is(script:not([nonce]), iframe, object, embed, base, link, meta, style)')];
    return [...runs.map((a) => `${a.name}=${a.value}`), ...foreign.map((element) => element.outerHTML)];
  });
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
  const message = { event: event.public.split('/')[2], room, client_message_id: randomUUID(), body: all };
  const sent = await page.request.post('/api/chat/post_message', { form: message, headers: { origin: new URL(page.url()).origin, accept: 'application/json' } });
  expect(sent.status()).toBe(200);
}

/** Invites somebody with such a message; answers the path in the mail. */
async function invite(page: Page, event: EventPaths, message: string): Promise<string> {
  const { email } = person('Gina');
  await submit(page, `${event.public}/manage/invitations`, { email, message });
  return linkFromMail(page, email, /\/invitations\/[\w-]+/);
}

/** As development mode shows it. */
async function openNewestMail(page: Page): Promise<void> {
  await page.goto('/dev/mail');
  await page.goto((await page.getByRole('main').getByRole('link').first().getAttribute('href'))!);
}

test('text that looks like code is text on every page', async ({ page, newPerson, browserErrors }) => {
  test.setTimeout(900_000);
  browserErrors.allow(/status of 4(22|04)/); // what a search or an address of such text answers
  await page.addInitScript(() => { Object.assign(window, { canary: () => console.error('a payload ran') }); });
  const invited = await newPerson();
  await invited.addInitScript(() => { Object.assign(window, { canary: () => console.error('a payload ran') }); });
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  await page.goto(event.rooms);
  const general = (await page.getByRole('main').getByRole('link', { name: /General/ }).getAttribute('href'))!;
  const own = ['members', 'events', 'statistics', 'audit', 'settings', 'settings/streaming', 'danger', 'invitations', 'invitations/many'].map((name) => `${event.organization}/${name}`);
  const ofEvent = ['', '/now', '/me', '/people', '/agenda', '/manage', '/manage/details', '/manage/content', '/manage/settings', '/manage/people', '/manage/invitations', '/manage/invitations/many'].map((name) => `${event.public}${name}`);
  const settings = ['profile', 'privacy', 'account', 'security', 'devices', 'notifications'].map((name) => `/settings/${name}`);
  const pages = ['/home', ...settings, '/notifications', '/dev/mail', event.organization, ...own, ...ofEvent, general];
  for (let start = 0; start < PAYLOADS.length; start += AT_ONCE) {
    const texts = PAYLOADS.slice(start, start + AT_ONCE);
    while (texts.length < 8) texts.push(PAYLOADS[texts.length]);
    await write(page, event, general.match(/rooms\/([\w-]+)/)![1], texts);
    expect(await dangerous(page)).toEqual([]);
    const typed = encodeURIComponent(texts[0].slice(0, 90));
    const searches = [`${event.organization}/members?search=`, `${event.organization}/invitations?search=`, `${event.public}/manage/invitations?search=`, '/events?search=', '/events?city=', `${event.public}/agenda?q=`, `${event.public}/speakers?q=`];
    const echoes = [...searches, '/signin?next=', '/signup?next='].map((search) => `${search}${typed}`);
    const link = await invite(page, event, texts.join(' ').slice(0, 490));
    await invited.goto(link);
    expect(await dangerous(invited), link).toEqual([]);
    await openNewestMail(page);
    expect(await dangerous(page), 'the invitation in the list of mails').toEqual([]);
    for (const route of [...pages, ...echoes]) {
      await page.goto(route);
      expect(await dangerous(page), route).toEqual([]);
    }
  }
  await page.goto(general);
  await expect(page.getByRole('log')).toContainText(PAYLOADS.at(-1)!);
});

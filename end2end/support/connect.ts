import type { Page } from '@playwright/test';
import { publishedEvent, register } from './event.ts';
import type { EventPaths } from './event.ts';
import { person, signUp } from './people.ts';
import { expect } from './test.ts';
import type { NewPerson } from './test.ts';

/** The first asks on the other's profile; both have registered for the event. */
export async function askToConnect(asker: Page, event: EventPaths, name: string, words: string): Promise<void> {
  await asker.goto(`${event.public}/people`);
  await asker.getByRole('main').getByRole('link', { name: new RegExp(name) }).first().click();
  await asker.getByLabel('Your own words').fill(words);
  await asker.getByRole('button', { name: 'Send request' }).click();
  await expect(asker.getByRole('button', { name: 'Send request' })).toHaveCount(0);
}

/** Accepts the one request that waits. */
export async function acceptRequest(page: Page): Promise<void> {
  await page.goto('/connections?list=received');
  await page.getByRole('button', { name: /^Accept/ }).click();
  await expect(page.getByRole('button', { name: /^Accept/ })).toHaveCount(0);
}

/** Ada and Ben, both registered. */
export async function twoAtAnEvent(page: Page, newPerson: NewPerson): Promise<{ event: EventPaths; ada: Page; ben: Page }> {
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  const [ada, ben] = [await newPerson(), await newPerson()];
  await signUp(ada, person('Ada'));
  await register(ada, event);
  await signUp(ben, person('Ben'));
  await register(ben, event);
  return { event, ada, ben };
}

/** As `twoAtAnEvent`, connected; answers the path of what they have said, which is Ada's "Kites?". */
export async function connected(page: Page, newPerson: NewPerson): Promise<{ event: EventPaths; ada: Page; ben: Page; conversation: string }> {
  const two = await twoAtAnEvent(page, newPerson);
  await askToConnect(two.ada, two.event, 'Ben', 'Kites?');
  await acceptRequest(two.ben);
  await two.ada.goto('/inbox');
  const conversation = (await two.ada.locator('.conversation-link').first().getAttribute('href'))!.split('#')[0]!;
  return { ...two, conversation };
}

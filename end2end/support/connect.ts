import type { Page } from '@playwright/test';
import type { EventPaths } from './event.ts';
import { expect } from './test.ts';

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

import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

export interface EventPaths {
  title: string;
  organization: string;
  public: string;
  rooms: string;
}

/** An organizer who is signed in makes an organization and a published event in it. */
export async function publishedEvent(page: Page): Promise<EventPaths> {
  const mark = randomUUID().slice(0, 8);
  const organization = await createOrganization(page, `Harbour Club ${mark}`);
  const event = await createEvent(page, organization, `Harbour Days ${mark}`);
  await publish(page, event);
  return event;
}

/** Answers its path. */
export async function createOrganization(page: Page, name: string): Promise<string> {
  await page.goto('/organizations/new');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Create organization' }).click();
  await expect(page).toHaveURL(/\/organizations\/(?!new)[\w-]+$/);
  await expect(page.getByRole('heading', { name })).toBeVisible();
  return new URL(page.url()).pathname;
}

async function createEvent(page: Page, organization: string, title: string): Promise<EventPaths> {
  await page.goto(`${organization}/events/new`);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Description').fill('Three days by the water, for people who build things.');
  await page.getByLabel('First day').fill('2031-06-02');
  await page.getByLabel('Last day').fill('2031-06-04');
  // Without a venue: an event that is held somewhere cannot be published before it says where.
  await page.getByRole('radio', { name: 'Online', exact: true }).check();
  await page.getByRole('button', { name: 'Create event' }).click();
  await expect(page).toHaveURL(/\/events\/(?!new)[\w-]+/);
  const slug = new URL(page.url()).pathname.match(/^\/events\/([\w-]+)/)![1];
  return { title, organization, public: `/events/${slug}`, rooms: `/events/${slug}/rooms` };
}

async function publish(page: Page, event: EventPaths): Promise<void> {
  await page.goto(`${event.public}/manage`);
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Publish', exact: true })).toHaveCount(0);
}

/** From the event's public page into its list of rooms. */
export async function register(page: Page, event: EventPaths): Promise<void> {
  await page.goto(event.public);
  await page.getByRole('button', { name: 'Register', exact: true }).first().click();
  await expect(page.getByRole('button', { name: 'Register', exact: true })).toHaveCount(0);
}

/** The General room, which every event has from the start. */
export async function openGeneral(page: Page, event: EventPaths): Promise<void> {
  await page.goto(event.rooms);
  await page.getByRole('main').getByRole('link', { name: /General/ }).click();
  await expect(page).toHaveURL(/\/rooms\/[\w-]+(#\w+)?$/);
  await expect(page.getByRole('heading', { level: 1, name: /General/ })).toBeVisible();
}

/** Where a text stands among the room's messages, as often as it does. */
export function inRoom(page: Page, text: string): Locator {
  return page.getByRole('log').getByText(text);
}

export async function post(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: /message/i }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

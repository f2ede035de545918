import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Opens a page and waits until each of its islands answers: they hydrate some time after the load event. */
export async function gotoHydrated(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await waitUntilHydrated(page);
}

export async function waitUntilHydrated(page: Page): Promise<void> {
  const islands = await page.locator('leptos-island').count();
  expect(islands, `${page.url()} must have an island to wait for`).toBeGreaterThan(0);
  await expect(page.locator('leptos-island:not([data-hydrated]):not(:has([data-hydrated]))')).toHaveCount(0);
}

import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Opens a page and waits until each of its islands answers: they hydrate some time after the load event. */
export async function gotoHydrated(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await waitUntilHydrated(page);
}

export async function waitUntilHydrated(page: Page): Promise<void> {
  const islands = await page.locator('leptos-island').count();
  expect(islands, `${page.url()} must have an island to wait for`).toBeGreaterThan(0);
  await expect(page.locator('leptos-island:not([data-hydrated]):not(:has(> [data-hydrated]))')).toHaveCount(0);
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** WCAG 2.2 A and AA as far as a machine can tell. */
export async function checkA11y(page: Page): Promise<void> {
  // axe is a script. The HTML is the same that the other projects check.
  if (test.info().project.use.javaScriptEnabled === false) return;
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const report = violations.map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.map((node) => node.target.join(' '))].join('\n  '));
  expect(report, `${page.url()} must be accessible`).toEqual([]);
}

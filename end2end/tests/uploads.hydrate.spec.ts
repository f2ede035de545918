// Pictures as a browser sends them: refused with the reason at the field, kept and shown, and none of it an error in the
// console.

import type { Page } from '@playwright/test';
import { publishedEvent } from '../support/event.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const picture = new URL('../../public/og.png', import.meta.url).pathname;
const notes = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('Not a picture, whatever it is called.') };
const refusal = 'This is no picture that can be shown here. Use a PNG, JPEG, WebP or GIF file.';

/** Sends notes, then a picture, and waits until it is drawn where the page shows it. */
async function sendBoth(page: Page, field: RegExp, button: string, shown: string): Promise<void> {
  await page.getByLabel(field).setInputFiles(notes);
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByText(refusal).first()).toBeVisible();
  await expect(page.getByLabel(field)).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel(field).setInputFiles(picture);
  await page.getByRole('button', { name: button }).click();
  await expect(page.getByText(refusal)).toHaveCount(0);
  const image = page.locator(shown);
  await expect(image).toHaveAttribute('src', /^\/files\//);
  await expect.poll(() => image.evaluate((drawn: HTMLImageElement) => drawn.naturalWidth)).toBeGreaterThan(0);
}

test('a photo is refused with its reason, then kept and shown', async ({ page, browserErrors }) => {
  // The test's own recorder reads the preview, and the page's policy does not let it.
  browserErrors.allow(/Connecting to 'blob:/);
  await signUp(page, person('Ada'));
  await page.goto('/settings/profile');
  await sendBoth(page, /^Choose a photo/, 'Save photo', '[data-preview="avatar"] img');
});

test('so is the logo of a sponsor', async ({ page, browserErrors }) => {
  // The test's own recorder reads the preview, and the page's policy does not let it.
  browserErrors.allow(/Connecting to 'blob:/);
  await signUp(page, person('Olivia'));
  const { public: path } = await publishedEvent(page);
  await page.goto(`${path}/manage/sponsors/new`);
  await page.getByLabel('Name', { exact: true }).fill('Acme');
  await page.getByRole('button', { name: 'Add sponsor' }).click();
  await page.getByRole('main').getByRole('link', { name: 'Acme', exact: true }).click();
  await sendBoth(page, /^File/, 'Save logo', '[data-preview="sponsor_logo"] img');
});

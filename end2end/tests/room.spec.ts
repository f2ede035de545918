import { inRoom, openGeneral, post, publishedEvent } from '../support/event.ts';
import { checkA11y } from '../support/accessibility.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOSTILE = '</script></textarea><img src=x onerror=alert(1)> "quoted" \' &';

test('a message that looks like markup is shown as it was typed', async ({ page }) => {
  await signUp(page, person('Olivia'));
  await openGeneral(page, await publishedEvent(page));
  await post(page, HOSTILE);
  await expect(inRoom(page, HOSTILE)).toBeVisible();
  await page.reload();
  await expect(inRoom(page, HOSTILE)).toHaveCount(1);
  expect(await page.locator('img[onerror]').count()).toBe(0);
});

test('a form that is refused keeps what was typed and names the fields', async ({ page }) => {
  await page.goto('/signup');
  await page.getByLabel('First name').fill(HOSTILE);
  await page.getByLabel('Last name').fill('Okafor');
  await page.getByLabel('Email address').fill('ada@example.org');
  await page.getByLabel('Password', { exact: true }).fill('password123');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText(/too easy to guess/).first()).toBeVisible();
  await expect(page.getByLabel('First name')).toHaveValue(HOSTILE);
  await expect(page.getByLabel('Email address')).toHaveValue('ada@example.org');
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  await checkA11y(page);
});

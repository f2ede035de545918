import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const HOUR_MS = 3_600_000;

// What plain account pages gain from their script. None of them has an island.

test('a new password is judged while it is typed', async ({ page }) => {
  await page.goto('/signup');
  await page.getByLabel('First name').fill('Adalbert');
  const password = page.getByLabel('Password', { exact: true });
  const says = page.locator('.password-estimate');
  await expect(says).toBeHidden();
  await password.fill('Adalbert1');
  await expect(says.getByRole('status')).toHaveText(/too easy to guess/);
  await password.fill('seven velvet tr0mbones');
  await expect(says.getByRole('status')).toHaveText('Hard to guess.');
  await expect(says.getByRole('meter')).toHaveAttribute('aria-label', 'How hard it is to guess');
  await password.fill('');
  await expect(says).toBeHidden();
});

test('two tabs are warned before the session ends, and one answer counts for both', async ({ page }) => {
  const ada = person('Ada');
  await signUp(page, ada);
  await page.clock.install();
  await page.goto('/settings/profile');
  const other = await page.context().newPage();
  await other.goto('/settings/devices');
  const warning = (tab: typeof page) => tab.getByRole('alert').filter({ hasText: 'signed out in two minutes' });
  await page.clock.fastForward(166 * HOUR_MS);
  for (const tab of [page, other]) await expect(warning(tab)).toBeHidden();
  await page.clock.fastForward(2 * HOUR_MS - 60_000);
  for (const tab of [page, other]) await expect(warning(tab)).toBeVisible();
  await page.getByRole('button', { name: 'Stay signed in' }).click();
  await expect(warning(page)).toBeHidden();
  await page.clock.fastForward(6000);
  for (const tab of [page, other]) await expect(warning(tab)).toBeHidden();
  await page.goto('/home');
  await expect(page).toHaveURL(/\/home$/);
});

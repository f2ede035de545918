import { inRoom, openGeneral, post, publishedEvent } from '../support/event.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.use({ hasTouch: true, isMobile: true });

test('on a touch screen a message opens its actions where it is touched, and Enter breaks the line', async ({ page }) => {
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await openGeneral(page, event);
  await waitUntilHydrated(page);
  await post(page, 'Touch me');
  await post(page, 'Not me');
  await expect(inRoom(page, 'Not me')).toHaveCount(1);
  const actions = page.getByRole('group', { name: 'Actions', exact: true });
  await inRoom(page, 'Touch me').tap();
  await expect(page.locator('.message', { hasText: 'Touch me' }).getByRole('group', { name: 'Actions', exact: true })).toBeVisible();
  await actions.getByRole('button', { name: '👍' }).tap();
  await expect(page.locator('.message', { hasText: 'Touch me' }).getByRole('button', { name: '👍 1' })).toBeVisible();
  await expect(actions).toHaveCount(0);
  await inRoom(page, 'Not me').tap();
  await expect(actions).toBeVisible();
  await inRoom(page, 'Not me').tap();
  await expect(actions).toHaveCount(0);

  const composer = page.getByRole('textbox', { name: /message/i });
  await composer.fill('First line');
  await composer.press('End');
  await composer.press('Enter');
  await page.keyboard.type('second line');
  await expect(composer).toHaveValue('First line\nsecond line');
});

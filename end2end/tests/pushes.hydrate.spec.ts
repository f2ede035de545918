// What the service worker does with a push, in a real browser: DevTools hands it over as the browser's push service would.

import type { Page, Worker } from '@playwright/test';
import { person, signUp } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const news = { id: '00000000-0000-0000-0000-000000000001', title: 'Ada wants to connect with you', body: 'Kites?', link: '/connections?list=received' };

/** Registers the worker as the settings do; answers it and the way a push comes to it. */
async function listening(page: Page): Promise<{ worker: Worker; push: (message: unknown) => Promise<unknown> }> {
  const devTools = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devTools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations.forEach(({ registrationId }) => resolve(registrationId)));
  });
  await devTools.send('ServiceWorker.enable');
  const starting = page.context().waitForEvent('serviceworker');
  await page.evaluate(() => navigator.serviceWorker.register('/service-worker.js').then(() => navigator.serviceWorker.ready.then(() => {})));
  const [worker, registrationId, { origin }] = [await starting, await registered, new URL(page.url())];
  return { worker, push: (message) => devTools.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data: JSON.stringify(message) }) };
}

/** The titles that the system shows. */
function shown(worker: Worker): Promise<string[]> {
  return worker.evaluate(async () => {
    const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
    return (await registration.getNotifications()).map(({ title, body }) => `${title}: ${body}`);
  });
}

test('a push is shown while nobody looks, once for one thing, and not over a page that somebody looks at', async ({ page, context }) => {
  await context.grantPermissions(['notifications']);
  await signUp(page, person('Nina'));
  await page.goto('/settings/notifications');
  await expect(page.getByText('This device is not pushed to.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Push to this device' })).toBeVisible();
  const { worker, push } = await listening(page);
  await push({ ...news, id: '00000000-0000-0000-0000-000000000002' });
  await push('nothing of ours');
  // What came is dealt with in order: after this one both are done.
  await Promise.all([page.waitForURL('about:blank'), page.evaluate(() => location.assign('about:blank'))]);
  await push({ ...news, title: 'Ada wrote to you' });
  await expect.poll(() => shown(worker)).toEqual(['Ada wrote to you: Kites?']);
  await push({ ...news, title: 'Ada wrote you 2 messages' });
  await expect.poll(() => shown(worker)).toEqual(['Ada wrote you 2 messages: Kites?']);
});

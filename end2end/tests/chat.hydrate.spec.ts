import type { Page } from '@playwright/test';
import { inRoom, openGeneral, post, publishedEvent, register } from '../support/event.ts';
import { waitUntilHydrated } from '../support/page.ts';
import { person, signUp } from '../support/people.ts';
import type { Person } from '../support/people.ts';
import type { CuttableNetwork } from '../support/cuttable-network.ts';
import { expect, test } from '../support/test.ts';
import type { NewPerson } from '../support/test.ts';

const OUTAGE_MS = 10_000;

/** Ada and Ben, both registered, both in General, both live. Ada's network may be one that can be cut. */
async function twoInGeneral(page: Page, newPerson: NewPerson, adasNetwork?: CuttableNetwork): Promise<{ ada: Page; ben: Page }> {
  await signUp(page, person('Olivia'));
  const event = await publishedEvent(page);
  const inGeneral = async (who: Person, network?: CuttableNetwork) => {
    const theirs = await newPerson(network);
    await signUp(theirs, who);
    await register(theirs, event);
    await openGeneral(theirs, event);
    await waitUntilHydrated(theirs);
    return theirs;
  };
  return { ada: await inGeneral(person('Ada'), adasNetwork), ben: await inGeneral(person('Ben')) };
}

test.describe.configure({ timeout: 120_000 });

test('a message appears in the other browser without a reload', async ({ page, newPerson }) => {
  const { ada, ben } = await twoInGeneral(page, newPerson);

  await post(ada, 'Can you see this?');
  await expect(inRoom(ben, 'Can you see this?')).toHaveCount(1);

  await post(ben, 'I can');
  await expect(inRoom(ada, 'I can')).toHaveCount(1);
  await expect(ada.getByRole('textbox', { name: /message/i })).toHaveValue('');
});

test('the other browser shows who is typing', async ({ page, newPerson }) => {
  const { ada, ben } = await twoInGeneral(page, newPerson);

  await expect(ben.getByText(/is typing/)).toHaveCount(0);
  await ada.getByRole('textbox', { name: /message/i }).pressSequentially('Thinking…', { delay: 50 });
  await expect(ben.getByText(/Ada.* is typing/)).toBeVisible();
});

test('a message sent during an outage of 10 s is delivered exactly once', async ({ page, newPerson, network, browserErrors }) => {
  const { ada, ben } = await twoInGeneral(page, newPerson, network);
  // The browser itself reports each attempt to reconnect.
  browserErrors.allow(/net::ERR_|WebSocket connection to .* failed/);
  await post(ada, 'before the outage');
  await expect(inRoom(ben, 'before the outage')).toHaveCount(1);

  await network.cut(ada.context());
  await post(ada, 'written in the tunnel');
  await post(ben, 'said meanwhile');
  // The length of the outage is part of the promise.
  await ada.waitForTimeout(OUTAGE_MS);
  await expect(inRoom(ben, 'written in the tunnel'), 'the network must really have been cut').toHaveCount(0);
  await expect(inRoom(ada, 'said meanwhile'), 'the network must really have been cut').toHaveCount(0);
  await network.restore(ada.context());

  await expect(inRoom(ben, 'written in the tunnel')).toHaveCount(1, { timeout: 30_000 });
  await expect(inRoom(ada, 'said meanwhile')).toHaveCount(1);
  await expect(inRoom(ada, 'written in the tunnel')).toHaveCount(1);

  await Promise.all([ada.reload(), ben.reload()]);
  await expect(inRoom(ada, 'written in the tunnel'), 'stored once').toHaveCount(1);
  await expect(inRoom(ben, 'written in the tunnel'), 'stored once').toHaveCount(1);
});

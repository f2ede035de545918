import type { Page } from '@playwright/test';

// The conference that the server under test loads at its start (src/seed.rs).

const password = 'atria-demo-lantern-42';

export const demo = {
  event: '/events/tidewater-conf',
  organizer: { firstName: 'Olivia', lastName: '', email: 'olivia@example.org', password },
  attendee: { firstName: 'Ada', lastName: '', email: 'ada@example.org', password },

  /** The id of one of its people, for whoever is signed in. */
  async somebody(page: Page): Promise<string> {
    await page.goto(`${demo.event}/people`);
    const address = await page.getByRole('main').locator(`a[href*="${demo.event}/people/"]`).first().getAttribute('href');
    return address!.split('/').at(-1)!.split(/[?#]/)[0];
  },
};

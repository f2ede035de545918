import { test as base } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { checkA11y, checkVisits } from './accessibility.ts';
import { BrowserErrors } from './browser-errors.ts';
import { CuttableNetwork } from './cuttable-network.ts';

export { expect } from '@playwright/test';

export interface AtriaOptions {
  /** The WASM module never arrives, as behind a filter or on a failing line. */
  wasmBlocked: boolean;
}

interface AtriaFixtures {
  /** What the browsers complained about. A test that provokes an error names it with `allow`. */
  browserErrors: BrowserErrors;
  /** Another person's browser: own cookies, watched like the first. Closed after the test. */
  newPerson: NewPerson;
  /** A network that a test can cut; give it to `newPerson`. */
  network: CuttableNetwork;
}

export type NewPerson = (network?: CuttableNetwork) => Promise<Page>;

export const test = base.extend<AtriaOptions & AtriaFixtures>({
  wasmBlocked: [false, { option: true }],

  browserErrors: async ({ wasmBlocked }, use) => {
    const errors = new BrowserErrors({ wasmBlocked });
    await use(errors);
    errors.expectNone();
  },

  context: async ({ context, browserErrors, wasmBlocked }, use) => {
    await watched(context, browserErrors, wasmBlocked);
    await use(context);
  },

  page: async ({ page }, use) => {
    checkVisits(page);
    await use(page);
    await checkWhereItEnded(page);
  },

  newPerson: async ({ browser, browserErrors, wasmBlocked }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (network) => {
      const context = await browser.newContext(network ? { proxy: { server: network.address } } : {});
      contexts.push(context);
      await watched(context, browserErrors, wasmBlocked);
      const page = await context.newPage();
      checkVisits(page);
      return page;
    });
    try {
      for (const context of contexts) await Promise.all(context.pages().map(checkWhereItEnded));
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
  },

  network: async ({}, use) => {
    const network = await CuttableNetwork.open();
    await use(network);
    network.close();
  },
});

/** A network of its own for each browser, because strangers are limited by network. The server trusts this machine as its proxy. */
let networks = 0;
function ownNetwork(): Record<string, string> {
  networks += 1;
  return { 'x-forwarded-for': `198.18.${base.info().workerIndex % 256}.${networks % 256}` };
}

async function watched(context: BrowserContext, errors: BrowserErrors, wasmBlocked: boolean): Promise<void> {
  errors.watch(context);
  await context.setExtraHTTPHeaders(ownNetwork());
  if (wasmBlocked) await context.route('**/*.wasm', (route) => route.abort());
}

/** Where clicks led to, and what the page became there. */
async function checkWhereItEnded(page: Page): Promise<void> {
  const info = base.info();
  if (info.status === info.expectedStatus && !page.isClosed() && page.url() !== 'about:blank') await checkA11y(page);
}

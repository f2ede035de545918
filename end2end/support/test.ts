import { test as base } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
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

  newPerson: async ({ browser, browserErrors, wasmBlocked }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (network) => {
      const context = await browser.newContext(network ? { proxy: { server: network.address } } : {});
      contexts.push(context);
      await watched(context, browserErrors, wasmBlocked);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  network: async ({}, use) => {
    const network = await CuttableNetwork.open();
    await use(network);
    network.close();
  },
});

async function watched(context: BrowserContext, errors: BrowserErrors, wasmBlocked: boolean): Promise<void> {
  errors.watch(context);
  if (wasmBlocked) await context.route('**/*.wasm', (route) => route.abort());
}

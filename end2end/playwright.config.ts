import { defineConfig } from '@playwright/test';
import type { PlaywrightTestConfig } from '@playwright/test';
import { chromiumPath, isRoot, serverUrl } from './support/environment.ts';
import type { AtriaOptions } from './support/test.ts';

const plainSpecs = /(?<!\.hydrate)\.spec\.ts$/;

const projects: PlaywrightTestConfig<AtriaOptions>['projects'] = [
  { name: 'chromium' },
  { name: 'no-javascript', testMatch: plainSpecs, use: { javaScriptEnabled: false } },
  // What a person sees whose network, browser or policy never delivers the module.
  // Its pages are the HTML of the others; the walk through all of them is not repeated.
  { name: 'wasm-blocked', testMatch: plainSpecs, testIgnore: /pages\.spec\.ts$/, use: { wasmBlocked: true } },
];

export default defineConfig<AtriaOptions>({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: process.env.CI === 'true',
  retries: 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./support/closing-line.ts']],
  globalSetup: './support/server.ts',
  use: {
    baseURL: serverUrl,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: chromiumPath,
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects,
});

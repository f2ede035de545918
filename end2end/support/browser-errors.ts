import { expect } from '@playwright/test';
import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test';

/** Every error a browser reported: console, uncaught exceptions and CSP violations (Chromium logs those as errors). */
export class BrowserErrors {
  private readonly seen: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly options: { wasmBlocked: boolean }) {}

  watch(context: BrowserContext): void {
    context.on('console', (message) => this.onConsole(message));
    context.on('weberror', (error) => this.onException(error.page(), error.error()));
  }

  /** Call before provoking the error; the reason belongs into a comment beside it. */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern);
  }

  expectNone(): void {
    const unexpected = this.seen.filter((text) => !this.allowed.some((pattern) => pattern.test(text)));
    expect(unexpected, 'the browser must not report errors').toEqual([]);
  }

  private onConsole(message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const isBlockedWasm = /\.wasm\b/.test(url) || /\.wasm\b/.test(message.text());
    if (this.options.wasmBlocked && isBlockedWasm) return;
    this.seen.push(`${message.page()?.url()}: console: ${message.text()} (${url})`);
  }

  private onException(page: Page | null, error: Error): void {
    // The loader's rejected fetch; it does not name the file.
    if (this.options.wasmBlocked && error.message === 'Failed to fetch') return;
    this.seen.push(`${page?.url()}: exception: ${error.stack ?? error.message}`);
  }
}

import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase } from '@playwright/test/reporter';

/** Ends the run with one plain line. bin/test asks for it in a file, to print it after everything else. */
export default class ClosingLine implements Reporter {
  private readonly ended = new Set<TestCase>();
  private errors = 0;

  onTestEnd(test: TestCase): void {
    this.ended.add(test);
  }

  /** The server did not start, or a spec could not be read: no test ended, and yet the run failed. */
  onError(): void {
    this.errors += 1;
  }

  onExit(): Promise<void> {
    const outcomes = [...this.ended].map((test) => test.outcome());
    const passed = outcomes.filter((outcome) => outcome === 'expected').length;
    const skipped = outcomes.filter((outcome) => outcome === 'skipped').length;
    const failed = outcomes.length - passed - skipped + this.errors;
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    const file = process.env.ATRIA_E2E_SUMMARY;
    if (file) writeFileSync(file, line);
    else process.stdout.write(line);
    return Promise.resolve();
  }

  printsToStdio(): boolean {
    return false;
  }
}

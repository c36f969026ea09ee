// Prints at the end what each project costs: its tests, and the seconds that they ran, one after the other.

import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

export default class Cost implements Reporter {
  private readonly projects = new Map<string, { tests: number; ms: number }>();

  onTestEnd(test: TestCase, result: TestResult): void {
    const name = test.parent.project()?.name ?? "";
    const before = this.projects.get(name) ?? { tests: 0, ms: 0 };
    this.projects.set(name, { tests: before.tests + 1, ms: before.ms + result.duration });
  }

  onEnd(): void {
    for (const [name, { tests, ms }] of this.projects) console.log(`  ${name.padEnd(30)}${String(tests).padStart(4)} tests${String(Math.round(ms / 1000)).padStart(7)} s`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

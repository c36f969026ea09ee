// Prints at the end what each project and each engine costs: its tests, and the seconds that they ran, one after the other; and last,
// where only the end of a log is kept, what failed.

import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** By how the names of its projects begin; those of Chromium have none of these. */
const ENGINES = [
  ["firefox", "Firefox"],
  ["webkit", "WebKit"],
  ["mail", "mail, mostly without a browser"],
] as const;

interface Sum {
  tests: number;
  ms: number;
}

export default class Cost implements Reporter {
  private readonly projects = new Map<string, Sum>();
  private readonly engines = new Map<string, Sum>();
  private readonly failed: string[] = [];
  private begun = Date.now();

  onBegin(): void {
    this.begun = Date.now();
  }

  onTestEnd(test: TestCase, { duration, status, error }: TestResult): void {
    const name = test.parent.project()?.name ?? "";
    if (status !== test.expectedStatus) this.failed.push(`${name}: ${test.title}: ${status}: ${(error?.message ?? "").slice(0, 400)}`);
    const engine = ENGINES.find(([prefix]) => name.startsWith(prefix))?.[1] ?? "Chromium";
    for (const [sums, key] of [[this.projects, name], [this.engines, engine]] as const) {
      const { tests, ms } = sums.get(key) ?? { tests: 0, ms: 0 };
      sums.set(key, { tests: tests + 1, ms: ms + duration });
    }
  }

  onEnd(): void {
    // What is only listed costs nothing.
    if (this.projects.size === 0) return;
    for (const sums of [this.projects, this.engines]) {
      for (const [name, { tests, ms }] of sums) console.log(`  ${name.padEnd(31)}${String(tests).padStart(4)} tests${seconds(ms)}`);
    }
    console.log(`  ${"by the clock".padEnd(41)}${seconds(Date.now() - this.begun)}`);
    for (const line of this.failed) console.log(`  failed: ${line}`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

function seconds(ms: number): string {
  return `${String(Math.round(ms / 1000)).padStart(7)} s`;
}

// axe in the page itself. Its builder for Playwright opens a blank page for every look, which costs more than the look.

import type { Page } from "@playwright/test";
import axe, { type AxeResults, type RunOptions } from "axe-core";

/** What axe finds wrong with the page as it is now. A page with frames has to leave them out: they do not have axe in them. */
export async function violations(page: Page, options: Pick<RunOptions, "runOnly" | "rules"> = {}, without: string[] = []): Promise<AxeResults["violations"]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate<AxeResults, { without: string[]; options: object }>(
    (given) => (window as unknown as { axe: typeof axe }).axe.run({ exclude: given.without }, { ...given.options, resultTypes: ["violations", "incomplete"] }),
    { without, options },
  );
  if (found.incomplete.some((rule) => rule.id === "frame-tested")) throw new Error(`${page.url()} has a frame that axe cannot look into`);
  return found.violations;
}

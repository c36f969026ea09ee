// axe in the page itself. Its builder for Playwright opens a blank page for every look, which costs more than the look.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type axe from "axe-core";
import type { AxeResults, RunOptions } from "axe-core";

/** The small one is in the page in half the time. */
const SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Rgba {
  r: number;
  g: number;
  b: number;
  alpha: number;
}

/** The page's own window, once axe is in it. Its types leave colours out. */
declare const window: Window & { axe: typeof axe & { commons: { color: { Color: { prototype: { parseString: (this: Rgba, text: string) => Rgba } } } } } };

/** Lets axe read the text of each colour once: it reads the same few again and again, in a third of its time. */
function readColoursOnce(): void {
  const { prototype } = window.axe.commons.color.Color;
  const read = prototype.parseString;
  const known = new Map<string, Rgba>();
  prototype.parseString = function (text) {
    const { r, g, b, alpha } = known.get(text) ?? read.call(this, text);
    known.set(text, { r, g, b, alpha });
    return Object.assign(this, { r, g, b, alpha });
  };
}

/** What axe finds wrong with the page as it is now. A page with frames has to leave them out: they do not have axe in them. */
export async function violations(page: Page, options: Pick<RunOptions, "runOnly" | "rules"> = {}, without: string[] = []): Promise<AxeResults["violations"]> {
  if (!(await page.evaluate(() => "axe" in window))) {
    await page.evaluate(SOURCE);
    await page.evaluate(readColoursOnce);
  }
  const { found, framed } = await page.evaluate<{ found: AxeResults["violations"]; framed: boolean }, { without: string[]; options: object }>(
    // None of the rules that are asked for looks into sheets of style. What passes stays in the page.
    async ({ without, options }) => {
      const { violations, incomplete } = await window.axe.run({ exclude: without }, { ...options, resultTypes: ["violations", "incomplete"], preload: { assets: ["media"] } });
      return { found: violations, framed: incomplete.some((rule) => rule.id === "frame-tested") };
    },
    { without, options },
  );
  if (framed) throw new Error(`${page.url()} has a frame that axe cannot look into`);
  return found;
}

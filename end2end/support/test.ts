// The fixtures of what Playwright drives. No test passes while a browser complains.

import { type BrowserContext, expect, type Page } from "@playwright/test";
import { violations } from "./axe";
import { Browser } from "./browser";
import { ownDatabase } from "./database";
import { Nirin, type NirinOptions } from "./nirin";
import { type Choices, shared } from "./shared";
import { Visitor } from "./visitor";

export { HEADING, TIME } from "./browser";
export { SUBJECT } from "./mailbox";
export { DEMO, OTHER_PASSWORD, PASSWORD, type Person } from "./people";
export { Browser, type Choices, expect, Visitor };

/** Marks a test that needs what only Chromium has, and says why. The other engines leave it out. */
export const CHROMIUM = (reason: string) => ({ tag: "@chromium", annotation: { type: "Chromium only", description: reason } });

interface Own {
  /** What browsers complain about; add to `allowed` what a test expects. */
  complaints: { found: string[]; allowed: RegExp[]; watch: (context: BrowserContext) => void };
  me: Browser;
  /** A browser that knows nothing of the first: another device. */
  elsewhere: () => Promise<Browser>;
  /** Finds no violation on the page as it is now. */
  accessible: (page: Page) => Promise<void>;
  /** A server of one's own: for limits and settings. */
  ownNirin: (options?: NirinOptions) => Promise<Nirin>;
}

export const test = shared.extend<Own>({
  baseURL: async ({ nirin }, use) => use(nirin.url),

  complaints: [
    async ({ context }, use) => {
      const found: string[] = [];
      // A form that has to be mended is answered with 422 where script does not take it over.
      const allowed = [/status of 422/];
      const watch = (watched: BrowserContext) => {
        watched.on("console", (said) => {
          if (said.type() === "error" || /Content.Security.Policy|violat/i.test(said.text())) found.push(`${said.text()} (${said.location().url})`);
        });
        watched.on("weberror", (thrown) => found.push(String(thrown.error())));
      };
      watch(context);
      await use({ found, allowed, watch });
      expect(found.filter((line) => !allowed.some((pattern) => pattern.test(line))), "the browser complained").toEqual([]);
    },
    { auto: true },
  ],

  me: async ({ page, script }, use) => use(new Browser(page, script)),

  elsewhere: async ({ browser, script, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      complaints.watch(context);
      return new Browser(await context.newPage(), script);
    });
    for (const context of contexts) await context.close();
  },

  accessible: async ({}, use) =>
    use(async (page) => {
      const found = await violations(page, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
      const named = found.map((rule) => `${rule.id}: ${rule.help}\n  ${rule.nodes.map((node) => node.html).join("\n  ")}`);
      expect(named, "axe found violations").toEqual([]);
    }),

  ownNirin: async ({ contracts }, use) => {
    const started: Nirin[] = [];
    await use(async (options = {}) => {
      const nirin = await Nirin.start({ ...ownDatabase(), ...options, settings: { "rehearsal.contracts": contracts, ...options.settings } });
      started.push(nirin);
      return nirin;
    });
    for (const nirin of started) await nirin.stop();
  },
});

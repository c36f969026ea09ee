// The fixtures. A server per worker, a person per test, and no test passes while a browser complains.

import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page, test as base } from "@playwright/test";
import { Browser } from "./browser";
import { ownDatabase } from "./database";
import { Mailbox } from "./mailbox";
import { Nirin, type NirinOptions } from "./nirin";
import { contractsFile, People, type Person } from "./people";
import { Visitor } from "./visitor";

export { HEADING } from "./browser";
export { SUBJECT } from "./mailbox";
export { DEMO, OTHER_PASSWORD, PASSWORD, type Person } from "./people";
export { Browser, expect, Visitor };

/** What projects choose. */
export interface Choices {
  /** Whether the browser runs script. */
  script: boolean;
}

/** Limits that many tests of one machine would run into. Tests of limits start a server of their own. */
const ROOM = { "limits.resets_per_address": 10_000, "limits.identity_per_address": 10_000, "limits.sign_in_per_address": 10_000, "limits.reset_pause_min_ms": 0, "limits.reset_pause_max_ms": 300 };

interface Shared {
  contracts: string;
  nirin: Nirin;
  people: People;
}

interface Own {
  mailbox: Mailbox;
  /** Turns the server's clock forward, in seconds. */
  clock: (seconds: number) => Promise<void>;
  /** Somebody with a contract, and no account yet. */
  person: Person;
  /** Somebody with an account. */
  member: Person;
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

export const test = base.extend<Own, Shared & Choices>({
  script: [true, { option: true, scope: "worker" }],

  contracts: [async ({}, use) => use(contractsFile()), { scope: "worker" }],

  nirin: [
    async ({ contracts }, use) => {
      const nirin = await Nirin.start({ ...ownDatabase(), settings: { ...ROOM, "rehearsal.contracts": contracts } });
      await use(nirin);
      await nirin.stop();
    },
    { scope: "worker" },
  ],

  people: [async ({}, use) => use(new People()), { scope: "worker" }],

  baseURL: async ({ nirin }, use) => use(nirin.url),

  mailbox: async ({ nirin }, use) => use(new Mailbox(nirin)),

  clock: async ({ nirin }, use) => use((seconds) => nirin.turnClock(seconds)),

  person: async ({ people }, use) => use(people.next()),

  member: async ({ nirin, people, mailbox }, use) => {
    const member = people.next();
    await new Visitor(nirin).enrol(member, mailbox);
    await use(member);
  },

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
      const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
      const named = found.violations.map((rule) => `${rule.id}: ${rule.help}\n  ${rule.nodes.map((node) => node.html).join("\n  ")}`);
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

// The fixtures of WebKit: a server behind TLS, since WebKit keeps secure cookies only there, and a browser per person.

import { expect } from "@playwright/test";
import { Front } from "./front";
import { type PerTest, shared, startShared } from "./shared";
import { type Look, Screen, WebKitBrowser } from "./webkit";

interface Own extends PerTest {
  me: WebKitBrowser;
  /** A browser that knows nothing of the first: another device. */
  elsewhere: (look?: Partial<Pick<Look, "viewport" | "font">>) => Promise<WebKitBrowser>;
  /** Fails when a page broke its policy; the server is told by the browser. */
  obeyed: void;
}

export const test = shared.extend<Own, { display: Screen; front: Front }>({
  display: [
    async ({}, use) => {
      const display = await Screen.start();
      await use(display);
      display.stop();
    },
    { scope: "worker" },
  ],

  front: [
    async ({}, use) => {
      const front = await Front.start();
      await use(front);
      front.stop();
    },
    { scope: "worker" },
  ],

  nirin: [
    async ({ contracts, front }, use) => {
      const nirin = await startShared(contracts, { front: front.url, settings: { "http.trusted_proxies": "127.0.0.0/8,::1/128" } });
      front.to = nirin.port;
      await use(nirin);
      await nirin.stop();
    },
    { scope: "worker" },
  ],

  elsewhere: async ({ nirin, display, script, viewport }, use) => {
    const started: WebKitBrowser[] = [];
    await use(async (look = {}) => {
      const browser = await WebKitBrowser.start({ screen: display, base: nirin.url, script, viewport: viewport ?? { width: 375, height: 667 }, ...look });
      started.push(browser);
      return browser;
    });
    await Promise.all(started.map((browser) => browser.close()));
  },

  me: async ({ elsewhere }, use) => use(await elsewhere()),

  obeyed: [
    async ({ nirin }, use) => {
      const from = nirin.log.length;
      await use();
      expect(nirin.log.slice(from).filter((line) => line.event === "csp_violation")).toEqual([]);
    },
    { auto: true },
  ],
});

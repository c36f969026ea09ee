import { defineConfig, devices } from "@playwright/test";
import { existsSync } from "node:fs";

// Debian's Chromium without windows and Debian's Firefox, or others by their paths. Without them, Playwright takes the browsers that
// `npx playwright install chromium firefox` has brought.
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";
const firefox = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

const inChromium = {
  launchOptions: {
    ...(existsSync(chromium) ? { executablePath: chromium } : {}),
    // Chromium's sandbox does not start for root, as in a container.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  },
};
// A Firefox that Playwright has not brought is driven by WebDriver BiDi. Pictures of it inject a style, which our pages refuse.
const ownFirefox = { channel: "moz-firefox", colorScheme: null, screenshot: "off", launchOptions: { executablePath: firefox } } as const;
const inFirefox = { browserName: "firefox", ...(existsSync(firefox) ? ownFirefox : {}) } as const;
const wide = { viewport: { width: 1280, height: 800 } };

export default defineConfig({
  testDir: "tests",
  // One after another: they share the server's clock, and a test that turns it by a day would end the procedures of the others.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? "dot" : "list",
  use: {
    // Any server of a rehearsal build that is up.
    baseURL: process.env.NIRIN_URL ?? "http://127.0.0.1:3000",
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "phone", use: { ...devices["Pixel 7"], ...inChromium } },
    { name: "desktop", use: { ...wide, ...inChromium } },
    { name: "firefox", use: { ...wide, ...inFirefox } },
  ],
});

import { defineConfig, devices } from "@playwright/test";
import { existsSync } from "node:fs";

// Debian's Chromium without windows, or another one by its path. Without either, Playwright takes the browser that
// `npx playwright install chromium` has brought.
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";

export default defineConfig({
  testDir: "tests",
  // One after another: they share the server's clock, and a test that turns it by a day would end the procedures of the others.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? "dot" : "list",
  use: {
    ...devices["Pixel 7"],
    // Any server of a rehearsal build that is up.
    baseURL: process.env.NIRIN_URL ?? "http://127.0.0.1:3000",
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      // Chromium's sandbox does not start for root, as in a container.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});

import { defineConfig, devices } from "@playwright/test";
import type { Choices } from "./support/test";

const phone = { userAgent: devices["Pixel 7"].userAgent, viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1280, height: 800 } };
/** What has to hold wherever one comes from: on a phone and on a desk, with script and without. */
const everywhere = ["journeys/**", "guard/**"];
/** How a number or name may be spelled depends on neither width nor script: once is enough. */
const spellings = /gets? through the identity check/;
/** Neither does what other programs do to a page. */
const once = /gets? through the identity check|the press answers/;
const withScript = [...everywhere, "script/**", "access/**", "screens/**"];

export default defineConfig<object, Choices>({
  testDir: "tests",
  outputDir: "results",
  // One more than cores: tests wait for mails and events half of the time.
  workers: Number(process.env.WORKERS ?? 3),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [[process.env.CI ? "dot" : "list"]],
  use: {
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    actionTimeout: 10_000,
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-quic",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "phone", testMatch: withScript, use: { ...phone, script: true } },
    { name: "desktop", testMatch: withScript, grepInvert: once, use: { ...desktop, script: true } },
    { name: "phone-without-script", testMatch: everywhere, grepInvert: spellings, use: { ...phone, javaScriptEnabled: false, script: false } },
    { name: "desktop-without-script", testMatch: everywhere, grepInvert: spellings, use: { ...desktop, javaScriptEnabled: false, script: false } },
    { name: "mail", testMatch: "mail/**" },
  ],
});

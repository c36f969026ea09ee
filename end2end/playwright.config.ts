import { defineConfig, devices } from "@playwright/test";
import type { Choices } from "./support/shared";

const phone = { userAgent: devices["Pixel 7"].userAgent, viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1280, height: 800 } };
const chromium = {
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--disable-background-networking", "--disable-quic", "--disable-component-update", "--disable-sync", "--no-first-run"],
  },
};
/** Debian's own Firefox, by WebDriver BiDi. */
const firefox = {
  browserName: "firefox",
  channel: "moz-firefox",
  colorScheme: null,
  // Playwright injects a style for pictures, which violates the policy of the pages.
  screenshot: "off",
  launchOptions: { executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr" },
} as const;
/** What has to hold with script and without. */
const everywhere = ["journeys/**", "guard/**", "engines/playwright*"];
/** How a number or name may be spelled does not depend on script: once is enough. */
const spellings = /gets? through the identity check/;
/** What the width has a part in: what fits, what is in sight, what has the focus. The walks lead through every flow besides. */
const onDesktop = ["engines/playwright*", "access/**", "journeys/pages*", "journeys/portal*", "script/back*"];
/** The gallery sets widths of its own, and neither colours nor what is read out nor where its links lead depends on them. */
const once = /every entry of the gallery|what is read out|the first screens (in|with)|a sentence leads|every sentence is listed|a storyboard leads|what axe finds/;
/** What other programs do to a page is tried in one engine in all its ways. */
const inAllWays = /the press answers/;
/** Pictures to be looked at prove nothing by themselves: they are taken when somebody wants to look, with `SHOTS=1`. */
const pictures = process.env.SHOTS ? ["screens/**"] : [];
/** Journeys of what script adds. */
const needsScript = /@script/;
/** Tests with this tag say in an annotation what they need of Chromium. */
const onlyChromium = /@chromium/;
/**
 * Firefox walks what engines do differently: forms, history, focus, streams, scripts. What the other journeys look at (limits,
 * wording, spellings, who gets which mail) comes from the server and is the same to it; how long a session lives is arithmetic.
 */
const inFirefox = ["engines/playwright*", "guard/**", "script/**"];
const arithmetic = /twelve hours/;
/** Playwright has no driver for Debian's WebKit: these come with one, and with a server behind TLS. */
const inWebKit = "engines/webkit*";
/**
 * About once in a thousand tests WebKitGTK, or its driver, stops answering. A test there that fails is tried once more; the end of the run names it and
 * the command that had no answer, so that a page which WebKit cannot bear is seen as such.
 */
const mayHang = { retries: 1 };
const withScript = [...everywhere, "script/**", "access/**", ...pictures];

/**
 * A Firefox takes as long to start as five tests in it, and every worker of a WebKit project has a screen and a server of its own. So
 * they have few, and are begun first: beside them run the many tests of Chromium, so that nobody waits for one of them at the end.
 */
const one = { workers: 1 };

export default defineConfig<object, Choices>({
  testDir: "tests",
  outputDir: "results",
  // What is kept of the gallery's entries stands beside the gallery.
  snapshotPathTemplate: "{testDir}/../../preview/texts/{arg}{ext}",
  // More than cores: tests of mail wait most of the time, others now and then.
  workers: Number(process.env.WORKERS ?? 4),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [[process.env.CI ? "dot" : "list"], ["./support/cost.ts"]],
  use: {
    locale: "ja-JP",
    timezoneId: "Asia/Tokyo",
    actionTimeout: 10_000,
    screenshot: "only-on-failure",
    // What fades in is looked at by a test of its own.
    contextOptions: { reducedMotion: "reduce" },
  },
  projects: [
    { name: "firefox-phone", workers: 2, testMatch: inFirefox, grepInvert: [inAllWays, onlyChromium, arithmetic], use: { ...firefox, viewport: phone.viewport, script: true } },
    { name: "firefox-phone-without-script", ...one, testMatch: "engines/firefox-without*", use: { ...firefox, viewport: phone.viewport, script: false } },
    { name: "firefox-desktop", ...one, testMatch: ["access/keyboard*", "access/forced*", "script/back*"], grepInvert: onlyChromium, use: { ...firefox, ...desktop, script: true } },
    { name: "webkit-phone", ...one, ...mayHang, testMatch: [inWebKit, "engines/looks*"], use: { viewport: phone.viewport, script: true } },
    { name: "webkit-desktop", ...one, ...mayHang, testMatch: inWebKit, use: { ...desktop, script: true } },
    { name: "webkit-phone-without-script", ...one, ...mayHang, testMatch: inWebKit, grepInvert: needsScript, use: { viewport: phone.viewport, script: false } },
    { name: "webkit-desktop-without-script", ...one, ...mayHang, testMatch: inWebKit, grepInvert: needsScript, use: { ...desktop, script: false } },
    { name: "phone", testMatch: withScript, use: { ...chromium, ...phone, script: true } },
    { name: "desktop", testMatch: [...onDesktop, ...pictures], grepInvert: once, use: { ...chromium, ...desktop, script: true } },
    { name: "phone-without-script", testMatch: everywhere, grepInvert: [spellings, needsScript], use: { ...chromium, ...phone, javaScriptEnabled: false, script: false } },
    { name: "desktop-without-script", testMatch: "engines/playwright*", grepInvert: needsScript, use: { ...chromium, ...desktop, javaScriptEnabled: false, script: false } },
    { name: "mail", testMatch: "mail/**", use: chromium },
  ],
});

// Where people have set the colours themselves, backgrounds and shadows are gone: edges, the focus and what is chosen have to be
// seen all the same.

import { Browser, expect, test } from "../../support/test";

/** Puts people's own colours over the page: Chromium imitates it, Firefox has them from its settings. */
const forced = test.extend({
  me: async ({ me, browserName, playwright, baseURL, script, complaints }, use, info) => {
    if (browserName === "chromium") {
      await me.page.emulateMedia({ forcedColors: "active" });
      return use(me);
    }
    const { launchOptions, channel } = info.project.use;
    const browser = await playwright.firefox.launch({
      ...launchOptions,
      ...(channel ? { channel } : {}),
      firefoxUserPrefs: { "ui.useAccessibilityTheme": 1, "browser.display.document_color_use": 2 },
    });
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale: "ja-JP", colorScheme: null, viewport: info.project.use.viewport ?? null });
    complaints.watch(context);
    await use(new Browser(await context.newPage(), script));
    await browser.close();
  },
});

/** What can be used and has no edge of its own. */
function edgeless(): string[] {
  return [...document.querySelectorAll<HTMLElement>("main .button, main .input, main select, main textarea, .summary")]
    .filter((part) => part.checkVisibility() && !part.closest(".shot"))
    .filter((part) => {
      const { borderTopStyle, borderTopWidth, borderInlineStartStyle, borderInlineStartWidth } = getComputedStyle(part);
      return !(borderTopStyle !== "none" && parseFloat(borderTopWidth) >= 1) && !(borderInlineStartStyle !== "none" && parseFloat(borderInlineStartWidth) >= 1);
    })
    .map((part) => part.outerHTML.slice(0, 120));
}

/** Small controls that the page draws itself: their colours would be replaced, and checked look like not checked. */
function drawnByThePage(): string[] {
  return [...document.querySelectorAll("input[type=checkbox], input[type=radio]")].filter((part) => getComputedStyle(part).appearance === "none").map((part) => part.outerHTML.slice(0, 120));
}

forced("with forced colours edges, the focus and what is chosen can be seen", async ({ me, renewer, mailbox }) => {
  await me.enrol.start();
  expect(await me.page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
  await me.press("次へ進む");
  await me.isTold("お名前");
  expect(await me.page.evaluate(edgeless)).toEqual([]);
  await me.portal.enter(renewer, mailbox);
  await me.portal.renewal();
  expect(await me.page.evaluate(edgeless)).toEqual([]);
  await me.click("label[for=consent]");
  expect(await me.page.evaluate(drawnByThePage)).toEqual([]);
  await me.page.locator("h1").click();
  for (let press = 0; press < 5; press++) {
    await me.page.keyboard.press("Tab");
    const bare = await me.page.evaluate(() => {
      const part = document.activeElement;
      if (!part || part === document.body) return "nothing has the focus";
      const { outlineStyle, outlineWidth } = getComputedStyle(part);
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 ? null : part.outerHTML.slice(0, 120);
    });
    expect(bare).toBeNull();
  }
});

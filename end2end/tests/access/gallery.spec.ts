// Every state of every screen and mail, from the gallery: axe without a violation on a phone and on a desk and contrast also in the
// dark, nothing to be scrolled sideways at 320 px and with text twice as large, no target below 44 px, no word broken where it fits.

import { violations } from "../../support/axe";
import { Gallery } from "../../support/gallery";
import { expect, test } from "../../support/test";

/** Tests that run side by side: each walks its share. */
const SHARES = 12;

/** Of so many entries of a share one is looked at with long words. */
const LONG = 4;

/** A mail is shown inside of a page that is its reader's. */
const OF_WHOLE_PAGES = { "landmark-one-main": { enabled: false }, region: { enabled: false } };

/** What of a page is wider than the window or too small to press. */
function faults(): string[] {
  const limit = document.documentElement.clientWidth;
  // Of a radio button or a checkbox the label is the target.
  const targets = "header a, header button, main nav a, main button, main a.button, main label.option, main select, main input:not([type=hidden], [type=checkbox], [type=radio], .for-managers)";
  const small = [...document.querySelectorAll<HTMLElement>(targets)]
    // A still cannot be pressed.
    .filter((part) => part.offsetParent !== null && !part.closest("[inert]") && part.getBoundingClientRect().height < 43.5)
    .map((part) => `lower than 44 px: ${part.outerHTML.slice(0, 120)}`);
  if (document.documentElement.scrollWidth <= limit) return small;
  const wide = [...document.body.querySelectorAll("*")]
    .filter((part) => part.getBoundingClientRect().right > limit + 1)
    .map((part) => `wider than the window: ${part.outerHTML.slice(0, 120)}`);
  return [...small, ...wide.slice(0, 3), `${document.documentElement.scrollWidth} px in ${limit} px`];
}

/** What of headings and buttons breaks inside of a word that would fit into a line. */
function brokenWords(): string[] {
  const words = new Intl.Segmenter("ja", { granularity: "word" });
  const broken: string[] = [];
  for (const part of document.querySelectorAll<HTMLElement>("h1, h2, h3, button, .button")) {
    const characters: [Node, number][] = [];
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (let at = 0; at < (node.textContent ?? "").length; at += 1) characters.push([node, at]);
    }
    const box = (at: number): DOMRect | undefined => {
      const [node, offset] = characters[at] ?? [part, 0];
      const range = document.createRange();
      range.setStart(node, offset);
      range.setEnd(node, offset + 1);
      return range.getClientRects()[0];
    };
    const text = characters.map(([node, at]) => node.textContent?.[at]).join("");
    for (const { segment, index } of words.segment(text)) {
      // The ending of a verb whose phrase is wider than the line has to break somewhere.
      if (/^[ぁ-ん]+$/.test(segment)) continue;
      const boxes = [...segment].map((_, at) => box(index + at));
      const width = boxes.reduce((sum, rect) => sum + (rect?.width ?? 0), 0);
      const [first, last] = [boxes[0], boxes.at(-1)];
      if (first && last && last.top - first.top > first.height / 2 && width <= part.clientWidth) broken.push(`broken: ${segment} in ${text.slice(0, 60)}`);
    }
  }
  return broken;
}

/** Makes text as large as a browser's setting for it would: all lengths of the style follow. */
function enlarge(percent: number | null): void {
  document.documentElement.style.fontSize = percent === null ? "" : `${percent}%`;
}

/** Opens what is shown on demand. */
function unfold(): void {
  for (const part of document.querySelectorAll("details")) part.open = true;
}

for (let share = 0; share < SHARES; share += 1) {
  // Each entry is opened once for all that depends on width and size of text, and once in the dark, where nothing but colours differs.
  test(`every entry of the gallery can be used by everybody, share ${share + 1} of ${SHARES}`, async ({ me, nirin }) => {
    test.setTimeout(120_000);
    const page = me.page;
    const gallery = new Gallery(page, nirin);
    const entries = await gallery.entries();
    expect(entries.length).toBeGreaterThan(120);
    const wrong: string[] = [];
    for (const [at, entry] of entries.filter((_, at) => at % SHARES === share).entries()) {
      const told = (where: string, found: string[]) => wrong.push(...found.map((fault) => `${entry.id} ${where}: ${fault}`));
      const axe = async (options: Parameters<typeof violations>[1]) => (await violations(page, options)).map((rule) => `${rule.id} ${rule.nodes[0]?.html.slice(0, 120)}`);
      const everything = { rules: entry.mail ? OF_WHOLE_PAGES : {} };
      await gallery.show(entry);
      await page.evaluate(unfold);
      told("at 375", await axe(everything));
      await page.evaluate(enlarge, 200);
      told("at 375 and 200 %", await page.evaluate(faults));
      await page.setViewportSize({ width: 320, height: 640 });
      told("at 320 and 200 %", await page.evaluate(faults));
      await page.evaluate(enlarge, null);
      told("at 320", [...(await page.evaluate(faults)), ...(await page.evaluate(brokenWords))]);
      await page.setViewportSize({ width: 1280, height: 800 });
      told("at 1280", await axe(everything));
      // With the longest names as well, of a few in each share: most entries have none that differ.
      if (at % LONG === 0) {
        await gallery.show(entry, "?text=200&words=long");
        await page.evaluate(unfold);
        await page.setViewportSize({ width: 320, height: 640 });
        told("at 320 and 200 % with long words", await page.evaluate(faults));
      }
      await page.setViewportSize({ width: 375, height: 667 });
      await gallery.show(entry, "?theme=dark");
      await page.evaluate(unfold);
      told("in the dark", await axe({ runOnly: { type: "rule", values: ["color-contrast"] } }));
    }
    expect(wrong).toEqual([]);
  });
}

test("the overview shows every entry without script and leads to each", async ({ me, nirin }) => {
  const page = me.page;
  const entries = await new Gallery(page, nirin).entries();
  await page.goto(`${nirin.url}/preview?theme=dark`);
  await expect(page.locator(".gallery-picture > a")).toHaveCount(entries.length);
  await expect(page.locator("script, iframe")).toHaveCount(0);
  await page.locator("[href^='/preview/screens/mail-sent/refused']").click();
  await expect(page).toHaveURL(`${nirin.url}/preview/screens/mail-sent/refused?theme=dark`);
  await expect(page.frameLocator("iframe").locator("h1")).toBeVisible();
  expect(await violations(page, {}, ["iframe"])).toEqual([]);
});

test("the page of tokens fits a phone, in both schemes and with another brand, and no pair of colours falls short", async ({ me, nirin }) => {
  const page = me.page;
  for (const query of ["", "?theme=dark", "?brand=other"]) {
    await page.goto(`${nirin.url}/preview/tokens${query}`);
    await expect(page.locator(".token-short")).toHaveCount(0);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(faults)).toEqual([]);
  }
  const file = await page.request.get(`${nirin.url}/preview/tokens/dtcg/nirin.tokens.json`);
  expect((await file.json()).color.fill.$value.hex).toBe("#0017c1");
});

test("what axe finds wrong with a page is told", async ({ me }) => {
  await me.open("/help");
  expect(await violations(me.page)).toEqual([]);
  await me.page.evaluate(() => document.querySelector("main")?.append(new Image()));
  expect((await violations(me.page)).map((rule) => rule.id)).toContain("image-alt");
});

test("a group has a page of its own, and no other name has one", async ({ me, nirin }) => {
  const page = me.page;
  const entries = await new Gallery(page, nirin).entries();
  await page.goto(`${nirin.url}/preview?theme=dark`);
  await page.getByRole("heading", { name: "mails" }).getByRole("link").click();
  await expect(page).toHaveURL(`${nirin.url}/preview/mails?theme=dark`);
  await expect(page.locator(".gallery-picture > a")).toHaveCount(entries.filter((entry) => entry.mail).length);
  for (const place of ["/nothing", "/mails?words=short", "/mails?x=1"]) {
    const answer = await page.request.get(`${nirin.url}/preview${place}`);
    expect(answer.status(), place).toBe(place === "/nothing" ? 404 : 400);
  }
});

test("a sentence leads to the screens that say it", async ({ me, nirin }) => {
  const page = me.page;
  await page.goto(`${nirin.url}/preview`);
  await page.getByLabel("文言で探す").fill("リンクの有効期限が切れています");
  await page.getByRole("button", { name: "探す" }).click();
  await expect(page.locator("[href^='/preview/ends/link-expired/']")).toHaveCount(2);
  await expect(page.locator("[href^='/preview/screens/sign-in/']")).toHaveCount(0);
});

test("every sentence is listed with where it is said, and the list is narrowed by typing as by asking", async ({ me, nirin }) => {
  const page = me.page;
  const shown = page.locator("[data-sentence]:not([hidden])");
  await page.goto(`${nirin.url}/preview/sentences?theme=dark`);
  const all = await shown.count();
  expect(all).toBeGreaterThan(500);
  await page.getByLabel("文言で絞り込む").fill("リンクの有効期限が切れています");
  const typed = await shown.count();
  expect(typed).toBeGreaterThan(0);
  expect(typed).toBeLessThan(10);
  await expect(page.locator("#found")).toHaveText(String(typed));
  await page.getByRole("button", { name: "探す" }).click();
  await expect(page).toHaveURL(/\?theme=dark&q=|\?q=.*&theme=dark/);
  await expect(shown).toHaveCount(typed);
  await shown.first().getByRole("link", { name: "ends/link-expired/enrolment" }).click();
  await expect(page).toHaveURL(`${nirin.url}/preview/ends/link-expired/enrolment?theme=dark`);
});

const STORYBOARDS = ["enrolment", "user-id", "password-reset", "sign-in", "renewal", "contract-change"];

const PAGES = ["", "/ends", "/sentences?q=%E6%9C%89%E5%8A%B9%E6%9C%9F%E9%99%90", "/decisions", "/phone", "/screens/mail-sent/refused", "/mails/auth-code/first", ...STORYBOARDS.map((flow) => `/flows/${flow}`)];

/** Takes out what axe is told to pass over: most of its time is spent on the way through thousands of such elements. */
function clear(): void {
  for (const part of document.querySelectorAll(".shots, [data-sentence][hidden]")) part.remove();
}

for (const theme of ["light", "dark"]) {
  test(`the gallery's own pages can be used by everybody, in the ${theme} scheme`, async ({ me, nirin, viewport }) => {
    test.setTimeout(120_000);
    const page = me.page;
    const wrong: string[] = [];
    for (const place of PAGES) {
      const answer = await page.goto(`${nirin.url}/preview${place}${place.includes("?") ? "&" : "?"}theme=${theme}`);
      expect(answer?.status(), place).toBe(200);
      await page.evaluate(() => { for (const panel of document.querySelectorAll<HTMLDetailsElement>("main > details:not([hidden]), .gallery-panels > details")) panel.open = true; });
      await page.setViewportSize({ width: 320, height: 640 });
      wrong.push(...(await page.evaluate(faults)).map((fault) => `${place} at 320: ${fault}`));
      await page.evaluate(clear);
      await page.setViewportSize(viewport ?? { width: 375, height: 667 });
      wrong.push(...(await violations(page, {}, ["iframe"])).map((rule) => `${place}: ${rule.id} ${rule.nodes[0]?.html.slice(0, 120)}`));
    }
    expect(wrong).toEqual([]);
  });
}

test("a storyboard leads from step to step by what the rules allow", async ({ me, nirin }) => {
  const page = me.page;
  await page.goto(`${nirin.url}/preview/flows/enrolment`);
  await expect(page.locator(".story-stage")).toHaveCount(4);
  await expect(page.locator(".story-end")).toHaveCount(9);
  await page.locator("#password .story-way", { hasText: "パスワードを決めて" }).getByRole("link").last().click();
  await expect(page).toHaveURL(`${nirin.url}/preview/flows/enrolment#mail`);
  await page.locator("#created .story-way", { hasText: "ログインへ進む" }).getByRole("link").last().click();
  await expect(page).toHaveURL(`${nirin.url}/preview/flows/sign-in`);
});

// What each page has to be in every engine.

import type { Walker } from "../support/flows";
import type { Journey } from "./journey";

const TOPICS = ["contract-number", "mail", "link", "code", "locked", "change", "renewal", "contract-change", "environment"].map((topic) => `/help/${topic}`);

/** The lines of every heading in sight, pictures of screens left out. */
const LINES = `[...document.querySelectorAll("main :is(h1, h2, h3, h4)")].filter((heading) => !heading.closest("figure") && heading.checkVisibility()).map((heading) => {
  const walker = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  const lines = [];
  let top = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at++) {
      // The marks between phrases are no letters.
      if (node.data[at] === "\\u200b") continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (top === null || box.top > top + box.height / 2) lines.push("");
      top = box.top;
      lines[lines.length - 1] += node.data[at];
    }
  }
  return lines;
})`;

/** Whether a line may end so: with the hiragana that end a phrase, or with a mark. */
const WHOLE = /[ぁ-ん、。/」）？\s]$/;

async function brokenInside(me: Walker, path: string): Promise<string[]> {
  await me.open(path);
  const headings = await me.asks<string[][]>(LINES);
  return headings.filter((lines) => lines.slice(0, -1).some((line) => !WHOLE.test(line))).map((lines) => `${path}: ${lines.join("|")}`);
}

/** What of a picture lies outside its frame. */
const CUT_OFF = `[...document.querySelectorAll(".shot-frame")].filter((frame) =>
  [...frame.querySelectorAll(".button")].some((button) => button.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1)
).map((frame) => frame.textContent.slice(0, 40))`;

const PLACES = ["/", "/enrol", "/user-id", "/password-reset", "/sign-in", "/help", ...TOPICS];

/** Opens what is shown on demand. */
async function unfold(me: Walker): Promise<void> {
  await me.asks<number>('[...document.querySelectorAll("details")].map((part) => (part.open = true)).length');
}

/** Fails when a page has to be scrolled sideways. */
export async function nothingTooWide(me: Walker): Promise<void> {
  for (const path of PLACES) {
    await me.open(path);
    await unfold(me);
    const over = await me.asks<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    if (over > 0) throw new Error(`${path} is ${over} px too wide`);
  }
}

/** Fails when a picture of the guide is cut off. */
export async function noPictureCutOff(me: Walker): Promise<void> {
  await me.open("/");
  await unfold(me);
  const cut = await me.asks<string[]>(CUT_OFF);
  if (cut.length > 0) throw new Error(`cut off: ${cut.join(" / ")}`);
}

export function pages(journey: Journey): void {
  journey("no page has to be scrolled sideways, and no picture of the guide is cut off", async ({ me }) => {
    await nothingTooWide(me);
    await noPictureCutOff(me);
  });

  journey("headings break between phrases", async ({ me }) => {
    const broken: string[] = [];
    for (const path of ["/", "/help", ...TOPICS]) broken.push(...(await brokenInside(me, path)));
    if (broken.length > 0) throw new Error(broken.join("\n"));
    await me.open("/");
    const [first] = await me.asks<string[][]>(LINES);
    const narrow = (await me.asks<number>("innerWidth")) < 480;
    const wanted = narrow ? "ユーザーID/|パスワードがわからない" : "ユーザーID/パスワードがわからない";
    if (first?.join("|") !== wanted) throw new Error(`the first heading breaks so: ${first?.join("|")}`);
  });
}

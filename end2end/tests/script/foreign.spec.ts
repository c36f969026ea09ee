// What other programs do to a page: password managers insert elements, translators wrap and replace texts, readers move things.
// Whatever they do and whenever, the press moves the procedure on and what comes is shown.

import type { Page } from "@playwright/test";
import { type Browser, expect, HEADING, type Person, test } from "../../support/test";

/** What is done to the page, in the page. */
const CHANGES: Record<string, () => void> = {
  "an empty element after each field": () => {
    for (const input of document.querySelectorAll("main input")) input.insertAdjacentElement("afterend", document.createElement("div"));
  },
  "a text and a comment at the start of every element": () => {
    for (const element of document.querySelectorAll("#wizard *:not(input)")) element.prepend("·", document.createComment("x"));
  },
  "every text wrapped as translators do": () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest("script, style")) continue;
      const outer = document.createElement("font");
      const inner = outer.appendChild(document.createElement("font"));
      inner.textContent = text.data;
      text.replaceWith(outer);
    }
  },
  "every text changed": () => {
    const walker = document.createTreeWalker(document.querySelector("#wizard")!, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) (walker.currentNode as Text).data += "!";
  },
  "labels, hints and empty markers removed": () => {
    for (const element of document.querySelectorAll("#wizard label, #wizard .hint, #wizard .lead, #wizard .steps")) element.remove();
    const walker = document.createTreeWalker(document.querySelector("#wizard")!, NodeFilter.SHOW_COMMENT);
    const markers: Node[] = [];
    while (walker.nextNode()) markers.push(walker.currentNode);
    for (const marker of markers) marker.parentNode?.removeChild(marker);
  },
  "each field wrapped": () => {
    for (const input of document.querySelectorAll("#wizard input:not([type=hidden])")) {
      const wrapper = document.createElement("span");
      input.replaceWith(wrapper);
      wrapper.append(input);
    }
  },
  "the form moved": () => {
    const form = document.querySelector("#wizard form");
    const place = document.createElement("section");
    document.querySelector("#wizard")!.append(place);
    if (form) place.append(form);
  },
};

/** The forms: how to come there, what to type, what the press leads to. */
const FORMS: Record<string, { open: (me: Browser) => Promise<void>; fill: (me: Browser, who: Person) => Promise<void>; button: string; told: string; field?: string }> = {
  identity: {
    open: (me) => me.page.goto("/enrol").then(() => undefined),
    fill: (me) => me.field("number").fill("1"),
    button: "次へ進む",
    told: "番号の桁数が足りません",
    field: "number",
  },
  inquiry: {
    open: (me) => me.page.goto("/user-id").then(() => undefined),
    fill: (me) => me.field("phone").fill("12"),
    button: "次へ進む",
    told: "0から始まる番号",
    field: "phone",
  },
  reset: {
    open: (me) => me.page.goto("/password-reset").then(() => undefined),
    fill: (me) => me.field("user_id").fill("nobody"),
    button: "送信する",
    told: "@",
    field: "user_id",
  },
  "sign-in": {
    open: (me) => me.page.goto("/sign-in").then(() => undefined),
    fill: async (me, who) => {
      // Somebody else's ID each time: wrong passwords are counted.
      await me.field("user_id").fill(who.email);
      await me.field("password").fill("wrong-Password1");
    },
    button: "次へ",
    told: "ユーザーIDまたはパスワード",
  },
};

const change = (page: Page, what: string) => page.evaluate(`(${String(CHANGES[what])})()`);

/** Presses whatever the press may do: answer in place, or lead to a page. */
async function presses(me: Browser, button: string): Promise<void> {
  await me.page.locator("#wizard button[type=submit]").filter({ hasText: button }).first().click();
}

async function isShown(me: Browser, form: (typeof FORMS)[string]): Promise<void> {
  await expect(me.summary).toContainText(form.told);
  if (form.field) await expect(me.error(form.field)).toContainText(form.told);
  await expect(me.page.locator("button[aria-busy=true]")).toHaveCount(0);
}

for (const [name, form] of Object.entries(FORMS)) {
  for (const what of Object.keys(CHANGES)) {
    test(`${name}: with ${what} before the start, the press answers`, async ({ me, person }) => {
      await me.page.addInitScript(`addEventListener("DOMContentLoaded", ${String(CHANGES[what])})`);
      await form.open(me);
      await me.ready();
      await form.fill(me, person);
      await presses(me, form.button);
      await isShown(me, form);
    });

    test(`${name}: with ${what} while it starts and after, the press answers`, async ({ me, person }) => {
      let arrived: () => void = () => undefined;
      const changed = new Promise<void>((resolve) => (arrived = resolve));
      await me.page.route("**/nirin.wasm", async (route) => {
        await changed;
        await route.continue();
      });
      await form.open(me);
      await form.fill(me, person);
      await change(me.page, what);
      arrived();
      await me.ready();
      await change(me.page, what);
      await form.fill(me, person);
      await presses(me, form.button);
      await isShown(me, form);
      await change(me.page, what);
      await form.fill(me, person);
      await presses(me, form.button);
      await isShown(me, form);
    });
  }
}

test("what was typed before the start stays, and the focus too, in a page that was changed", async ({ me, person }) => {
  let arrived: () => void = () => undefined;
  const changed = new Promise<void>((resolve) => (arrived = resolve));
  await me.page.route("**/nirin.wasm", async (route) => {
    await changed;
    await route.continue();
  });
  await me.page.goto("/enrol");
  await me.field("number").fill(person.number);
  await me.field("kana").pressSequentially("ニリン");
  await change(me.page, "an empty element after each field");
  arrived();
  await me.ready();
  await expect(me.field("number")).toHaveValue(person.number);
  await expect(me.field("kana")).toHaveValue("ニリン");
  await expect(me.field("kana")).toBeFocused();
});

test("a translated page shows each step, error, delivery and countdown as it is now", async ({ me, person, mailbox }) => {
  const translate = () => change(me.page, "every text wrapped as translators do");
  await me.enrol.start();
  await translate();
  await me.enrol.identify({ ...person, kana: "漢字" });
  await expect(me.error("kana")).toContainText("漢字");
  await expect(me.summary).toContainText("漢字");
  await translate();
  await me.enrol.identify({ ...person, number: "1" });
  await expect(me.error("number")).toContainText("桁数");
  await expect(me.summary).not.toContainText("漢字");
  await expect(me.error("kana")).toHaveCount(0);
  await translate();
  await me.enrol.identify(person);
  await expect(me.heading).toHaveText(HEADING.password);
  await me.isAtStep(2);
  await translate();
  await me.field("new_password").fill(person.password);
  await expect(me.page.locator(".rule.met .rule-state").first()).not.toBeEmpty();
  await me.press("送信する");
  await expect(me.heading).toHaveText(HEADING.mail);
  await me.isAtStep(3);
  await translate();
  await mailbox.next(person.email);
  await expect(me.page.locator(".delivery")).not.toContainText("順番を待っています");
  const wait = me.page.locator(".resend-wait");
  const before = (await wait.textContent()) ?? "";
  await expect(wait).not.toHaveText(before);
});

test("a failure at a later moment gives the page back to plain posts and is told once", async ({ me, person, complaints }) => {
  complaints.allowed.push(/RuntimeError|unreachable/);
  await me.enrol.asFarAsThePassword(person);
  // As a panic inside the WASM side arrives in the page.
  await me.page.evaluate(() => setTimeout(() => { throw new WebAssembly.RuntimeError("unreachable"); }));
  const told = me.page.locator("#plain-notice");
  await expect(told).toBeVisible();
  await expect(me.page.locator("html")).toHaveClass("plain");
  await me.field("new_password").fill(person.password);
  const [posted] = await Promise.all([
    me.page.waitForRequest((request) => request.method() === "POST"),
    me.page.locator("#wizard button[type=submit]").first().click(),
  ]);
  expect(new URL(posted.url()).pathname, "the browser itself posts").toBe("/enrol");
  await me.sees(HEADING.mail);
  await expect(told, "the next page runs again, and says nothing").toBeHidden();
});

/** What can happen to the WASM on its way. */
const BROKEN: Record<string, (page: Page) => Promise<unknown>> = {
  "is cut off by the network": (page) => page.route("**/nirin.wasm", (route) => route.abort()),
  "is not there": (page) => page.route("**/nirin.wasm", (route) => route.fulfill({ status: 404, body: "" })),
  "is a page of a hotspot": (page) => page.route("**/nirin.wasm", (route) => route.fulfill({ contentType: "text/html", body: "<p>login</p>" })),
  "ends half-way": (page) =>
    page.route("**/nirin.wasm", async (route) => {
      const answer = await route.fetch();
      const whole = await answer.body();
      await route.fulfill({ response: answer, headers: { "content-type": "application/wasm" }, body: whole.subarray(0, whole.length / 2) });
    }),
  "comes without its script": (page) => page.route("**/nirin.js", (route) => route.abort()),
  "comes without its start": (page) => page.route("**/start.js", (route) => route.abort()),
  "is not known to the browser": (page) => page.addInitScript("delete window.WebAssembly"),
};

for (const [what, breaks] of Object.entries(BROKEN)) {
  test(`where the WASM ${what}, the page is plain at once and its forms are posted`, async ({ me, person, complaints }) => {
    complaints.allowed.push(/./);
    await breaks(me.page);
    await me.page.goto("/enrol");
    await expect(me.page.locator("html")).toHaveClass("plain");
    await me.enrol.type(person);
    await presses(me, "次へ進む");
    await expect(me.heading).toHaveText(HEADING.password);
    await expect(me.page.locator("html")).toHaveClass("plain");
    await expect(me.page.locator(".show")).toBeHidden();
    await expect(me.page.locator("#plain-notice")).toBeHidden();
  });
}

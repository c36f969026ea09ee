// By keyboard alone.

import { expect, HEADING, test, Visitor } from "../../support/test";
import type { Browser } from "../../support/browser";

/** Tabs until this has the focus; fails when it cannot be reached. */
async function tabTo(me: Browser, what: string): Promise<void> {
  const target = me.page.locator(what).first();
  for (let press = 0; press < 40; press++) {
    if (await target.evaluate((part) => part === document.activeElement)) return;
    await me.page.keyboard.press("Tab");
  }
  throw new Error(`${what} cannot be reached by Tab`);
}

test("a keyboard alone leads from the guide to the portal", async ({ me, person, mailbox, nirin }) => {
  const { keyboard } = me.page;
  await me.open("/");
  await tabTo(me, '.choice-link[href="/enrol"]');
  await keyboard.press("Enter");
  await me.sees(HEADING.identity);
  for (const [field, text] of [["number", person.number], ["kana", person.kana], ["phone", person.phone]] as const) {
    await tabTo(me, `#${field}`);
    await keyboard.insertText(text);
  }
  await keyboard.press("Enter");
  await me.sees(HEADING.password);
  await expect(me.heading).toBeFocused();
  await tabTo(me, "#new_password");
  await keyboard.type(person.password);
  await tabTo(me, "main form button[type=submit]");
  await keyboard.press("Space");
  await me.sees(HEADING.mail);
  const other = new Visitor(nirin);
  await other.confirm(await mailbox.link(person.email));
  await me.sees(HEADING.created);
  await tabTo(me, "main form button[type=submit]");
  await keyboard.press("Enter");
  await me.sees(HEADING.signIn);
  await tabTo(me, "#password");
  await keyboard.type(person.password);
  await keyboard.press("Enter");
  await me.sees(HEADING.code);
  await tabTo(me, "#code");
  await keyboard.type(await mailbox.code(person.email));
  await keyboard.press("Enter");
  await me.portal.isOf(person);
  await tabTo(me, "header .link-button");
  await keyboard.press("Enter");
  await me.sees(HEADING.signIn);
});

test("the first press of Tab offers the way past the header", async ({ me }) => {
  await me.open("/enrol");
  await me.page.keyboard.press("Tab");
  await expect(me.page.locator(".skip")).toBeFocused();
  await expect(me.page.locator(".skip")).toBeInViewport();
  await me.page.keyboard.press("Enter");
  await expect(me.page).toHaveURL(/#main$/);
  await expect(me.page.locator("dialog[open]")).toBeHidden();
  await me.page.keyboard.press("Tab");
  expect(await me.page.evaluate(() => document.querySelector("main")?.contains(document.activeElement))).toBe(true);
});

test("whatever has the focus shows it", async ({ me }) => {
  await me.open("/sign-in");
  for (let press = 0; press < 12; press++) {
    await me.page.keyboard.press("Tab");
    const bare = await me.page.evaluate(() => {
      const part = document.activeElement;
      if (!part || part === document.body) return null;
      const style = getComputedStyle(part);
      const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
      return shown ? null : part.outerHTML.slice(0, 120);
    });
    expect(bare).toBeNull();
  }
});

// What people keep on paper: the receipt of a request, and the contract.

import { type Browser, expect, HEADING, test } from "../../support/test";

/** On paper there is nothing to press, and the ink is dark, whatever the screen is. Returns how many sheets of A4 it takes. */
async function sheets({ page }: Browser): Promise<number> {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  // The width of A4 without its margins.
  await page.setViewportSize({ width: 680, height: 1000 });
  const pressed = await page.locator("button, .button, nav, dialog").evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).map((part) => part.outerHTML.slice(0, 120)));
  expect(pressed).toEqual([]);
  const ink = await page.locator("main, main h1, main dd, main td").evaluateAll((parts) => parts.map((part) => getComputedStyle(part).color.match(/\d+/g)?.slice(0, 3).map(Number) ?? []));
  for (const colour of ink) expect(Math.max(...colour)).toBeLessThan(110);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  const file = await page.pdf({ format: "A4" });
  return file.toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
}

test("receipt and contract are readable on paper, with nothing to press", async ({ me, renewer, mailbox }) => {
  await me.portal.enter(renewer, mailbox);
  await me.portal.renewal();
  await me.portal.choosesAsBefore();
  await me.sees(HEADING.renewalConfirm);
  await me.press("この内容で申し込む");
  await me.sees(HEADING.renewalSent);
  const contract = await me.page.getByRole("link", { name: "ご契約の内容へ戻る" }).getAttribute("href");
  expect(await sheets(me)).toBe(1);
  for (const words of ["継続のお申し込みを受け付けました", "お問い合わせ番号", "受付済み"]) await expect(me.page.getByText(words).first()).toBeVisible();
  await expect(me.page.locator(".compare")).toBeVisible();
  await me.open(String(contract));
  await me.sees(HEADING.contract);
  expect(await sheets(me)).toBeLessThanOrEqual(2);
  await expect(me.page.getByText(renewer.number)).toBeVisible();
  await expect(me.page.getByText("23,400")).toBeVisible();
});

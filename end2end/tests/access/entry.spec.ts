// What script adds to an entry's page of the gallery: keys, and what the browser measures of the entry.

import { expect, test } from "../../support/test";

const ENTRY = "/preview/screens/mail-sent/refused";

test("an entry's page is worked by single keys, which can be turned off", async ({ me, nirin }) => {
  const page = me.page;
  // A page hears keys once its script has come.
  const leadsTo = async (address: string) => {
    await expect(page).toHaveURL(nirin.url + address);
    await page.waitForLoadState();
  };
  await page.goto(nirin.url + ENTRY);
  const after = await page.getByRole("link", { name: "次へ", exact: true }).getAttribute("href");
  await page.keyboard.press("t");
  await leadsTo(`${ENTRY}?theme=dark`);
  await page.keyboard.press("w");
  await leadsTo(`${ENTRY}?w=320&theme=dark`);
  await page.keyboard.press("l");
  await leadsTo(`${ENTRY}?w=320&theme=dark&words=long`);
  await page.keyboard.press("2");
  await leadsTo(`${ENTRY}?w=320&theme=dark&text=200&words=long`);
  await page.keyboard.press("2");
  await leadsTo(`${ENTRY}?w=320&theme=dark&words=long`);
  await page.keyboard.press("l");
  await leadsTo(`${ENTRY}?w=320&theme=dark`);
  await page.keyboard.press("?");
  await expect(page.getByText("文字を入力しているときと")).toBeVisible();
  await page.getByRole("link", { name: "キー操作を止める" }).click();
  await leadsTo(`${ENTRY}?w=320&theme=dark&keys=off`);
  await page.keyboard.press("t");
  await page.keyboard.press("?");
  await expect(page.getByText("文字を入力しているときと")).toBeHidden();
  await page.getByText("キー操作（止めています）").click();
  await page.getByRole("link", { name: "キー操作を使う" }).click();
  await leadsTo(`${ENTRY}?w=320&theme=dark`);
  await page.keyboard.press("j");
  await leadsTo(`${after}?w=320&theme=dark`);
  await page.keyboard.press("k");
  await leadsTo(`${ENTRY}?w=320&theme=dark`);
  await page.keyboard.press("/");
  await expect(page.getByLabel("文言で絞り込む")).toBeFocused();
});

test("the panel of access measures an entry at every width", async ({ me, nirin }) => {
  const page = me.page;
  await page.goto(nirin.url + ENTRY);
  await page.keyboard.press("a");
  const rows = page.locator("[data-measured-at]");
  await expect(rows).toHaveCount(4);
  for (const row of await rows.all()) {
    await expect(row.locator("[data-cell=over]")).toHaveText("なし");
    await expect(row.locator("[data-cell=smallest]")).toHaveText(/^(4[4-9]|[5-9]\d)(\.\d)?px「.+」$/);
    await expect(row.locator("[data-cell=high]")).toHaveText(/^\d{3,4}px$/);
  }
  await expect(page.locator("[data-panel=access] td.broken")).toHaveCount(0);
});

// What script adds to an entry's page of the gallery: keys, what the browser measures of the entry, and answers to what is posted in it.

import { GalleryServer } from "../../support/gallery-server";
import { expect, HEADING, test } from "../../support/test";

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

test.describe("where the gallery runs by itself", () => {
  let gallery: GalleryServer;

  test.beforeAll(async () => {
    gallery = await GalleryServer.start();
  });

  test.afterAll(async () => gallery.stop());

  test("what is typed in an entry is judged by the rules, and leads to the next step", async ({ me }) => {
    const { page } = me;
    await page.goto(`${gallery.url}/preview/screens/identity/empty?theme=dark&script=on`);
    const shown = page.frameLocator("iframe").first();
    await expect(shown.locator("html.live")).toBeAttached();
    await shown.getByRole("button", { name: "次へ進む", exact: true }).click();
    for (const field of ["number", "kana", "phone"]) await expect(shown.locator(`#${field}-error`)).toBeVisible();
    await expect(shown.locator("h1")).toHaveText(HEADING.identity);
    await shown.locator("#number").fill("NR10000001");
    await shown.locator("#kana").fill("ニリン タロウ");
    await shown.locator("#phone").fill("09000000001");
    await shown.getByRole("button", { name: "次へ進む", exact: true }).click();
    await expect(shown.locator("h1")).toHaveText(HEADING.password);
    await expect(shown.locator("#new_password")).toBeVisible();
    // The step that waits for a mail follows its state, which stays.
    await page.goto(`${gallery.url}/preview/bare/screens/sign-in/empty?script=on`);
    await me.ready();
    await me.field("user_id").fill("taro@example.jp");
    await me.field("password").fill("Tsubame");
    const looked = page.waitForResponse(`${gallery.url}/api/view`);
    await me.button("次へ").click();
    await looked;
    await me.sees(HEADING.code);
    await expect(page).toHaveURL(`${gallery.url}/preview/bare/screens/code/accepted?script=on`);
  });

  test("a form of an entry that runs no script is answered at the address of its document", async ({ me }) => {
    const { page } = me;
    const empty = `${gallery.url}/preview/bare/screens/identity/empty?theme=dark`;
    await page.goto(empty);
    await me.button("次へ進む").click();
    await expect(me.error("kana")).toBeVisible();
    await expect(page).toHaveURL(empty);
    await me.field("number").fill("NR10000001");
    await me.field("kana").fill("ニリン タロウ");
    await me.field("phone").fill("09000000001");
    await me.button("次へ進む").click();
    await expect(me.heading).toHaveText(HEADING.password);
    await expect(page).toHaveURL(`${gallery.url}/preview/bare/screens/choose-password/usual?theme=dark`);
  });
});

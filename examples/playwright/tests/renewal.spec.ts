import { expect } from "@playwright/test";
import { PASSWORD, test } from "../rehearsal";
import { giveCode, givePassword, isInPortal, press, sees } from "../screens";

test("a contract that ends soon is renewed, from the portal to the receipt and its mail", async ({ page, rehearsal }) => {
  const member = await rehearsal.person({ password: PASSWORD, days_left: 40, columns: { product: "バイク保険 スタンダード" } });
  await page.goto("/sign-in");
  await givePassword(page, member, PASSWORD);
  await giveCode(page, await rehearsal.code(member));
  await isInPortal(page, member);

  await page.getByRole("link", { name: "継続の手続きをする" }).first().click();
  await sees(page, "ご契約の継続");
  await page.getByLabel("これまでと同じ").check();
  await page.getByLabel("ご契約の継続に同意します").check();
  await press(page, "確認へ進む");
  await sees(page, "継続のお申し込み内容の確認");
  await press(page, "この内容で申し込む");
  await sees(page, "継続のお申し込みを受け付けました");

  const mail = await rehearsal.mail(member, "request-received");
  const number = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mail.text)?.[0] ?? "";
  await expect(page).toHaveURL(new RegExp(`/portal/requests/${number}$`));
});

// Pictures of the portal and its procedures, to be looked at: end2end/shots/<project>/p-NN-name.png, light and dark.

import type { Browser } from "../../support/browser";
import { expect, test } from "../../support/test";

function shots(me: Browser, project: string) {
  let count = 0;
  return async (name: string) => {
    count += 1;
    const numbered = `${String(count).padStart(2, "0")}-${name}`;
    for (const colorScheme of ["light", "dark"] as const) {
      await me.page.emulateMedia({ colorScheme });
      await me.page.screenshot({ path: `shots/${project}/p-${numbered}-${colorScheme}.png`, fullPage: true, animations: "disabled" });
    }
  };
}

test("renewal and change", async ({ me, renewer, mailbox, nirin }, { project }) => {
  test.setTimeout(120_000);
  const shot = shots(me, project.name);
  const reference = async () => (await me.page.locator(".facts dd").first().textContent()) ?? "";
  await me.signIn.asFarAsTheCode(renewer);
  await me.signIn.withCode(await mailbox.code(renewer.email));
  await me.portal.isOf(renewer);
  await shot("home");
  await me.click(".card-more a");
  await me.sees("バイク保険 スタンダード");
  await shot("contract");
  await me.follow("継続の手続きをする");
  await me.sees("ご契約の継続");
  await shot("renewal");
  await me.press("確認へ進む");
  await expect(me.summary).toContainText("お支払いの方法");
  await shot("renewal-wrong");
  await me.click("label[for=choice-as-before]");
  await me.click("label[for=consent]");
  await me.press("確認へ進む");
  await me.sees("継続のお申し込み内容の確認");
  await shot("renewal-confirm");
  await me.press("この内容で申し込む");
  await me.sees("継続のお申し込みを受け付けました");
  await shot("renewal-receipt");
  const renewal = await reference();
  await me.open("/portal");
  await shot("home-received");
  await nirin.staff("requests", "take", renewal);
  await expect(me.page.locator(".request-state")).toHaveText("手続き中");
  await shot("home-taken");
  await me.click(".request a");
  await me.sees("継続の手続きを進めています");
  await shot("renewal-taken");
  await nirin.staff("requests", "decline", renewal, "--reason", "ご登録の口座を確認できませんでした。");
  await me.sees("継続のお申し込み");
  await shot("renewal-declined");
  await me.open("/portal");
  await shot("home-declined");
  await me.click(".card-more a");
  await me.sees("バイク保険 スタンダード");
  await me.follow("ご契約内容の変更を申し込む");
  await me.sees("ご契約内容の変更");
  await shot("change");
  await me.page.locator("#phone").fill("12");
  await me.page.locator("#plate").fill("12-34");
  await me.press("確認へ進む");
  await expect(me.summary).toBeVisible();
  await shot("change-wrong");
  await me.page.locator("#phone").fill("09011112222");
  await me.page.locator("#plate").fill("");
  await me.page.locator("#usage").selectOption("通勤・通学");
  await me.press("確認へ進む");
  await me.sees("変更のお申し込み内容の確認");
  await shot("change-confirm");
  await me.press("この内容で申し込む");
  await me.sees("変更のお申し込みを受け付けました");
  await shot("change-receipt");
  await me.press("申し込みを取り下げる");
  await me.sees("変更のお申し込み");
  await shot("request-withdrawn");
  await me.page.getByRole("link", { name: "ご契約の内容へ戻る" }).click();
  await me.sees("バイク保険 スタンダード");
  await shot("contract-requests");
  await me.portal.account();
  await shot("account");
});

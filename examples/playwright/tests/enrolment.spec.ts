import { PASSWORD, test } from "../rehearsal";
import { field, giveCode, givePassword, identify, isInPortal, press, sees } from "../screens";

test("somebody who never signed in gets to the portal, with the link opened on another device", async ({ page, browser, rehearsal }) => {
  const person = await rehearsal.person();
  await page.goto("/enrol");
  await identify(page, person);
  await sees(page, "パスワードの登録");
  await field(page, "new_password").fill(PASSWORD);
  await press(page, "送信する");
  await sees(page, "メールをご確認ください");

  const device = await browser.newContext();
  const there = await device.newPage();
  await there.goto(await rehearsal.link(person, "confirm-enrolment"));
  await press(there, "確認して登録を完了する");
  await sees(there, "アカウント作成完了");
  await device.close();

  // The first screen goes on by itself.
  await sees(page, "アカウント作成完了");
  await press(page, "ログインへ進む");
  await givePassword(page, person, PASSWORD);
  await giveCode(page, await rehearsal.code(person));
  await isInPortal(page, person);
});

import { PASSWORD, test } from "../rehearsal";
import { field, identify, press, sees } from "../screens";

const A_DAY = 24 * 60 * 60;

test("a link that is opened a day later, on another device, has expired and leads back to the beginning", async ({ page, browser, rehearsal }) => {
  const person = await rehearsal.person();
  await page.goto("/enrol");
  await identify(page, person);
  await field(page, "new_password").fill(PASSWORD);
  await press(page, "送信する");
  const link = await rehearsal.link(person, "confirm-enrolment");

  await rehearsal.forward(A_DAY + 1);
  const device = await browser.newContext();
  const there = await device.newPage();
  await there.goto(link);
  await sees(there, "リンクの有効期限が切れています");
  await there.getByRole("link", { name: "はじめてのログインをやり直す" }).click();
  await sees(there, "ご本人の確認");
  await device.close();
});

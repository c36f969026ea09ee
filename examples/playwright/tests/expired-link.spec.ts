import { PASSWORD, test } from "../rehearsal";
import { field, identify, press, sees } from "../screens";

const A_DAY = 24 * 60 * 60;

test("a link that is opened a day later has expired, and leads back to the beginning", async ({ page, rehearsal }) => {
  const person = await rehearsal.person();
  await page.goto("/enrol");
  await identify(page, person);
  await field(page, "new_password").fill(PASSWORD);
  await press(page, "送信する");
  const link = await rehearsal.link(person, "confirm-enrolment");

  await rehearsal.forward(A_DAY + 1);
  await page.goto(link);
  await sees(page, "リンクの有効期限が切れています");
  await press(page, "はじめから手続きする");
  await sees(page, "ご本人の確認");
});

import { OTHER_PASSWORD, PASSWORD, test } from "../rehearsal";
import { field, giveCode, givePassword, isInPortal, isTold, press, sees } from "../screens";

test("who forgot the password chooses another one by the mailed link, and the old one is over", async ({ page, rehearsal }) => {
  const member = await rehearsal.person({ password: PASSWORD });
  await page.goto("/password-reset");
  await field(page, "user_id").fill(member.email);
  await press(page, "送信する");
  await sees(page, "メールをご確認ください");

  await page.goto(await rehearsal.link(member, "reset-password"));
  await sees(page, "新しいパスワードの登録");
  await field(page, "new_password").fill(OTHER_PASSWORD);
  await press(page, "パスワード変更");
  await sees(page, "パスワード変更完了");
  await rehearsal.mail(member, "password-changed");

  await page.goto("/sign-in");
  await givePassword(page, member, PASSWORD);
  await isTold(page, "ユーザーIDまたはパスワードが正しくありません。");
  await givePassword(page, member, OTHER_PASSWORD);
  await giveCode(page, await rehearsal.code(member));
  await isInPortal(page, member);
});

import { PASSWORD, test } from "../rehearsal";
import { giveCode, givePassword, isInPortal, isTold, press, sees } from "../screens";

test("a code that was sent again signs in when the one before has expired, which is refused", async ({ page, rehearsal }) => {
  const member = await rehearsal.person({ password: PASSWORD });
  await page.goto("/sign-in");
  await givePassword(page, member, PASSWORD);
  await sees(page, "認証番号の入力");
  const old = await rehearsal.code(member);

  // A code works for five minutes: the second one is asked for in the fifth.
  await rehearsal.forward(4 * 60);
  await press(page, "認証番号を再送する");
  const sentAgain = await rehearsal.code(member);
  await rehearsal.forward(90);
  await giveCode(page, old);
  await isTold(page, /有効期限が切れました/);

  await giveCode(page, sentAgain);
  await isInPortal(page, member);
});

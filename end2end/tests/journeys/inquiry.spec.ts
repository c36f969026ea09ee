// Flow B: which is my user ID?

import { DEMO, expect, HEADING, SUBJECT, TIME, test } from "../../support/test";

test("who has no account yet goes on to the password without being asked again", async ({ me, person, mailbox }) => {
  await me.inquiry.start();
  await me.inquiry.identify(person);
  await me.sees(HEADING.notEnrolled);
  await expect(me.page.locator(".copy-value")).toHaveText(person.email);
  await me.press("パスワードの登録へ進む");
  await me.sees(HEADING.password);
  await expect(me.page).toHaveURL(/\/enrol$/);
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.mail);
  await mailbox.link(person.email);
});

test("who has no registered address is sent to the contact centre by an inquiry as well", async ({ me }) => {
  await me.inquiry.start();
  await me.inquiry.identify(DEMO.withoutAddress);
  await me.sees(HEADING.noEmail);
  await expect(me.page.getByRole("main")).toContainText("0120-000-216");
});

test("an inquiry without a match says no more than enrolment does", async ({ me, person }) => {
  await me.inquiry.start();
  await me.inquiry.identify({ ...person, kana: "ダレカ チガウ" });
  await me.isTold("ご契約が見つかりませんでした");
  await expect(me.heading).toHaveText(HEADING.inquiry);
});

test("five misses in one browser make it wait 15 minutes, others go on", async ({ me, elsewhere, person, clock }) => {
  await me.inquiry.start();
  for (const _ of [1, 2, 3, 4, 5]) {
    await me.inquiry.identify({ ...person, kana: "ダレカ チガウ" });
    await me.isTold("ご契約が見つかりませんでした");
  }
  await me.inquiry.identify(person);
  await me.isTold(new RegExp(`しばらく受け付けを止めています。${TIME}以降に`));
  const other = await elsewhere();
  await other.enrol.start();
  await other.enrol.identify(person);
  await other.sees(HEADING.password);
  await clock(15 * 60 + 1);
  await me.inquiry.start();
  await me.inquiry.identify(person);
  await me.sees(HEADING.notEnrolled);
});

test("ten misses on one number send to the contact centre, whoever asks", async ({ elsewhere, person }) => {
  for (const browser of [await elsewhere(), await elsewhere()]) {
    await browser.enrol.start();
    for (const _ of [1, 2, 3, 4, 5]) {
      await browser.enrol.identify({ ...person, phone: "03-9999-9999" });
      await browser.isTold("ご契約が見つかりませんでした");
    }
  }
  const third = await elsewhere();
  await third.enrol.start();
  await third.enrol.identify(person);
  await third.isTold("カスタマーサービスセンターへお電話ください");
});

test("where the user ID is masked the screen shows only its ends, and the mail all of it", async ({ ownNirin, elsewhere, person }) => {
  const nirin = await ownNirin({ settings: { "accounts.mask_user_id": true } });
  const { Mailbox } = await import("../../support/mailbox");
  const { Visitor } = await import("../../support/visitor");
  const mailbox = new Mailbox(nirin);
  await new Visitor(nirin).enrol(person, mailbox);
  const me = await elsewhere();
  await me.open(`${nirin.url}/user-id`);
  await me.inquiry.identify(person);
  await me.sees(HEADING.userId);
  await expect(me.page.locator("body")).not.toContainText(person.email);
  expect(await me.page.content()).not.toContain(person.email);
  await expect(me.page.locator(".facts dd")).toHaveText(/^t\*+@e\*+\.jp$/);
  expect((await mailbox.next(person.email, SUBJECT.userId)).text).toContain(person.email);
  await me.press("ログイン");
  await me.sees(HEADING.signIn);
  await expect(me.field("user_id")).toHaveValue("");
  // Enrolment says that there is an account, and where the whole user ID can be had.
  await me.open(`${nirin.url}/enrol`);
  await me.enrol.identify(person);
  await me.sees(HEADING.already);
  expect(await me.page.content()).not.toContain(person.email);
  await me.page.getByRole("link", { name: "ユーザーIDがわからない方はこちら" }).click();
  await expect(me.page).toHaveURL(/\/user-id$/);
});

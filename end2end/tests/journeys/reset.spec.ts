// Flow C: a new password for who forgot it.

import { expect, HEADING, OTHER_PASSWORD, SUBJECT, TIME, test, Visitor } from "../../support/test";

test("a reset ends the session that is open on another device", async ({ me, elsewhere, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  const other = await elsewhere();
  await other.reset.start();
  await other.reset.askFor(member.email);
  await other.link.open(await mailbox.link(member.email, SUBJECT.reset));
  await other.link.choosePassword(OTHER_PASSWORD);
  await other.sees(HEADING.changed);
  await me.page.reload();
  await me.sees(HEADING.signIn);
});

test("whether a user ID exists cannot be seen from the answer", async ({ elsewhere, member, person }) => {
  const shown: string[] = [];
  for (const userId of [member.email, person.email, "nobody@example.org"]) {
    const me = await elsewhere();
    await me.reset.start();
    await me.reset.askFor(userId);
    await me.sees(HEADING.mail);
    const text = await me.page.getByRole("main").innerText();
    shown.push(text.replaceAll(userId, "…").replace(/お問い合わせ番号：\S+/, "").replaceAll(new RegExp(TIME, "g"), "時刻").replace(/あと\d+秒/, "あと秒"));
  }
  expect(new Set(shown).size).toBe(1);
  expect(shown[0]).not.toContain("受け取りました");
});

test("a registered address without an account gets a mail that points to the first sign-in", async ({ me, person, mailbox, nirin }) => {
  await me.reset.start();
  await me.reset.askFor(person.email);
  await me.sees(HEADING.mail);
  const mail = await mailbox.next(person.email, SUBJECT.notEnrolled);
  expect(mail.text).toContain(`${nirin.url}/enrol`);
});

test("what is no address is told at the field and kept", async ({ me }) => {
  await me.reset.start();
  await me.reset.askFor("tameshi");
  await me.isTold("「@」を含めて入力してください", "user_id");
  await expect(me.field("user_id")).toHaveValue("tameshi");
  await me.reset.askFor("");
  await me.isTold("ユーザーIDを入力してください", "user_id");
});

test("the new password is held to the same rules, and the link stays good meanwhile", async ({ me, member, mailbox, nirin }) => {
  await new Visitor(nirin).askForReset(member.email);
  await me.link.open(await mailbox.link(member.email, SUBJECT.reset));
  await me.link.choosePassword("Hoshizora-8241-xyz");
  await me.isTold("パスワードが長すぎます", "new_password");
  await me.link.choosePassword("abc");
  await me.isTold("3種類以上を組み合わせてください", "new_password");
  await me.link.choosePassword(OTHER_PASSWORD);
  await me.sees(HEADING.changed);
});

test("「心当たりがない」 voids a reset link, and the password stays", async ({ me, member, mailbox, nirin }) => {
  await new Visitor(nirin).askForReset(member.email);
  const link = await mailbox.link(member.email, SUBJECT.reset);
  await me.link.open(link);
  await me.link.disown();
  await me.sees(HEADING.disowned);
  await me.link.open(link);
  await me.sees(HEADING.disowned);
  await me.signIn.asFarAsTheCode(member);
});

test("a reset link expires after 24 hours, works once, and only the newest works", async ({ me, elsewhere, member, mailbox, nirin, clock }) => {
  await new Visitor(nirin).askForReset(member.email);
  const first = await mailbox.link(member.email, SUBJECT.reset);
  await new Visitor(nirin).askForReset(member.email);
  const second = await mailbox.link(member.email, SUBJECT.reset);
  await me.link.open(first);
  await me.sees(HEADING.linkReplaced);
  await me.link.open(second);
  await me.link.choosePassword(OTHER_PASSWORD);
  await me.sees(HEADING.changed);
  const other = await elsewhere();
  await other.link.open(second);
  await other.sees(HEADING.linkUsed);
  await new Visitor(nirin).askForReset(member.email);
  const third = await mailbox.link(member.email, SUBJECT.reset);
  await clock(24 * 3600 + 60);
  await other.link.open(third);
  await other.sees(HEADING.linkExpired);
  await other.page.getByRole("link", { name: "パスワードの再設定をやり直す" }).click();
  await expect(other.page).toHaveURL(/\/password-reset$/);
});

test("any sign-in voids a reset link that waits", async ({ me, member, mailbox, nirin }) => {
  await new Visitor(nirin).askForReset(member.email);
  const link = await mailbox.link(member.email, SUBJECT.reset);
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await me.link.open(link);
  await me.sees(HEADING.linkReplaced);
});

test("the reset mail can be sent again after 30 seconds", async ({ me, member, mailbox, clock }) => {
  await me.reset.start();
  await me.reset.askFor(member.email);
  await me.sees(HEADING.mail);
  await mailbox.link(member.email, SUBJECT.reset);
  await me.press("メールを再送する");
  await me.isTold("以降に再送できます");
  await clock(31);
  await me.press("メールを再送する");
  await expect(me.notice).toContainText("メールの再送を");
  await me.link.open(await mailbox.link(member.email, SUBJECT.reset));
  await me.sees(HEADING.newPassword);
});

test("a reset lifts the wait after wrong passwords at once", async ({ me, member, mailbox, nirin }) => {
  const stranger = new Visitor(nirin);
  for (const _ of [1, 2, 3, 4, 5]) await stranger.post("/sign-in", { step: "sign-in", user_id: member.email, password: "x" });
  await me.signIn.start();
  await me.signIn.withPassword(member.email, member.password);
  await me.isTold("ログインを一時的に止めています");
  await new Visitor(nirin).askForReset(member.email);
  await me.link.open(await mailbox.link(member.email, SUBJECT.reset));
  await me.link.choosePassword(OTHER_PASSWORD);
  await me.sees(HEADING.changed);
  await me.signIn.start();
  await me.signIn.withPassword(member.email, OTHER_PASSWORD);
  await me.sees(HEADING.code);
});

test("where a phone number is asked for as second proof, a wrong one is refused and a right one of any spelling passes", async ({ ownNirin, elsewhere, person }) => {
  const nirin = await ownNirin({ settings: { "accounts.reset_proof": "phone" } });
  const { Mailbox } = await import("../../support/mailbox");
  const mailbox = new Mailbox(nirin);
  await new Visitor(nirin).enrol(person, mailbox);
  await new Visitor(nirin).askForReset(person.email);
  const me = await elsewhere();
  await me.link.open(await mailbox.link(person.email, SUBJECT.reset));
  await me.field("phone").fill("03-9999-9999");
  await me.link.choosePassword(OTHER_PASSWORD);
  await me.isTold("ご登録の番号と一致しません", "phone");
  await me.field("phone").fill(person.phone.replaceAll("-", "ー"));
  await me.link.choosePassword(OTHER_PASSWORD);
  await me.sees(HEADING.changed);
});

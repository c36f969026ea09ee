// Pictures of every step, to be looked at: end2end/shots/<project>/NN-name.png.

import { DEMO, expect, HEADING, OTHER_PASSWORD, SUBJECT, test, Visitor } from "../../support/test";
import type { Browser } from "../../support/browser";

function shots(me: Browser, project: string, series: string) {
  let count = 0;
  return async (name: string) => {
    count += 1;
    // Not in the middle of a caret's blink or a transition.
    await me.page.screenshot({ path: `shots/${project}/${series}-${String(count).padStart(2, "0")}-${name}.png`, fullPage: true, animations: "disabled" });
  };
}

test("enrolment", async ({ me, elsewhere, person, mailbox }, { project }) => {
  const shot = shots(me, project.name, "a");
  await me.open("/");
  await shot("guide");
  await me.enrol.start();
  await shot("identity");
  await me.enrol.identify({ number: "1", kana: "山田", phone: "1" });
  await me.isTold("漢字");
  await shot("identity-wrong");
  await me.enrol.identify({ ...person, kana: "ダレカ" });
  await me.isTold("見つかりませんでした");
  await shot("identity-no-match");
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
  await shot("password");
  await me.field("new_password").fill("abcDEF");
  await shot("password-typing");
  await me.press("送信する");
  await me.isTold("短すぎます");
  await shot("password-refused");
  await me.page.evaluate(() => history.back());
  await expect(me.page.locator("#back-dialog")).toBeVisible();
  await me.page.screenshot({ path: `shots/${project.name}/a-back-dialog.png` });
  await me.button("続ける").click();
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.mail);
  await expect(me.page.locator(".delivery")).toContainText("受け取りました");
  await shot("mail");
  const other = await elsewhere();
  const otherShot = shots(other, project.name, "link");
  const link = await mailbox.link(person.email);
  await other.link.open(link);
  await otherShot("confirm");
  await other.link.confirm();
  await other.sees(HEADING.created);
  await otherShot("done");
  const third = await elsewhere();
  await third.link.open(link);
  await third.sees(HEADING.linkUsed);
  await shots(third, project.name, "link-used")("used");
  await me.sees(HEADING.created);
  await shot("created");
  await me.press("ログインへ進む");
  await me.sees(HEADING.signIn);
  await shot("sign-in");
  await me.signIn.withPassword(person.email, OTHER_PASSWORD);
  await me.isTold("正しくありません");
  await shot("sign-in-refused");
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  await shot("code");
  await me.signIn.withCode("000000");
  await me.isTold(/あと4回/);
  await shot("code-wrong");
  await me.signIn.withCode(await mailbox.code(person.email));
  await me.portal.isOf(person);
  await shot("portal");
  await me.page.getByRole("link", { name: /くわしい内容を見る/ }).click();
  await me.ready();
  await shot("contract");
  await me.portal.account();
  await shot("account");
  await me.open("/enrol");
  await shot("enrol-afterwards");
});

test("the other ways", async ({ me, member, person, mailbox, clock, nirin, complaints }, { project }) => {
  complaints.allowed.push(/404/);
  const shot = shots(me, project.name, "b");
  await me.enrol.start();
  await me.enrol.identify(member);
  await me.sees(HEADING.already);
  await shot("already-registered");
  await me.inquiry.start();
  await me.inquiry.identify(DEMO.withoutAddress);
  await me.sees(HEADING.noEmail);
  await shot("no-email");
  await me.press("はじめから手続きする").catch(() => null);
  await me.page.context().clearCookies();
  await me.inquiry.start();
  await me.inquiry.identify(person);
  await me.sees(HEADING.notEnrolled);
  await shot("not-enrolled");
  await me.page.context().clearCookies();
  await me.inquiry.start();
  await me.inquiry.identify(member);
  await me.sees(HEADING.userId);
  await shot("user-id");
  await me.reset.start();
  await shot("reset");
  await me.reset.askFor(member.email);
  await me.sees(HEADING.mail);
  await shot("reset-sent");
  await me.link.open(await mailbox.link(member.email, SUBJECT.reset));
  await shot("reset-new-password");
  await me.link.choosePassword(OTHER_PASSWORD);
  await me.sees(HEADING.changed);
  await shot("reset-done");
  await new Visitor(nirin).askForReset(member.email);
  const late = await mailbox.link(member.email, SUBJECT.reset);
  await me.signIn.start();
  await me.signIn.withPassword(member.email, OTHER_PASSWORD);
  await me.sees(HEADING.code);
  const code = await mailbox.code(member.email);
  await clock(301);
  await me.signIn.withCode(code);
  await me.isTold("有効期限が切れました");
  await shot("code-expired");
  await clock(601);
  await me.reload();
  await me.sees(HEADING.timedOut);
  await shot("timed-out");
  await clock(24 * 3600);
  await me.link.open(late);
  await me.sees(HEADING.linkExpired);
  await shot("link-expired");
  for (const path of ["/help", "/help/contract-number", "/help/mail", "/help/link", "/help/code", "/help/locked", "/help/change", "/help/environment", "/nowhere", "/rehearsal/mailbox", "/rehearsal/clock"]) {
    await me.open(path);
    await shot(path.slice(1).replaceAll("/", "-"));
  }
});

// The flows from their first page to their end.

import { HEADING } from "../support/flows";
import { SUBJECT } from "../support/mailbox";
import { OTHER_PASSWORD } from "../support/people";
import { Visitor } from "../support/visitor";
import type { Journey } from "./journey";

export function flows(journey: Journey): void {
  journey("somebody who never signed in gets from the identity check to the portal", async ({ me, elsewhere, person, mailbox }) => {
    await me.enrol.start();
    await me.isAtStep(1);
    await me.enrol.identify(person);

    await me.sees(HEADING.password);
    await me.isAtStep(2);
    await me.reads(".copy-value", person.email);
    await me.enrol.choosePassword(person.password);

    await me.sees(HEADING.mail);
    await me.isAtStep(3);
    await me.reads(".facts", person.email);
    const other = await elsewhere();
    await other.link.open(await mailbox.link(person.email));
    await other.sees(HEADING.link);
    await other.link.confirm();
    await other.sees(HEADING.created);

    await me.enrol.goesOn();
    await me.sees(HEADING.created);
    await me.isAtStep(4);
    await me.press("ログインへ進む");

    await me.sees(HEADING.signIn);
    await me.holds("user_id", person.email);
    await me.signIn.withPassword(person.email, person.password);
    await me.sees(HEADING.code);
    await me.isAtStep(5);
    await me.signIn.withCode(await mailbox.code(person.email));

    await me.portal.isOf(person);
    await me.reads("main", person.number);
  });

  journey("what is wrong is told at the field, with what was typed, also after a reload", async ({ me, person }) => {
    await me.enrol.start();
    await me.enrol.identify({ ...person, number: "12", kana: "山田" });
    await me.isTold("番号の桁数が足りません", "number");
    await me.isTold("漢字「山」が入っています", "kana");
    await me.holds("kana", "山田");
    await me.reload();
    await me.isTold("漢字「山」が入っています", "kana");
    await me.holds("kana", "山田");
    await me.enrol.identify(person);
    await me.sees(HEADING.password);
  });

  journey("who has an account sees the user ID, gets a notice by mail, and goes on to sign in with it filled in", async ({ me, accounts, mailbox }) => {
    const member = await accounts.member();
    await me.inquiry.start();
    await me.inquiry.identify(member);
    await me.sees(HEADING.userId);
    await me.reads(".copy-value", member.email);
    const notice = await mailbox.next(member.email, SUBJECT.userId);
    if (!notice.text.includes(member.email)) throw new Error(`no user ID in:\n${notice.text}`);
    await me.press("ログイン");
    await me.sees(HEADING.signIn);
    await me.holds("user_id", member.email);
  });

  journey("who forgot the password sets a new one by the mailed link and signs in with it, not being signed in by the link", async ({ me, elsewhere, accounts, mailbox }) => {
    const member = await accounts.member();
    await me.reset.start();
    await me.reset.askFor(member.email);
    await me.sees(HEADING.mail);
    await me.reads("main", "登録されている場合は、メールをお送りします");
    const other = await elsewhere();
    await other.link.open(await mailbox.link(member.email, SUBJECT.reset));
    await other.sees(HEADING.newPassword);
    await other.reads(".facts", member.email);
    await other.link.choosePassword(OTHER_PASSWORD);
    await other.sees(HEADING.changed);
    await mailbox.next(member.email, SUBJECT.changed);
    await other.open("/portal");
    await other.sees(HEADING.signIn);
    await other.signIn.withPassword(member.email, member.password);
    await other.isTold("ユーザーIDまたはパスワードが正しくありません。");
    await other.signIn.withPassword(member.email, OTHER_PASSWORD);
    await other.sees(HEADING.code);
    await other.signIn.withCode(await mailbox.code(member.email));
    await other.portal.isOf(member);
  });

  journey("a reload shows the same step, at every step", async ({ me, person, mailbox, nirin }) => {
    const staysAt = async (heading: string) => {
      await me.sees(heading);
      await me.reload();
      await me.sees(heading);
    };
    await me.enrol.start();
    await staysAt(HEADING.identity);
    await me.enrol.identify(person);
    await staysAt(HEADING.password);
    await me.enrol.choosePassword(person.password);
    await staysAt(HEADING.mail);
    await new Visitor(nirin).confirm(await mailbox.link(person.email));
    await me.reload();
    await staysAt(HEADING.created);
    await me.press("ログインへ進む");
    await staysAt(HEADING.signIn);
    await me.holds("user_id", person.email);
    await me.signIn.withPassword(person.email, person.password);
    await staysAt(HEADING.code);
    await me.signIn.withCode(await mailbox.code(person.email));
    await me.portal.isOf(person);
  });

  journey("after signing out, back and forward show nothing personal", async ({ me, accounts, mailbox }) => {
    const member = await accounts.member();
    await me.signIn.asFarAsTheCode(member);
    await me.signIn.withCode(await mailbox.code(member.email));
    await me.portal.isOf(member);
    await me.click("main a[href^='/portal/contracts/']");
    await me.reads("main", member.number);
    await me.portal.signOut();
    for (const way of ["back", "back", "forward"] as const) {
      await me[way]();
      await me.sees(HEADING.signIn);
      await me.reads("body", new RegExp(`^(?!.*(${member.number}|${member.kana.replace(" ", "　")} 様))`, "s"));
    }
    await me.open("/portal/account");
    await me.sees(HEADING.signIn);
  });

  journey("a page that comes back shows the step that the server holds", async ({ me, person, mailbox, nirin }) => {
    const returns = async (heading: string) => {
      await me.open("/help");
      await me.back();
      await me.sees(heading);
    };
    await me.enrol.start();
    await returns(HEADING.identity);
    await me.enrol.identify(person);
    await me.sees(HEADING.password);
    await returns(HEADING.password);
    await me.enrol.choosePassword(person.password);
    await me.sees(HEADING.mail);
    const link = await mailbox.link(person.email);
    await me.open("/help");
    await new Visitor(nirin).confirm(link);
    await me.back();
    await me.sees(HEADING.created);
  });
}

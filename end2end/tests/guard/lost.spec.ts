// An answer that gets lost after the server has done its work, and cookies that are deleted midway: one more press goes on.

import type { Cut, Front } from "../../support/front";
import { test } from "../../support/fronted-test";
import { type Browser, expect, HEADING } from "../../support/test";

// They take a browser and a server of their own: all of these run in one.
test.describe.configure({ mode: "default" });

/** What browsers say of an answer that is lost. */
const LOST = /ERR_EMPTY_RESPONSE|NetworkError when attempting to fetch/;

/** Presses a button whose answer is lost as a whole, and sees that something went wrong. */
async function losesAnswerTo(me: Browser, front: Front, button: string): Promise<void> {
  await Promise.all([front.losesNextAnswer("before its head"), me.button(button).click({ noWaitAfter: true })]);
  if (me.script) await expect(me.notice.filter({ hasText: "通信できませんでした" })).toBeVisible();
  // In the place of the page the browser has one of its own.
  else await expect(me.heading).not.toBeVisible();
}

/** Fills in the present form and presses its button in vain, and once more where nothing goes on by itself. */
async function pressesInVain(me: Browser, front: Front, cut: Cut, form: { fill: () => Promise<void>; button: string }): Promise<void> {
  await form.fill();
  // An answer that the script cannot read: the browser posts the same by itself.
  if (cut === "in its body") return void (await Promise.all([front.losesNextAnswer(cut), me.button(form.button).click()]));
  const { pathname } = new URL(me.page.url());
  await losesAnswerTo(me, front, form.button);
  if (!me.script) {
    await me.open(pathname);
    await form.fill();
  }
  await me.press(form.button);
}

for (const cut of ["before its head", "in its body"] as const) {
  // Without script the body of an answer to a post is empty.
  const tag = cut === "in its body" ? ["@script"] : [];

  test(`an answer that is lost ${cut} at the identity check costs one more press at most`, { tag }, async ({ me, front, person, complaints }) => {
    complaints.allowed.push(LOST);
    await me.enrol.start();
    await me.enrol.identify({ ...person, phone: "090" });
    await me.isTold("電話番号は、", "phone");
    await pressesInVain(me, front, cut, { fill: () => me.enrol.type(person), button: "次へ進む" });
    await me.sees(HEADING.password);
    await me.enrol.choosePassword(person.password);
    await me.sees(HEADING.mail);
  });

  test(`an answer that is lost ${cut} at sign-in costs one more press at most at each step and one code`, { tag }, async ({ me, front, member, mailbox, complaints }) => {
    complaints.allowed.push(LOST);
    await me.signIn.start();
    const password = async () => {
      await me.type("user_id", member.email);
      await me.type("password", member.password);
    };
    await pressesInVain(me, front, cut, { fill: password, button: "次へ" });
    await me.sees(HEADING.code);
    const code = await mailbox.code(member.email);
    expect(await mailbox.count(member.email, "認証番号")).toBe(1);
    await pressesInVain(me, front, cut, { fill: () => me.type("code", code), button: "次へ進む" });
    await me.portal.isOf(member);
  });
}

test("who comes back only later to a code whose answer was lost finds its form, and the same code still opens", async ({ me, front, member, mailbox, complaints }) => {
  complaints.allowed.push(LOST);
  await me.signIn.asFarAsTheCode(member);
  const code = await mailbox.code(member.email);
  await me.type("code", code);
  await losesAnswerTo(me, front, "次へ進む");
  await me.open("/help");
  await me.open("/sign-in");
  await me.sees(HEADING.code);
  await me.signIn.withCode(code);
  await me.portal.isOf(member);
});

test("with the cookies deleted midway one press leads to the first step and says why", async ({ me, person }) => {
  await me.enrol.asFarAsThePassword(person);
  await me.page.context().clearCookies();
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.identity);
  await expect(me.notice.first()).toContainText("手続きの情報が見つかりませんでした");
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
});

test("with the cookies deleted at the first step the press is taken all the same", async ({ me, person }) => {
  await me.enrol.start();
  await me.enrol.identify({ ...person, phone: "090" });
  await me.page.context().clearCookies();
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
});

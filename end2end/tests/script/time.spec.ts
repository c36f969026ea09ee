// The 30 minutes of a flow, where script warns before they are over.

import { expect, HEADING, test } from "../../support/test";

const MINUTES = 60;

test("two minutes before a flow ends it warns; one press extends; afterwards the page says what happened", async ({ me, person, clock }) => {
  const dialog = me.page.locator("#idle-dialog");
  const wait = async (seconds: number) => {
    await clock(seconds);
    await me.page.clock.fastForward(seconds * 1000);
  };
  await me.page.clock.install();
  await me.enrol.asFarAsThePassword(person);
  await wait(27 * MINUTES);
  await expect(dialog).toHaveCount(0);
  await wait(MINUTES + 5);
  await expect(dialog).toBeVisible();
  await expect(me.button("時間を延長する")).toBeFocused();
  await me.press("時間を延長する");
  await expect(dialog).toHaveCount(0);
  await expect(me.heading).toHaveText(HEADING.password);
  await wait(27 * MINUTES);
  await expect(dialog).toHaveCount(0);
  await wait(3 * MINUTES + 2);
  await me.sees(HEADING.idle);
  await expect(dialog).toHaveCount(0);
  await me.press("はじめから手続きする");
  await me.sees(HEADING.identity);
});

test("extending keeps what was typed", async ({ me, person, clock }) => {
  await me.page.clock.install();
  await me.enrol.asFarAsThePassword(person);
  await me.field("new_password").fill(person.password);
  await clock(28 * MINUTES + 5);
  await me.page.clock.fastForward((28 * MINUTES + 5) * 1000);
  await me.press("時間を延長する");
  await expect(me.page.locator("#idle-dialog")).toHaveCount(0);
  await expect(me.field("new_password")).toHaveValue(person.password);
});

test("typing a half-filled first page for 30 minutes ends in words, not in silence", async ({ me, person, clock }) => {
  await me.enrol.start();
  await me.enrol.identify({ ...person, number: "1" });
  await me.isTold("番号の桁数が足りません");
  await clock(30 * MINUTES + 1);
  await me.press("次へ進む");
  await expect(me.heading).not.toHaveText(HEADING.password);
  await expect(me.page.getByRole("main")).toContainText(/時間切れ|すでに先へ進んでいます/);
});

test("two minutes before the session ends the portal warns; one press keeps it; afterwards the way to sign in says why", async ({ me, member, mailbox, clock }) => {
  const dialog = me.page.locator("#idle-dialog");
  const wait = async (seconds: number) => {
    await clock(seconds);
    await me.page.clock.fastForward(seconds * 1000);
  };
  await me.page.clock.install();
  await me.signIn.start();
  await me.signIn.withPassword(member.email, member.password);
  await me.sees(HEADING.code);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await expect(me.page.locator("html.live")).toHaveCount(1);
  await wait(27 * MINUTES);
  await expect(dialog).toHaveCount(0);
  await wait(MINUTES + 5);
  await expect(dialog).toContainText("まもなくログアウトします");
  await me.press("ログインを続ける");
  await expect(dialog).toHaveCount(0);
  await me.portal.isOf(member);
  await wait(27 * MINUTES);
  await expect(dialog).toHaveCount(0);
  await wait(3 * MINUTES + 2);
  await me.sees(HEADING.signIn);
  await expect(me.page.getByRole("main")).toContainText("しばらく操作がなかったため");
});

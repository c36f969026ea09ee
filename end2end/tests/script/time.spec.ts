// The 30 minutes of a flow, where script warns before they are over.

import { type Browser, expect, HEADING, type Person, test, Visitor } from "../../support/test";

const MINUTES = 60;

/** Lets time pass for the server and for the page. */
function waiter(me: Browser, clock: (seconds: number) => Promise<void>) {
  return async (seconds: number) => {
    await clock(seconds);
    await me.page.clock.fastForward(seconds * 1000);
  };
}

async function signsIn(me: Browser, who: Person, mailbox: { code(to: string): Promise<string> }): Promise<void> {
  await me.signIn.asFarAsTheCode(who);
  await me.signIn.withCode(await mailbox.code(who.email));
  await me.portal.isOf(who);
}

/** To the mail screen. */
async function toTheMail(me: Browser, who: Person): Promise<void> {
  await me.enrol.asFarAsThePassword(who);
  await me.field("new_password").fill(who.password);
  await me.press("送信する");
  await me.sees(HEADING.mail);
}

test("two minutes before a flow ends it warns; one press extends; afterwards the page says what happened", async ({ me, person, clock }) => {
  const dialog = me.page.locator("#idle-dialog");
  const wait = waiter(me, clock);
  await me.page.clock.install();
  await me.enrol.asFarAsThePassword(person);
  await wait(27 * MINUTES);
  await expect(dialog).toBeHidden();
  await wait(MINUTES + 5);
  await expect(dialog).toBeVisible();
  await expect(me.button("時間を延長する")).toBeFocused();
  await me.press("時間を延長する");
  await expect(dialog).toBeHidden();
  await expect(me.heading).toHaveText(HEADING.password);
  await wait(27 * MINUTES);
  await expect(dialog).toBeHidden();
  await wait(3 * MINUTES + 2);
  await me.sees(HEADING.idle);
  await expect(dialog).toBeHidden();
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
  await expect(me.page.locator("#idle-dialog")).toBeHidden();
  await expect(me.field("new_password")).toHaveValue(person.password);
});

test("typing a half-filled first page for 30 minutes ends in words, not in silence", async ({ me, person, clock }) => {
  await me.enrol.start();
  await me.enrol.identify({ ...person, number: "1" });
  await me.isTold("番号の桁数が足りません");
  await clock(30 * MINUTES + 1);
  await me.press("次へ進む");
  await expect(me.heading).not.toHaveText(HEADING.password);
  await expect(me.page.getByRole("main")).toContainText("時間切れのため、手続きを終了しました");
});

test("two minutes before the session ends the portal warns; one press keeps it; afterwards the way to sign in says why", async ({ me, member, mailbox, clock }) => {
  const dialog = me.page.locator("#idle-dialog");
  const wait = waiter(me, clock);
  await me.page.clock.install();
  await signsIn(me, member, mailbox);
  await expect(me.page.locator("html.live")).toHaveCount(1);
  await wait(27 * MINUTES);
  await expect(dialog).toBeHidden();
  await wait(MINUTES + 5);
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("まもなくログアウトします");
  await me.press("ログインを続ける");
  await expect(dialog).toBeHidden();
  await me.portal.isOf(member);
  await wait(27 * MINUTES);
  await expect(dialog).toBeHidden();
  await wait(3 * MINUTES + 2);
  await me.sees(HEADING.signIn);
  await expect(me.page.getByRole("main")).toContainText("ログインの有効な時間が過ぎたか");
});

test("the end of the twelve hours is told once and cannot be put off", async ({ me, member, mailbox, clock }) => {
  const dialog = me.page.locator("#idle-dialog");
  const wait = waiter(me, clock);
  await me.page.clock.install();
  await signsIn(me, member, mailbox);
  for (let quarter = 0; quarter < 28; quarter += 1) {
    await wait(25 * MINUTES);
    await me.reload();
  }
  // 11 hours 40 minutes: the session's life is nearer than its idle end.
  await wait(18 * MINUTES + 5);
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("ログインから12時間になるため");
  await me.button("閉じる").click();
  await expect(dialog).toBeHidden();
  await wait(60);
  await expect(dialog).toBeHidden();
  await wait(62);
  await me.sees(HEADING.signIn);
});

test("the account page left alone ends with its session, though it looks by itself", async ({ me, member, mailbox, clock, complaints }) => {
  complaints.allowed.push(/status of 401/);
  const wait = waiter(me, clock);
  await me.page.clock.install();
  await signsIn(me, member, mailbox);
  await wait(20 * MINUTES);
  await me.portal.account();
  await wait(27 * MINUTES);
  await expect(me.page.locator("#idle-dialog"), "it tells the end from when it was opened").toBeHidden();
  await wait(3 * MINUTES + 2);
  await me.sees(HEADING.signIn);
});

test("a screen that idled at the mail still goes on when the link is confirmed elsewhere", async ({ me, person, mailbox, nirin, clock }) => {
  await me.page.clock.install();
  await toTheMail(me, person);
  const link = await mailbox.link(person.email);
  await clock(30 * MINUTES + 5);
  await me.page.clock.fastForward((30 * MINUTES + 5) * 1000);
  await me.sees(HEADING.idleAtMail);
  const other = new Visitor(nirin);
  await other.confirm(link);
  await me.sees(HEADING.created);
});

test("three minutes after the mail the screen names the contact centre by itself", async ({ me, person, clock }) => {
  const centre = me.page.getByRole("main").getByText("0120-000-216");
  await me.page.clock.install();
  await toTheMail(me, person);
  await expect(centre).toBeHidden();
  await clock(181);
  await me.page.clock.fastForward(181_000);
  await expect(centre).toBeVisible();
});

// What else may happen to a renewal or a change request: `walks/procedures.ts` leads through both from end to end.

import { Browser, expect, HEADING, SUBJECT, test } from "../../support/test";

async function renew(me: Browser): Promise<string> {
  await me.portal.renewal();
  await me.portal.choosesAsBefore();
  await me.sees(HEADING.renewalConfirm);
  await me.press("この内容で申し込む");
  await me.sees(HEADING.renewalSent);
  return reference(me);
}

/** The number on a receipt. */
async function reference(me: Browser): Promise<string> {
  return (await me.page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).first().textContent()) ?? "";
}

test("a request is taken back, and another one can be made", async ({ me, renewer, mailbox, nirin }) => {
  await me.portal.enter(renewer, mailbox);
  const first = await renew(me);
  await me.press("申し込みを取り下げる");
  await me.sees(HEADING.renewalOver);
  await expect(me.page.locator(".request-state")).toHaveText("取り下げ");
  await expect(nirin.staff("requests", "take", first), "staff comes too late").rejects.toThrow();
  await me.page.getByRole("link", { name: "ご契約の内容へ戻る" }).click();
  await me.sees(HEADING.contract);
  const second = await renew(me);
  expect(second).not.toBe(first);
  await nirin.staff("requests", "decline", second, "--reason", "口座を確認できませんでした。");
  await me.portal.seesState("お受けできません");
  await me.sees("継続のお申し込み");
  await expect(me.page.getByRole("main")).toContainText("口座を確認できませんでした。");
  await me.follow("マイページへ戻る");
  await me.portal.renewal();
});

test("back, reload, a second tab and a double press make one request and lose nothing", async ({ me, renewer, mailbox, context, script }) => {
  await me.portal.enter(renewer, mailbox);
  await me.portal.renewal();
  const tab = new Browser(await context.newPage(), script);
  await tab.open(me.page.url());
  await me.portal.choosesAsBefore();
  await me.sees(HEADING.renewalConfirm);
  await me.reload();
  await me.sees(HEADING.renewalConfirm);
  await tab.portal.choosesAsBefore();
  await tab.sees(HEADING.renewalConfirm);
  await expect(tab.notice).toContainText("すでに次の画面へ進んでいます");
  await me.back();
  await me.reload();
  await me.open(tab.page.url());
  await me.sees(HEADING.renewalConfirm);
  await me.button("この内容で申し込む").dblclick();
  await me.sees(HEADING.renewalSent);
  await tab.press("この内容で申し込む");
  await tab.sees(HEADING.renewalSent);
  expect(await reference(tab)).toBe(await reference(me));
  await mailbox.next(renewer.email, SUBJECT.received);
  expect(await mailbox.count(renewer.email, SUBJECT.received)).toBe(1);
});

test("who is signed out in the middle sends nothing, and begins again", async ({ me, renewer, mailbox, context, script }) => {
  await me.portal.enter(renewer, mailbox);
  await me.portal.renewal();
  await me.portal.choosesAsBefore();
  await me.sees(HEADING.renewalConfirm);
  const tab = new Browser(await context.newPage(), script);
  await tab.open("/portal");
  await tab.portal.signOut();
  await me.press("この内容で申し込む");
  await me.sees(HEADING.signIn);
  await me.portal.enter(renewer, mailbox);
  await me.portal.renewal();
  await expect(me.page.locator("#consent")).not.toBeChecked();
  expect(await mailbox.count(renewer.email, SUBJECT.received)).toBe(0);
});

// Renewal and change request, from the portal's home to what staff makes of them.

import { Browser, expect, HEADING, type Person, SUBJECT, test } from "../../support/test";
import type { Mailbox } from "../../support/mailbox";

const PAGE = {
  contract: "バイク保険 スタンダード",
  renewal: "ご契約の継続",
  renewalConfirm: "継続のお申し込み内容の確認",
  renewalOver: "継続のお申し込み",
  renewalSent: "継続のお申し込みを受け付けました",
  renewalTaken: "継続のお手続きを進めています",
  renewalDone: "継続のお手続きが完了しました",
  change: "ご契約内容の変更",
  changeConfirm: "変更のお申し込み内容の確認",
  changeSent: "変更のお申し込みを受け付けました",
} as const;

async function enter(me: Browser, who: Person, mailbox: Mailbox): Promise<void> {
  await me.signIn.asFarAsTheCode(who);
  await me.signIn.withCode(await mailbox.code(who.email));
  await me.portal.isOf(who);
}

async function toRenewal(me: Browser): Promise<void> {
  await me.page.getByRole("link", { name: /^継続の手続きをする/ }).click();
  await me.sees(PAGE.renewal);
}

async function choose(me: Browser): Promise<void> {
  await me.click("label[for=choice-as-before]");
  await me.click("label[for=consent]");
  await me.press("確認へ進む");
}

async function renew(me: Browser): Promise<string> {
  await toRenewal(me);
  await choose(me);
  await me.sees(PAGE.renewalConfirm);
  await me.press("この内容で申し込む");
  await me.sees(PAGE.renewalSent);
  return reference(me);
}

/** The number on a receipt. */
async function reference(me: Browser): Promise<string> {
  return (await me.page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).first().textContent()) ?? "";
}

async function toChange(me: Browser): Promise<void> {
  await me.click(".card-more a");
  await me.sees(PAGE.contract);
  await me.follow("ご契約内容の変更を申し込む");
  await me.sees(PAGE.change);
}

/** Without script a page stays as it was until it is asked for again. */
async function seesState(me: Browser, state: string): Promise<void> {
  if (!me.script) await me.reload();
  await expect(me.page.locator(".request-state").first()).toHaveText(state);
}

test("somebody renews from the home to the receipt and the mail, follows what staff does, and cannot renew twice", async ({ me, renewer, mailbox, nirin }) => {
  await enter(me, renewer, mailbox);
  const number = await renew(me);
  await mailbox.next(renewer.email, SUBJECT.received);
  await me.follow("マイページへ戻る");
  await me.portal.isOf(renewer);
  await expect(me.page.getByRole("link", { name: /^継続の手続きをする/ })).toHaveCount(0);
  await expect(me.page.locator(".request-state")).toHaveText("受付済み");

  await nirin.staff("requests", "take", number);
  await seesState(me, "手続き中");
  await mailbox.next(renewer.email, SUBJECT.moved);
  await me.click(".request a");
  await me.sees(PAGE.renewalTaken);
  await expect(me.button("申し込みを取り下げる")).toHaveCount(0);

  await nirin.staff("requests", "done", number);
  await seesState(me, "完了");
  await me.sees(PAGE.renewalDone);
  const contract = new URL(await me.page.getByRole("link", { name: "ご契約の内容へ戻る" }).getAttribute("href").then(String), nirin.url);
  await me.open(`${contract.pathname}/renewal`);
  await me.sees(PAGE.renewalDone);
  await me.isAt(`/portal/requests/${number}`);
  await expect(me.page.getByRole("main")).toContainText(number);
  expect(await mailbox.count(renewer.email, SUBJECT.received)).toBe(1);
});

test("a change is corrected at its fields, shown side by side, and made", async ({ me, member, mailbox }) => {
  await enter(me, member, mailbox);
  await toChange(me);
  await me.press("確認へ進む");
  await expect(me.summary).toContainText("変更する内容がありません");
  await me.page.locator("#plate").fill("品川ア１２３４");
  await me.press("確認へ進む");
  await expect(me.summary, "the same plate, spelled otherwise").toContainText("変更する内容がありません");

  await me.page.locator("#phone").fill("12");
  await me.page.locator("#plate").fill("12-34");
  await me.press("確認へ進む");
  await expect(me.error("phone")).toContainText("0から始まる番号");
  await expect(me.error("plate")).toContainText("地名から");
  await expect(me.page).toHaveTitle(/^エラー：/);
  if (me.script) await expect(me.summary).toBeFocused();
  await expect(me.page.locator("#phone")).toHaveValue("12");
  await me.reload();
  await expect(me.error("plate"), "also after a reload").toContainText("地名から");

  await me.page.locator("#phone").fill("０９０１１１１２２２２");
  await me.page.locator("#plate").fill("１品川ア５６ー７８");
  await me.page.locator("#usage").selectOption("通勤・通学");
  await me.press("確認へ進む");
  await me.sees(PAGE.changeConfirm);
  for (const value of ["品川 あ 12-34", "1品川 あ 56-78", "09011112222", "通勤・通学"]) await expect(me.page.getByRole("table")).toContainText(value);
  await me.press("戻って直す");
  await me.sees(PAGE.change);
  await expect(me.page.locator("#usage"), "nothing typed is lost").toHaveValue("通勤・通学");
  await me.press("確認へ進む");
  await me.sees(PAGE.changeConfirm);
  await me.press("この内容で申し込む");
  await me.sees(PAGE.changeSent);
  await mailbox.next(member.email, SUBJECT.received);
});

test("a request is taken back, and another one can be made", async ({ me, renewer, mailbox, nirin }) => {
  await enter(me, renewer, mailbox);
  const first = await renew(me);
  await me.press("申し込みを取り下げる");
  await me.sees(PAGE.renewalOver);
  await expect(me.page.locator(".request-state")).toHaveText("取り下げ");
  await expect(nirin.staff("requests", "take", first), "staff comes too late").rejects.toThrow();
  await me.page.getByRole("link", { name: "ご契約の内容へ戻る" }).click();
  await me.sees(PAGE.contract);
  const second = await renew(me);
  expect(second).not.toBe(first);
  await nirin.staff("requests", "decline", second, "--reason", "口座を確認できませんでした。");
  await seesState(me, "お断り");
  await me.sees("継続のお申し込み");
  await expect(me.page.getByRole("main")).toContainText("口座を確認できませんでした。");
  await me.follow("マイページへ戻る");
  await toRenewal(me);
});

test("back, reload, a second tab and a double press make one request and lose nothing", async ({ me, renewer, mailbox, context, script }) => {
  await enter(me, renewer, mailbox);
  await toRenewal(me);
  const tab = new Browser(await context.newPage(), script);
  await tab.open(me.page.url());
  await choose(me);
  await me.sees(PAGE.renewalConfirm);
  await me.reload();
  await me.sees(PAGE.renewalConfirm);
  await choose(tab);
  await tab.sees(PAGE.renewalConfirm);
  await expect(tab.notice).toContainText("すでに次の画面へ進んでいます");
  await me.back();
  await me.reload();
  await me.open(tab.page.url());
  await me.sees(PAGE.renewalConfirm);
  await me.button("この内容で申し込む").dblclick();
  await me.sees(PAGE.renewalSent);
  await tab.press("この内容で申し込む");
  await tab.sees(PAGE.renewalSent);
  expect(await reference(tab)).toBe(await reference(me));
  await mailbox.next(renewer.email, SUBJECT.received);
  expect(await mailbox.count(renewer.email, SUBJECT.received)).toBe(1);
});

test("who is signed out in the middle sends nothing, and begins again", async ({ me, renewer, mailbox, context, script }) => {
  await enter(me, renewer, mailbox);
  await toRenewal(me);
  await choose(me);
  await me.sees(PAGE.renewalConfirm);
  const tab = new Browser(await context.newPage(), script);
  await tab.open("/portal");
  await tab.portal.signOut();
  await me.press("この内容で申し込む");
  await me.sees(HEADING.signIn);
  await enter(me, renewer, mailbox);
  await toRenewal(me);
  await expect(me.page.locator("#consent")).not.toBeChecked();
  expect(await mailbox.count(renewer.email, SUBJECT.received)).toBe(0);
});

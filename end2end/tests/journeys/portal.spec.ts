// Inside: contracts, password, devices.

import { DEMO, expect, HEADING, OTHER_PASSWORD, type Person, SUBJECT, test, Visitor } from "../../support/test";
import type { Browser } from "../../support/browser";
import type { Mailbox } from "../../support/mailbox";

async function enter(me: Browser, who: Person, mailbox: Mailbox): Promise<void> {
  await me.signIn.asFarAsTheCode(who);
  await me.signIn.withCode(await mailbox.code(who.email));
  await me.portal.isOf(who);
}

test("the home shows each contract with status, vehicle, plate, period, numbers and days, and leads to all of it", async ({ me, nirin, mailbox }) => {
  await new Visitor(nirin).enrol(DEMO.taro, mailbox);
  await enter(me, DEMO.taro, mailbox);
  const cards = me.page.locator(".card");
  await expect(cards).toHaveCount(2);
  const first = cards.filter({ hasText: "NR10000001" });
  for (const text of ["ご契約中", "アキツ リンドウ250", "KE20000001", "MT30000001"]) {
    await expect(first).toContainText(text);
  }
  await expect(first).toContainText(/(\d{4}年)(\d+月\d+日)から\d{4}年\2まで/);
  await expect(first).toContainText(/満期日まであと\d+日|満期日を過ぎています/);
  await first.getByRole("link", { name: /くわしい内容を見る/ }).click();
  await expect(me.page).toHaveURL(/\/portal\/contracts\/k-001$/);
  for (const text of ["2021年3月", "日常・レジャー", "本人限定・26歳以上", "12等級", "無制限", "3,000万円", "50万円（免責5万円）", "23,400円", "年払（クレジットカード）"]) {
    await expect(me.page.getByRole("main")).toContainText(text);
  }
  await me.page.getByRole("link", { name: "マイページへ戻る" }).click();
  await me.portal.isOf(DEMO.taro);
});

test("another's contract is not found", async ({ me, member, mailbox, complaints }) => {
  complaints.allowed.push(/404/);
  await enter(me, member, mailbox);
  const answer = await me.page.goto("/portal/contracts/k-001");
  expect(answer?.status()).toBe(404);
  await expect(me.page.getByRole("main")).not.toContainText("NR10000001");
});

test("the password is changed with the present one as proof; other devices are signed out, and a notice goes out", async ({ me, elsewhere, member, mailbox }) => {
  const other = await elsewhere();
  await enter(other, member, mailbox);
  await enter(me, member, mailbox);
  await me.portal.account();
  await me.portal.changePassword("Wrong-0000", OTHER_PASSWORD);
  await me.isTold("今のパスワードが正しくありません", "password");
  await me.portal.changePassword(member.password, "abc");
  await me.isTold("パスワードが短すぎます", "new_password");
  await me.portal.changePassword(member.password, member.password);
  await me.isTold("今のパスワードとは違うもの", "new_password");
  await me.portal.changePassword(member.password, OTHER_PASSWORD);
  await expect(me.notice).toContainText("パスワードを変更しました");
  await expect(me.page.locator(".session"), "the list is as it is afterwards").toHaveCount(1);
  await expect(me.field("new_password")).toHaveValue("");
  await mailbox.next(member.email, SUBJECT.changed);
  await other.page.reload();
  await other.sees(HEADING.signIn);
  await me.page.goto("/portal");
  await me.portal.isOf(member);
  await other.signIn.withPassword(member.email, OTHER_PASSWORD);
  await other.sees(HEADING.code);
});

test("the account page lists the devices and the last sign-ins, and ends one or all others", async ({ me, elsewhere, member, mailbox }) => {
  const [second, third] = [await elsewhere(), await elsewhere()];
  await enter(second, member, mailbox);
  await enter(third, member, mailbox);
  await enter(me, member, mailbox);
  await me.portal.account();
  await expect(me.page.locator(".session")).toHaveCount(3);
  await expect(me.page.locator(".session.current")).toContainText("お使いの端末");
  await expect(me.page.locator("table.history tbody tr")).toHaveCount(3);
  await me.button("この端末をログアウト").first().click();
  await expect(me.page.locator(".session")).toHaveCount(2);
  await me.press("ほかの端末をすべてログアウト");
  await expect(me.page.locator(".session")).toHaveCount(1);
  for (const other of [second, third]) {
    await other.page.goto("/portal");
    await other.sees(HEADING.signIn);
  }
  await me.page.goto("/portal");
  await me.portal.isOf(member);
});

test("a sixth device signs the first one out", async ({ me, elsewhere, member, mailbox, nirin }) => {
  const first = await elsewhere();
  await enter(first, member, mailbox);
  for (const _ of [2, 3, 4, 5]) await new Visitor(nirin).signIn(member, mailbox);
  await first.page.reload();
  await first.portal.isOf(member);
  await enter(me, member, mailbox);
  await first.page.reload();
  await first.sees(HEADING.signIn);
});

test("password managers are sent to where a password is changed", async ({ me, member, mailbox }) => {
  await enter(me, member, mailbox);
  await me.page.goto("/.well-known/change-password");
  await expect(me.page).toHaveURL(/\/portal\/account$/);
});

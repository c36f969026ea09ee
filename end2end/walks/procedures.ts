// Renewal and change request, from the portal's home to what staff makes of them.

import { HEADING } from "../support/flows";
import { SUBJECT } from "../support/mailbox";
import type { Journey } from "./journey";

export function procedures(journey: Journey): void {
  journey("somebody renews from the home to the receipt and the mail, follows what staff does, and cannot renew twice", async ({ me, accounts, mailbox, nirin }) => {
    const renewer = await accounts.renewer();
    await me.portal.enter(renewer, mailbox);
    await me.portal.renewal();
    await me.portal.choosesAsBefore();
    await me.sees(HEADING.renewalConfirm);
    await me.reload();
    await me.sees(HEADING.renewalConfirm);
    await me.press("この内容で申し込む");
    await me.sees(HEADING.renewalSent);
    const mail = await mailbox.next(renewer.email, SUBJECT.received);
    const number = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mail.text)?.[0] ?? "";
    await me.isAt(`/portal/requests/${number}`);
    await me.reads("main", number);
    await me.follow("マイページへ戻る");
    await me.portal.isOf(renewer);
    await me.has("main a[href^='/portal'][href$='/renewal']", 0);
    await me.reads(".request-state", "受付済み");

    await nirin.staff("requests", "take", number);
    await me.portal.seesState("手続き中");
    await mailbox.next(renewer.email, SUBJECT.moved);
    await me.click(".request a");
    await me.sees(HEADING.renewalTaken);
    await me.has("main form", 0);

    await nirin.staff("requests", "done", number);
    await me.portal.seesState("完了");
    await me.sees(HEADING.renewalDone);
    await me.follow("ご契約の内容へ戻る");
    await me.sees(HEADING.contract);
    await me.open(`${await me.asks<string>("location.pathname")}/renewal`);
    await me.sees(HEADING.renewalDone);
    await me.isAt(`/portal/requests/${number}`);
    if ((await mailbox.count(renewer.email, SUBJECT.received)) !== 1) throw new Error("more than one mail of one renewal");
  });

  journey("a change is corrected at its fields, shown side by side, and made", async ({ me, accounts, mailbox }) => {
    const member = await accounts.member();
    await me.portal.enter(member, mailbox);
    await me.portal.change();
    await me.press("確認へ進む");
    await me.isTold("変更する内容がありません");
    // The same plate, spelled otherwise.
    await me.type("plate", "品川ア１２３４");
    await me.press("確認へ進む");
    await me.isTold("変更する内容がありません");

    await me.type("phone", "12");
    await me.type("plate", "12-34");
    await me.press("確認へ進む");
    await me.isTold("0から始まる番号", "phone");
    await me.isTold("地名から", "plate");
    if (me.script) await me.isOn("#summary");
    await me.reload();
    await me.isTold("地名から", "plate");
    await me.holds("phone", "12");

    await me.type("phone", "０９０１１１１２２２２");
    await me.type("plate", "１品川ア５６ー７８");
    await me.choose("usage", "通勤・通学");
    await me.press("確認へ進む");
    await me.sees(HEADING.changeConfirm);
    for (const value of ["品川 あ 12-34", "1品川 あ 56-78", "09011112222", "通勤・通学"]) await me.reads("main table", value);
    await me.press("戻って直す");
    await me.sees(HEADING.change);
    await me.reads("#usage option:checked", "通勤・通学");
    await me.press("確認へ進む");
    await me.sees(HEADING.changeConfirm);
    await me.press("この内容で申し込む");
    await me.sees(HEADING.changeSent);
    await mailbox.next(member.email, SUBJECT.received);
  });
}

// Signing in: password, then a mailed code; and the way out.

import { expect, HEADING, OTHER_PASSWORD, SUBJECT, TIME, test, Visitor } from "../../support/test";

/** A code that differs from `code`. */
function wrong(code: string, by = 1): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, "0");
}

test("a wrong password and an unknown user ID are told in the same words, and the user ID stays typed", async ({ me, member }) => {
  await me.signIn.start();
  await me.signIn.withPassword(member.email, OTHER_PASSWORD);
  await me.isTold("ユーザーIDまたはパスワードが正しくありません。");
  const told = await me.summary.textContent();
  await expect(me.field("user_id")).toHaveValue(member.email);
  if (!me.script) await expect(me.field("password")).toHaveValue("");
  await me.signIn.withPassword(`nobody-${member.email}`, OTHER_PASSWORD);
  await expect(me.field("user_id")).toHaveValue(`nobody-${member.email}`);
  await me.isTold("ユーザーIDまたはパスワードが正しくありません。");
  expect(await me.summary.textContent()).toBe(told);
});

test("empty fields and a user ID without @ are told at the field", async ({ me }) => {
  await me.signIn.start();
  await me.signIn.withPassword("", "");
  await me.isTold("ユーザーIDを入力してください", "user_id");
  await me.isTold("パスワードを入力してください", "password");
  await me.signIn.withPassword("tameshi", OTHER_PASSWORD);
  await me.isTold("「@」を含めて入力してください", "user_id");
});

test("the user ID may be typed in any letter case", async ({ me, member, mailbox }) => {
  await me.signIn.start();
  await me.signIn.withPassword(member.email.toUpperCase(), member.password);
  await me.sees(HEADING.code);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
});

test("the way to sign in leads to reset, inquiry and the first sign-in", async ({ me }) => {
  await me.signIn.start();
  for (const [name, address] of [
    ["パスワードがわからない方はこちら", "/password-reset"],
    ["ユーザーIDがわからない方はこちら", "/user-id"],
    ["はじめてログインする方はこちら", "/enrol"],
  ] as const) {
    await expect(me.page.getByRole("link", { name })).toHaveAttribute("href", address);
  }
});

test("the code screen shows the masked address, until when the code works, and which mail it is", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  await mailbox.code(member.email);
  await me.reload();
  const main = me.page.getByRole("main");
  await expect(main).not.toContainText(member.email);
  await expect(me.page.locator(".facts").first()).toContainText(/t\S*\*\S*@/);
  await expect(main).toContainText(new RegExp(`有効期限${TIME}まで`));
  await expect(main).toContainText("1通目");
  await expect(me.page.locator(".delivery")).toContainText("受け取りました");
});

test("what is not six digits is told and costs no try", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  const code = await mailbox.code(member.email);
  for (const typed of ["12345", "abcdef", "1234567"]) {
    await me.signIn.withCode(typed);
    await me.isTold("6桁の数字を入力してください", "code");
  }
  await me.signIn.withCode("");
  await me.isTold("認証番号を入力してください", "code");
  await me.signIn.withCode(wrong(code));
  await me.isTold("あと4回入力できます", "code");
});

test("a wrong code says how many tries are left, and after five signing in begins again", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  const code = await mailbox.code(member.email);
  for (const left of [4, 3, 2, 1]) {
    await me.signIn.withCode(wrong(code, left));
    await me.isTold(`認証番号が正しくありません。あと${left}回入力できます。`, "code");
    if (!me.script) await expect(me.field("code")).toHaveValue("");
  }
  await me.signIn.withCode(wrong(code, 9));
  await me.sees(HEADING.tooManyTries);
  await me.press("はじめからログインする");
  await me.sees(HEADING.signIn);
  await me.signIn.withPassword(member.email, member.password);
  await me.sees(HEADING.code);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
});

test("sending the code again does not give back tries", async ({ me, member, mailbox, clock }) => {
  await me.signIn.asFarAsTheCode(member);
  const code = await mailbox.code(member.email);
  await me.signIn.withCode(wrong(code));
  await me.isTold("あと4回", "code");
  await clock(31);
  await me.signIn.resend();
  await expect(me.notice).toContainText("メールの再送を");
  const newer = await mailbox.code(member.email);
  await me.signIn.withCode(newer === wrong(code, 2) ? wrong(code, 3) : wrong(code, 2));
  await me.isTold("あと3回", "code");
});

test("a code of more than five minutes says when it expired and that a new one was just sent, and that one works", async ({ me, member, mailbox, clock }) => {
  await me.signIn.asFarAsTheCode(member);
  const old = await mailbox.code(member.email);
  await clock(5 * 60 + 1);
  await me.signIn.withCode(old);
  await me.isTold(new RegExp(`その認証番号は${TIME}に有効期限が切れました。新しい認証番号をメールでお送りします（${TIME}受付）。`), "code");
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
});

test("after sending again the older code still works for its five minutes", async ({ me, member, mailbox, clock }) => {
  await me.signIn.asFarAsTheCode(member);
  const older = await mailbox.code(member.email);
  await clock(31);
  await me.signIn.resend();
  await expect(me.page.getByRole("main")).toContainText("2通目");
  await mailbox.code(member.email);
  await me.signIn.withCode(older);
  await me.portal.isOf(member);
});

test("the code can be sent again after 30 seconds, not before", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.resend();
  await me.isTold(/メールは\d+:\d\d:\d\d以降に再送できます/);
  await mailbox.code(member.email);
  expect(await mailbox.count(member.email, SUBJECT.code)).toBe(1);
});

test("after five times of sending again there is no further one, and the screen does not offer it", async ({ me, member, clock }) => {
  await me.signIn.asFarAsTheCode(member);
  for (const nth of [2, 3, 4, 5, 6]) {
    await clock(31);
    await me.signIn.resend();
    await expect(me.page.getByRole("main")).toContainText(`${nth}通目`);
  }
  await clock(31);
  await me.reload();
  await expect(me.button("認証番号を再送する")).toHaveCount(0);
});

test("a full-width code with a space in it works", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  const code = await mailbox.code(member.email);
  const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("");
  await me.signIn.withCode(`${wide.slice(0, 3)}　${wide.slice(3)}`);
  await me.portal.isOf(member);
});

test("a code works once: a double click signs in, and later it is refused", async ({ me, elsewhere, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  const code = await mailbox.code(member.email);
  await me.field("code").fill(code);
  await me.button("次へ進む").dblclick();
  await me.portal.isOf(member);
  const other = await elsewhere();
  await other.signIn.asFarAsTheCode(member);
  if (code !== (await mailbox.code(member.email))) {
    await other.signIn.withCode(code);
    await other.isTold("認証番号が正しくありません", "code");
  }
});

test("more than ten minutes between password and code end the sign-in, which can begin again", async ({ me, member, mailbox, clock }) => {
  await me.signIn.asFarAsTheCode(member);
  const code = await mailbox.code(member.email);
  await clock(10 * 60 + 1);
  // With script the screen tells it by itself; without, the press does.
  if (!me.script) await me.signIn.withCode(code);
  await me.sees(HEADING.timedOut);
  await me.press("はじめからログインする");
  await me.sees(HEADING.signIn);
});

test("five wrong passwords make everybody wait until a time that is told; then the right one works", async ({ me, member, clock }) => {
  await me.signIn.start();
  for (const _ of [1, 2, 3, 4]) {
    await me.signIn.withPassword(member.email, OTHER_PASSWORD);
    await me.isTold("ユーザーIDまたはパスワードが正しくありません。");
  }
  await me.signIn.withPassword(member.email, OTHER_PASSWORD);
  await me.isTold(new RegExp(`ログインを一時的に止めています。${TIME}以降に`));
  await me.signIn.withPassword(member.email, member.password);
  await me.isTold("ログインを一時的に止めています");
  await clock(61);
  await me.signIn.withPassword(member.email, member.password);
  await me.sees(HEADING.code);
});

test("a stranger's wrong passwords do not lock the owner's own browser out", async ({ me, elsewhere, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await me.portal.signOut();
  const stranger = await elsewhere();
  await stranger.signIn.start();
  for (const _ of [1, 2, 3, 4, 5]) {
    await stranger.signIn.withPassword(member.email, OTHER_PASSWORD);
    await stranger.isTold(/パスワード/);
  }
  await stranger.signIn.withPassword(member.email, member.password);
  await stranger.isTold("ログインを一時的に止めています");
  await me.signIn.withPassword(member.email, member.password);
  await me.sees(HEADING.code);
});

test("signing out ends the session at the server, and says so", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await me.portal.signOut();
  await expect(me.notice).toContainText("ログアウトしました");
  await me.page.goto("/portal");
  await me.sees(HEADING.signIn);
});

test("30 minutes without action end the session, and the way to sign in says why", async ({ me, member, mailbox, clock }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await clock(30 * 60 + 1);
  await me.page.goto("/portal");
  await me.sees(HEADING.signIn);
  await expect(me.notice).toContainText("ログインの有効な時間が過ぎたか");
});

test("who is signed in already goes straight to the portal", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await me.page.goto("/sign-in");
  await me.portal.isOf(member);
});

test("nothing of the portal is shown to who is not signed in", async ({ me, nirin }) => {
  for (const path of ["/portal", "/portal/account", "/portal/contracts/k-001"]) {
    await me.open(path);
    await expect(me.page).toHaveURL(/\/sign-in/);
    await me.sees(HEADING.signIn);
  }
  expect((await new Visitor(nirin).post("/sign-out", {})).status).toBe(303);
});

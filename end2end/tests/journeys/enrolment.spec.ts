// Flow A: the first sign-in.

import { DEMO, expect, HEADING, OTHER_PASSWORD, SUBJECT, TIME, test, Visitor } from "../../support/test";

test("the link opened in the same browser leads to the portal as well", async ({ me, person, mailbox }) => {
  await me.enrol.asFarAsTheMail(person);
  await me.link.open(await mailbox.link(person.email));
  await me.sees(HEADING.link);
  await me.link.confirm();
  await me.sees(HEADING.created);
  await me.press("ログインへ進む");
  await me.sees(HEADING.signIn);
  await expect(me.field("user_id")).toHaveValue(person.email);
  await me.isAtStep(4);
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  await me.signIn.withCode(await mailbox.code(person.email));
  await me.portal.isOf(person);
});

const SPELLINGS: [string, { number: string; kana: string; phone: string }][] = [
  ["full-width digits and letters", { number: "ＮＲ１００００００１", kana: "ニリン　タロウ", phone: "０９０−００００−０００１" }],
  ["half-width kana", { number: "nr10000001", kana: "ﾆﾘﾝ ﾀﾛｳ", phone: "09000000001" }],
  ["hiragana", { number: "ke20000001", kana: "にりん たろう", phone: "090 0000 0001" }],
  ["dashes of every kind", { number: "NR-1000‐0001", kana: "ニリンタロウ", phone: "(090)0000—0001" }],
  ["a Roman numeral for a digit and low lines for dashes", { number: "ＮＲ＿Ⅰ０００＿０００１", kana: "ニリン タロウ", phone: "０９０＿００００＿０００１" }],
  ["a quote number and a phone with the country's code", { number: "MT 3000 0001", kana: "ニリン・タロウ", phone: "+81 90-0000-0001" }],
];

for (const [spelling, typed] of SPELLINGS) {
  test(`${spelling} get through the identity check`, async ({ me }) => {
    await me.enrol.start();
    await me.enrol.identify(typed);
    await me.sees(HEADING.password);
    await expect(me.page.locator(".copy-value")).toHaveText(DEMO.taro.email);
  });
}

for (const [name, typed] of [
  ["a dash of another kind after kana", { ...DEMO.dash, kana: "サト‐　ロ-ザ" }],
  ["half-width kana with a dash and a voiced mark", { ...DEMO.dash, kana: "ｻﾄｰ ﾛｰｻﾞ" }],
  ["a name without its dots", { ...DEMO.dots, kana: "マリア デラクルス" }],
  ["ヴ typed as half-width kana", { ...DEMO.vu, kana: "ｳﾞｧｲｽ ｳﾞｨｵﾗ" }],
  ["small kana typed large", { ...DEMO.small, kana: "キヤツスル ジヨシユア" }],
] as const) {
  test(`${name} gets through the identity check`, async ({ me }) => {
    await me.enrol.start();
    await me.enrol.identify(typed);
    await me.sees(HEADING.password);
  });
}

test("who has an account is told so, with the user ID and the ways to sign in and to reset", async ({ me, member }) => {
  await me.enrol.start();
  await me.enrol.identify(member);
  await me.sees(HEADING.already);
  await expect(me.page.locator(".copy-value")).toHaveText(member.email);
  await expect(me.page.getByRole("main").getByRole("link", { name: "ログイン", exact: true })).toHaveAttribute("href", "/sign-in");
  await expect(me.page.getByRole("link", { name: "パスワードがわからない方はこちら" })).toHaveAttribute("href", "/password-reset");
});

test("who has no registered address is sent to the contact centre", async ({ me }) => {
  await me.enrol.start();
  await me.enrol.identify(DEMO.withoutAddress);
  await me.sees(HEADING.noEmail);
  await expect(me.page.getByRole("main")).toContainText("0120-000-216");
  await expect(me.page.getByRole("main")).toContainText("9:00〜18:00");
});

test("of two who share an address the second is sent to the contact centre", async ({ me, nirin, mailbox }) => {
  await new Visitor(nirin).enrol(DEMO.shared, mailbox);
  await me.enrol.start();
  await me.enrol.identify(DEMO.sharedToo);
  await me.sees(HEADING.noEmail);
});

test("no match says the same whichever field was wrong, and keeps what was typed", async ({ me, person, people }) => {
  const other = people.next();
  const told: string[] = [];
  for (const wrong of [{ number: "NR99999999" }, { kana: other.kana }, { phone: other.phone }]) {
    const typed = { ...person, ...wrong };
    await me.enrol.start();
    await me.enrol.identify(typed);
    await me.isTold("ご契約が見つかりませんでした");
    told.push((await me.summary.textContent()) ?? "");
    // With script fields show what is meant; the sense is the same.
    await expect(me.field("number")).toHaveValue(typed.number);
    await expect(me.field("kana")).toHaveValue(new RegExp(typed.kana.replace(" ", "[ 　]")));
    await expect(me.field("phone")).toHaveValue(new RegExp(`^(${typed.phone}|${typed.phone.replaceAll("-", "")})$`));
  }
  expect(new Set(told).size).toBe(1);
});

test("each field says what is wrong with it, all at once, at the field and in the summary", async ({ me }) => {
  await me.enrol.start();
  await me.enrol.identify({ number: "12", kana: "山田", phone: "90-1234-5678" });
  await me.isTold("番号の桁数が足りません", "number");
  await me.isTold("漢字「山」が入っています", "kana");
  await me.isTold("0から始まる番号", "phone");
  await expect(me.field("kana")).toHaveAttribute("aria-invalid", "true");
  await expect(me.field("kana")).toHaveAttribute("aria-describedby", "kana-hint kana-error");
  await expect(me.field("kana")).toHaveValue("山田");

  await me.enrol.identify({ number: "NR1000*0001", kana: "Yamada", phone: "090-1234-56789" });
  await me.isTold("使えない文字「*」", "number");
  await me.isTold("英字「Y」が入っています", "kana");
  await me.isTold("10桁または11桁", "phone");

  await me.enrol.identify({ number: "", kana: "タロウ2", phone: "" });
  await me.isTold("番号を入力してください", "number");
  await me.isTold("数字「2」が入っています", "kana");
  await me.isTold("電話番号を入力してください", "phone");
});

test("a password of 18 characters is refused by name and not cut", async ({ me, person }) => {
  await me.enrol.asFarAsThePassword(person);
  await me.enrol.choosePassword("Hoshizora-8241-xyz");
  await me.isTold("パスワードが長すぎます", "new_password");
  await expect(me.error("new_password")).toContainText("今の文字数：18");
  await expect(me.field("new_password")).not.toHaveAttribute("maxlength");
  await expect(me.heading).toHaveText(HEADING.password);
});

test("every unmet rule of a password is told at once, and the password is not shown again", async ({ me, person }) => {
  await me.enrol.asFarAsThePassword(person);
  await me.enrol.choosePassword("abc");
  await me.isTold("パスワードが短すぎます", "new_password");
  await me.isTold("3種類以上を組み合わせてください", "new_password");
  if (!me.script) await expect(me.field("new_password")).toHaveValue("");
  await me.enrol.choosePassword("Ｈｏｓｈｉｚｏｒａ８２");
  await me.isTold("全角の文字が入っています", "new_password");
  await me.enrol.choosePassword("Password1!");
  await me.isTold("よく使われるパスワード", "new_password");
  await me.enrol.choosePassword(`${person.email.split("@")[0]}A!`.slice(0, 17));
  await me.isTold("から作ったパスワードは使えません", "new_password");
  await me.enrol.choosePassword("");
  await me.isTold("パスワードを入力してください", "new_password");
});

test("opening the link fifty times changes nothing before the person presses", async ({ me, elsewhere, person, mailbox, nirin }) => {
  await me.enrol.asFarAsTheMail(person);
  const link = await mailbox.link(person.email);
  for (let turn = 0; turn < 50; turn++) {
    const path = new URL(link).pathname;
    const answers = await Promise.all([nirin.get(path), fetch(link, { method: "HEAD", redirect: "manual" })]);
    expect(answers.map((answer) => [answer.status, answer.headers.get("location")])).toEqual([[303, "/link"], [303, "/link"]]);
  }
  await me.reload();
  await me.sees(HEADING.mail);
  const other = await elsewhere();
  await other.link.open(link);
  await other.sees(HEADING.link);
  await expect(other.page).toHaveURL(/\/link$/);
  await other.link.confirm();
  await other.sees(HEADING.created);
});

test("the link's page says who asked for what, when and from what device", async ({ me, elsewhere, person, mailbox, browserName }) => {
  await me.enrol.asFarAsTheMail(person);
  const other = await elsewhere();
  await other.link.open(await mailbox.link(person.email));
  const facts = other.page.locator(".facts");
  await expect(facts).toContainText(person.email);
  await expect(facts).toContainText("手続きした日時");
  await expect(facts).toContainText(browserName === "firefox" ? /手続きした端末\S+（Firefox）/ : /手続きした端末\S+（Chrome）/);
  await expect(facts).toContainText("リンクの有効期限");
});

test("after confirming in a mail app's browser the page says the first screen has moved on, and shows the address to sign in", async ({ me, elsewhere, person, mailbox, nirin }) => {
  await me.enrol.asFarAsTheMail(person);
  const other = await elsewhere();
  await other.link.open(await mailbox.link(person.email));
  await other.link.confirm();
  await other.sees(HEADING.created);
  await expect(other.page.getByRole("main")).toContainText("元の画面は、すでに次へ進んでいます");
  await expect(other.page.getByRole("main")).toContainText(`${nirin.url}/sign-in`);
});

test("「心当たりがない」 voids the link, and the first screen says so", async ({ me, elsewhere, person, mailbox }) => {
  await me.enrol.asFarAsTheMail(person);
  const link = await mailbox.link(person.email);
  const other = await elsewhere();
  await other.link.open(link);
  await other.link.disown();
  await other.sees(HEADING.disowned);
  await me.enrol.goesOn();
  await me.sees(HEADING.wasDisowned);
  await expect(me.page.getByRole("main")).toContainText("0120-000-216");
  await other.link.open(link);
  await other.sees(HEADING.disowned);
  await expect(other.button("確認して登録を完了する")).toHaveCount(0);
});

test("a link of more than 24 hours says that it expired and offers a new start", async ({ me, elsewhere, person, mailbox, clock }) => {
  await me.enrol.asFarAsTheMail(person);
  const link = await mailbox.link(person.email);
  await clock(24 * 3600 + 60);
  const other = await elsewhere();
  await other.link.open(link);
  await other.sees(HEADING.linkExpired);
  await other.page.getByRole("link", { name: "はじめてのログインをやり直す" }).click();
  await other.sees(HEADING.identity);

  await me.reload();
  await me.sees(HEADING.linkExpired);
  await me.press("はじめから手続きする");
  await me.sees(HEADING.identity);
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
});

test("a newer enrolment of the same person voids the older one's link, and the older screen says so", async ({ me, elsewhere, person, mailbox }) => {
  await me.enrol.asFarAsTheMail(person);
  const older = await mailbox.link(person.email);
  const other = await elsewhere();
  await other.enrol.asFarAsTheMail({ ...person, password: OTHER_PASSWORD });
  const newer = await mailbox.link(person.email);
  await me.enrol.goesOn();
  await me.sees(HEADING.superseded);
  await me.link.open(older);
  await me.sees(HEADING.linkReplaced);
  await me.link.open(newer);
  await me.link.confirm();
  await me.sees(HEADING.created);
});

test("a used link says so in another browser and leads to signing in", async ({ me, elsewhere, person, mailbox }) => {
  await me.enrol.asFarAsTheMail(person);
  const link = await mailbox.link(person.email);
  await me.link.open(link);
  await me.link.confirm();
  await me.sees(HEADING.created);
  const other = await elsewhere();
  await other.link.open(link);
  await other.sees(HEADING.linkUsed);
  await other.page.getByRole("link", { name: "ログインへ進む" }).click();
  await other.sees(HEADING.signIn);
});

test("a link that nobody sent, or half of one, says that it cannot be used and what to do", async ({ me }) => {
  for (const token of ["A".repeat(43), "abc", "%E3%81%82"]) {
    await me.link.open(`/link/${token}`);
    await me.sees(HEADING.linkUnknown);
    await expect(me.page).toHaveURL(/\/link$/);
    await expect(me.page.getByRole("main")).toContainText("リンク全体をブラウザーに貼り付けて");
    await expect(me.page.getByRole("main")).toContainText("0120-000-216");
  }
});

test("the mail can be sent again after 30 seconds, not before; then only the newer link works", async ({ me, elsewhere, person, mailbox, clock }) => {
  await me.enrol.asFarAsTheMail(person);
  const first = await mailbox.link(person.email);
  await me.enrol.resend();
  await me.isTold(/メールは\d+:\d\d:\d\d以降に再送できます/);
  await clock(31);
  await me.enrol.resend();
  await expect(me.notice).toContainText(new RegExp(`メールの再送を、${TIME}に受け付けました`));
  await expect(me.notice).toBeInViewport();
  const second = await mailbox.link(person.email);
  const other = await elsewhere();
  await other.link.open(first);
  await other.sees(HEADING.linkReplaced);
  await other.link.open(second);
  await other.link.confirm();
  await other.sees(HEADING.created);
  await me.enrol.goesOn();
  await me.sees(HEADING.created);
});

test("after three mails an hour the screen says when the next can go", async ({ me, person, mailbox, clock }) => {
  await me.enrol.asFarAsTheMail(person);
  for (const nth of [2, 3]) {
    await clock(31);
    await me.enrol.resend();
    await expect(me.notice).toContainText("メールの再送を");
    await expect.poll(() => mailbox.count(person.email, SUBJECT.confirm)).toBe(nth);
  }
  await clock(31);
  await me.enrol.resend();
  await me.isTold("短い時間にお送りできるメールの数を超えました");
  await expect(me.page.getByRole("main").getByText("0120-000-216")).toBeVisible();
  expect(await mailbox.count(person.email, SUBJECT.confirm)).toBe(3);
});

test("the mail screen says how far the mail has come, until when the link works, and when to call", async ({ me, person, mailbox, clock }) => {
  await me.enrol.asFarAsTheMail(person);
  await mailbox.next(person.email, SUBJECT.confirm);
  await me.reload();
  const main = me.page.getByRole("main");
  await expect(me.page.locator(".delivery")).toContainText(new RegExp(`${TIME}に、宛先のメールサーバーが受け取りました`));
  await expect(main).toContainText(/リンクの有効期限\d{4}年/);
  await expect(main).toContainText("3分たっても届かないときは");
  // Where the screen can change by itself, the number comes when it is of use.
  await expect(main.getByText("0120-000-216")).toBeVisible({ visible: !me.script });
  await clock(181);
  await me.reload();
  await expect(main.getByText("0120-000-216")).toBeVisible();
  await expect(main).toContainText("途中で保存できません");
  await expect(main).toContainText(/お問い合わせ番号：\S+/);
});

test("who gives up at the mail screen gives up the mailed link too", async ({ me, elsewhere, person, mailbox }) => {
  test.skip(!me.script, "the dialog is the script's");
  await me.open("/");
  await me.enrol.asFarAsTheMail(person);
  const link = await mailbox.link(person.email);
  await me.page.evaluate(() => history.back());
  await me.press("中止する");
  await me.sees(HEADING.abandoned);
  const other = await elsewhere();
  await other.link.open(link);
  await other.sees(HEADING.linkReplaced);
});

for (const [what, who] of [["two dots in a row", DEMO.twoDots], ["a dot before the @", DEMO.dotBeforeAt]] as const) {
  test(`an old carrier address with ${what} gets its mails and signs in`, async ({ me, mailbox }) => {
    await me.enrol.asFarAsTheMail(who);
    await me.link.open(await mailbox.link(who.email));
    await me.link.confirm();
    await me.sees(HEADING.created);
    await me.signIn.asFarAsTheCode(who);
    await me.signIn.withCode(await mailbox.code(who.email));
    await me.portal.isOf(who);
  });
}

test("the procedure begun in an inquiry or given up can be begun again", async ({ me, person }) => {
  await me.enrol.asFarAsThePassword(person);
  // Without script nothing offers to give up but leaving; the post is what the dialog sends.
  await me.page.request.post("/enrol", { form: { step: "password", act: "abandon" }, headers: { origin: new URL(me.page.url()).origin }, maxRedirects: 0 });
  await me.reload();
  await me.sees(HEADING.abandoned);
  await me.press("はじめから手続きする");
  await me.sees(HEADING.identity);
});

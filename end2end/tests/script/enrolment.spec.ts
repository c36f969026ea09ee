// What script adds to the flows.

import { CHROMIUM, expect, HEADING, test, Visitor } from "../../support/test";

test("steps are swapped in the page: no page is loaded and no history entry is made for them", async ({ me, person }) => {
  await me.enrol.start();
  await me.page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
  const before = await me.page.evaluate(() => history.length);
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.mail);
  expect(await me.page.evaluate(() => [history.length, "sameDocument" in window])).toEqual([before, true]);
  await expect(me.page).toHaveTitle(/^メールをご確認ください｜/);
});

test("the focus goes to the heading of a new step, and to the summary of what is wrong", async ({ me, person }) => {
  await me.enrol.start();
  await me.enrol.identify({ ...person, number: "1" });
  await expect(me.summary).toBeFocused();
  await me.summary.getByRole("link", { name: /番号の桁数/ }).click();
  await expect(me.field("number")).toBeFocused();
  await expect(me.page.locator("dialog[open]")).toBeHidden();
  await me.enrol.identify(person);
  await expect(me.heading).toBeFocused();
  await me.enrol.choosePassword("abc");
  await expect(me.summary).toBeFocused();
});

test("a field shows what is meant when it is left", async ({ me }) => {
  await me.enrol.start();
  await me.field("number").fill("nr－１０００ ０００１");
  await me.field("kana").fill("にりん　ﾀﾛｳ");
  await me.field("phone").fill("+81 90-0000-0001");
  await me.heading.click();
  await expect(me.field("number")).toHaveValue("NR10000001");
  await expect(me.field("kana")).toHaveValue(/^ニリン[ 　]タロウ$/);
  await expect(me.field("phone")).toHaveValue("09000000001");
});

test("a field is left as it is where it cannot be understood, and is never refused before it is sent", async ({ me }) => {
  await me.enrol.start();
  await me.field("number").fill("あ");
  await me.field("phone").fill("12");
  await me.heading.click();
  await expect(me.field("number")).toHaveValue("あ");
  await expect(me.field("phone")).toHaveValue("12");
  await expect(me.page.locator(".error")).toHaveCount(0);
});

test("nothing is written into a field while the IME composes", CHROMIUM("only its protocol composes as an IME does"), async ({ me }) => {
  await me.enrol.start();
  await me.field("kana").focus();
  await me.page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>("#kana");
    const seen: string[] = [];
    Object.assign(window, { writes: seen });
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    if (!field || !value) throw new Error("no field");
    Object.defineProperty(field, "value", {
      get: () => value.get?.call(field),
      set: (to: string) => {
        seen.push(to);
        value.set?.call(field, to);
      },
    });
  });
  const devtools = await me.page.context().newCDPSession(me.page);
  for (const text of ["t", "た", "たr", "たろ", "たろう"]) {
    await devtools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    // Two pictures later, whatever was to be written would have been.
    await me.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await expect(me.field("kana")).toHaveValue(text);
  }
  expect(await me.page.evaluate(() => (window as unknown as { writes: string[] }).writes)).toEqual([]);
  await devtools.send("Input.insertText", { text: "太郎" });
  await expect(me.field("kana")).toHaveValue("太郎");
  expect(await me.page.evaluate(() => (window as unknown as { writes: string[] }).writes)).toEqual([]);
});

test("text that was typed before the script arrived is still there afterwards, and is sent", async ({ me, person }) => {
  let arrive = () => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await me.page.route("**/nirin.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await me.page.goto("/enrol");
  await me.enrol.type(person);
  expect(await me.page.locator("html.live").count()).toBe(0);
  arrive();
  await me.ready();
  await expect(me.field("number")).toHaveValue(person.number);
  await expect(me.field("kana")).toHaveValue(new RegExp(person.kana.replace(" ", "[ 　]")));
  await me.press("次へ進む");
  await me.sees(HEADING.password);
});

test("a password that was there before the script arrived is judged by the live rules", async ({ me, person }) => {
  await me.enrol.asFarAsThePassword(person);
  let arrive = () => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await me.page.route("**/nirin.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await me.page.reload({ waitUntil: "domcontentloaded" });
  await me.field("new_password").fill(person.password);
  arrive();
  await me.ready();
  await expect(me.field("new_password")).toHaveValue(person.password);
  await expect(me.page.locator(".rule.met")).toHaveCount(await me.page.locator(".rule").count());
});

test("where the script does not arrive at all the page still works", async ({ me, person, complaints }) => {
  complaints.allowed.push(/nirin\.(js|wasm)|Failed to (fetch|load)|net::ERR/);
  await me.page.route("**/nirin.wasm", (route) => route.abort());
  await me.page.goto("/enrol");
  await me.enrol.type(person);
  await me.button("次へ進む").click();
  await expect(me.heading).toHaveText(HEADING.password);
});

test("the rules of the password follow the typing, in words as well as in colour, and are said once it stops", async ({ me, person }) => {
  await me.enrol.asFarAsThePassword(person);
  const rules = me.page.locator(".rule");
  const rule = (words: string) => rules.filter({ hasText: words });
  await expect(me.page.locator(".rule.met, .rule.unmet")).toHaveCount(0);
  await me.field("new_password").pressSequentially("abc");
  await expect(rule("8文字以上17文字以下")).toHaveClass(/unmet/);
  await expect(rule("8文字以上17文字以下")).toContainText("まだです");
  await expect(rule("半角の英数字と記号だけ")).toContainText("合っています");
  await expect(me.page.locator(".error")).toHaveCount(0);
  await me.field("new_password").fill("Password1!");
  await expect(rule("よく使われるパスワードではない")).toHaveClass(/unmet/);
  await me.field("new_password").fill("Tameshino-12");
  await expect(rule("から作ったものではない")).toHaveClass(/unmet/);
  await me.field("new_password").fill("Hoshizora-8241-xyz");
  await expect(rule("8文字以上17文字以下")).toHaveClass(/unmet/);
  await me.field("new_password").fill(person.password);
  await expect(me.page.locator(".rule.met")).toHaveCount(await rules.count());
  await expect(me.page.locator(".visually-hidden[role=status]")).toHaveText(/パスワードの決まり(\d)件のうち、\1件に合っています。/);
});

test("the password is shown and hidden again, and pasting is allowed", async ({ me, person, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await me.enrol.asFarAsThePassword(person);
  await me.page.evaluate((text) => navigator.clipboard.writeText(text), person.password);
  await me.field("new_password").focus();
  await me.page.keyboard.press("Control+V");
  await expect(me.field("new_password")).toHaveValue(person.password);
  await expect(me.field("new_password")).toHaveAttribute("type", "password");
  await me.page.getByLabel("パスワードを表示する").check();
  await expect(me.field("new_password")).toHaveAttribute("type", "text");
  await me.field("new_password").fill("abc");
  await me.press("送信する");
  await me.isTold("短すぎます", "new_password");
  const shown = await me.page.getByLabel("パスワードを表示する").isChecked();
  await expect(me.field("new_password"), "the switch says what is").toHaveAttribute("type", shown ? "text" : "password");
  await me.page.getByLabel("パスワードを表示する").check();
  await expect(me.field("new_password")).toHaveAttribute("type", "text");
  await me.page.getByLabel("パスワードを表示する").uncheck();
  await expect(me.field("new_password")).toHaveAttribute("type", "password");
});

test("the user ID is copied by a press", async ({ me, person, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await me.enrol.asFarAsThePassword(person);
  await me.button("コピーする").click();
  await expect(me.button("コピーしました")).toBeVisible();
  expect(await me.page.evaluate(() => navigator.clipboard.readText())).toBe(person.email);
});

test("fields tell browsers and keyboards what they are for", async ({ me, person, mailbox, nirin }) => {
  await me.enrol.start();
  await expect(me.field("phone")).toHaveAttribute("autocomplete", "tel-national");
  await expect(me.field("phone")).toHaveAttribute("inputmode", "tel");
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
  await expect(me.field("new_password")).toHaveAttribute("autocomplete", "new-password");
  await expect(me.field("new_password")).toHaveAttribute("passwordrules", /minlength: 8; maxlength: 17/);
  await expect(me.page.locator("form input[autocomplete=username]")).toHaveValue(person.email);
  await new Visitor(nirin).enrol(person, mailbox);
  await me.signIn.start();
  await expect(me.field("user_id")).toHaveAttribute("autocomplete", "username");
  await expect(me.field("user_id")).toHaveAttribute("inputmode", "email");
  await expect(me.field("password")).toHaveAttribute("autocomplete", "current-password");
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  await expect(me.field("code")).toHaveAttribute("autocomplete", "one-time-code");
  await expect(me.field("code")).toHaveAttribute("inputmode", "numeric");
  for (const field of await me.page.locator("input").all()) {
    await expect(field).not.toHaveAttribute("placeholder");
    await expect(field).not.toHaveAttribute("maxlength");
  }
  await expect(me.page.locator("button[disabled]")).toHaveCount(0);
});

test("where event streams do not get through the screen asks, and goes on all the same", async ({ me, person, mailbox, nirin, complaints }) => {
  test.setTimeout(60_000);
  complaints.allowed.push(/net::ERR|Failed to load|establish a connection/);
  await me.page.route("**/live/**", (route) => route.abort());
  await me.enrol.asFarAsTheMail(person);
  const other = new Visitor(nirin);
  await other.confirm(await mailbox.link(person.email));
  await expect(me.heading).toHaveText(HEADING.created, { timeout: 25_000 });
});

test("a broken connection is told, what was typed stays, and the next press works", async ({ me, person, complaints }) => {
  complaints.allowed.push(/net::ERR|Failed to (fetch|load)/);
  await me.enrol.start();
  await me.enrol.type(person);
  await me.page.route("**/api/enrol", (route) => route.abort());
  await me.button("次へ進む").click();
  await expect(me.page.locator("#said")).toContainText("通信できませんでした");
  await expect(me.page.locator("#said"), "it stands far above the button").toBeInViewport();
  await expect(me.page.locator("#said")).toBeFocused();
  await expect(me.field("number")).toHaveValue(person.number);
  await me.page.unroute("**/api/enrol");
  await me.press("次へ進む");
  await me.sees(HEADING.password);
});

test("a server that was restarted meanwhile changes nothing for the person", async ({ ownNirin, elsewhere, person, complaints }) => {
  complaints.allowed.push(/net::ERR|Failed to load|EventSource/);
  const nirin = await ownNirin();
  const me = await elsewhere();
  await me.open(`${nirin.url}/enrol`);
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
  await nirin.kill("SIGKILL");
  await nirin.restart();
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.mail);
});

test("asvs 14.3.3: nothing of value lies where script could read it, at any step", async ({ me, person, mailbox }) => {
  const readable = () =>
    me.page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, (await caches.keys().catch(() => [])).length]);
  const nothing = [0, 0, "", 0, 0];
  await me.enrol.asFarAsTheMail(person);
  expect(await readable()).toEqual(nothing);
  await me.link.open(await mailbox.link(person.email));
  expect(await readable()).toEqual(nothing);
  await me.link.confirm();
  await me.press("ログインへ進む");
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  expect(await readable()).toEqual(nothing);
  await me.signIn.withCode(await mailbox.code(person.email));
  await me.portal.isOf(person);
  expect(await readable()).toEqual(nothing);
});

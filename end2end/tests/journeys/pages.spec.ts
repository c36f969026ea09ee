// The pages that are no flow: each sends people the right way.

import { expect, HEADING, test } from "../../support/test";

for (const [unknown, address, heading] of [
  ["who never signed in since the renewal date", "/enrol", HEADING.identity],
  ["who does not know the user ID", "/user-id", HEADING.inquiry],
  ["who does not know the password", "/password-reset", HEADING.reset],
] as const) {
  test(`the guide sends ${unknown} the right way`, async ({ me }) => {
    await me.open("/");
    await expect(me.heading).toHaveText("ユーザーID/パスワードがわからない");
    await me.page.locator(`.choice-link[href="${address}"]`).click();
    await me.sees(heading);
    await expect(me.page).toHaveURL(new RegExp(`${address}$`));
  });
}

test("the guide tells what changed, what to have at hand, the warnings, and whom to call without mail", async ({ me }) => {
  await me.open("/");
  const main = me.page.getByRole("main");
  for (const text of ["2022年9月6日", "途中で保存できません", "画面を閉じないで", "前の画面に戻らないで", "メールアドレスの登録をお申し付けください", "0120-000-216"]) {
    await expect(main).toContainText(text);
  }
  await expect(me.page.locator("script")).toHaveCount(0);
});

test("each case of the guide leads to the steps of its own flow, with a picture of every screen", async ({ me }) => {
  await me.open("/");
  for (const [name, pictures] of [
    ["はじめてのログイン", 8],
    ["ユーザーIDの確認", 2],
    ["パスワードの再設定", 4],
  ] as const) {
    const choice = me.page.locator(".choice").filter({ hasText: `「${name}」の流れを見る` });
    await expect(choice.locator("figure").first()).toBeHidden();
    await choice.getByText(`「${name}」の流れを見る`).click();
    await expect(choice.locator("figure")).toHaveCount(pictures);
    for (const figure of await choice.locator("figure").all()) await expect(figure).toBeVisible();
    await expect(choice.getByRole("link", { name: `「${name}」をはじめる` })).toBeVisible();
  }
});

test("on a phone the guide is no longer than ten screens", async ({ me }) => {
  await me.open("/");
  const [length, screen] = await me.page.evaluate(() => [document.documentElement.scrollHeight, 667]);
  expect(length).toBeLessThan(10 * screen);
});

test("every help topic opens from the list, says what to do, and has the contact centre", async ({ me }) => {
  await me.open("/help");
  const topics = await me.page.locator(".help-list a").evaluateAll((links) => links.map((link) => [link.textContent ?? "", link.getAttribute("href") ?? ""] as const));
  expect(topics.map(([, address]) => address)).toEqual(
    ["contract-number", "mail", "link", "code", "locked", "change", "renewal", "contract-change", "environment"].map((topic) => `/help/${topic}`),
  );
  for (const [title, address] of topics) {
    await me.open(address);
    await expect(me.heading).toHaveText(title);
    await expect(me.page).toHaveTitle(new RegExp(`^${title}`));
    await expect(me.page.getByRole("main")).toContainText("0120-000-216");
    await expect(me.page.locator("script")).toHaveCount(0);
  }
});

test("no link of the guide, the help and the first screens leads nowhere", async ({ me, nirin }) => {
  const seen = new Set<string>();
  const waiting = ["/", "/help", "/enrol", "/user-id", "/password-reset", "/sign-in"];
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const answer = await nirin.get(path);
    // Places of the portal send on to signing in.
    expect([path, answer.status]).toEqual([path, path.startsWith("/portal") ? 303 : 200]);
    const html = await answer.text();
    for (const [, to] of html.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) if (to) waiting.push(to);
    for (const [, id] of html.matchAll(/<a [^>]*href="#([^"]+)"/g)) expect(html, `${path}#${id}`).toContain(`id="${id}"`);
  }
  expect(seen.size).toBeGreaterThan(12);
  await me.open("/");
});

test("an address that leads nowhere is a real 404 with a way home", async ({ me, complaints }) => {
  complaints.allowed.push(/404/);
  for (const path of ["/nowhere", "/help/nothing", "/portal/nothing"]) {
    const answer = await me.page.goto(path);
    expect(answer?.status()).toBe(404);
    await expect(me.heading).toHaveText("ページが見つかりません");
    await expect(me.page.locator(".reference")).toContainText(/お問い合わせ番号：\S+/);
  }
  await me.page.getByRole("link", { name: "ログインのご案内" }).click();
  await expect(me.heading).toHaveText("ユーザーID/パスワードがわからない");
});

test("every page lies under a policy that allows nothing but its own", async ({ me, complaints }) => {
  complaints.allowed.push(/404/);
  for (const path of ["/", "/enrol", "/user-id", "/password-reset", "/sign-in", "/link", "/help", "/help/mail", "/nowhere"]) {
    const answer = await me.page.goto(path);
    // Leaving before the WASM has arrived is a complaint in Firefox.
    await me.ready();
    const headers = answer?.headers() ?? {};
    expect(headers["content-security-policy"], path).toContain("default-src 'none'");
    expect(headers["content-security-policy"], path).toMatch(/script-src 'nonce-[\w+/=-]{16,}' 'strict-dynamic' 'wasm-unsafe-eval'/);
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["cache-control"], path).toContain("no-store");
  }
});

test("the header leads in, and back in for who is signed in", async ({ me, member, mailbox }) => {
  await me.open("/help");
  await me.page.getByRole("banner").getByRole("link", { name: "ログイン" }).click();
  await me.sees(HEADING.signIn);
  await me.signIn.withPassword(member.email, member.password);
  await me.sees(HEADING.code);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await me.page.getByRole("banner").getByRole("link", { name: "ヘルプ" }).click();
  await me.page.getByRole("banner").getByRole("link", { name: "マイページ" }).click();
  await me.portal.isOf(member);
});

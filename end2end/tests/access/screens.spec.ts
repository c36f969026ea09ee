// axe on every screen and state, without a violation; at 320 px nothing has to be scrolled sideways.

import { DEMO, expect, HEADING, OTHER_PASSWORD, SUBJECT, test, Visitor } from "../../support/test";
import type { Browser } from "../../support/browser";

/** Holds what is on the screen now to everything that every screen must be. */
async function fits(me: Browser): Promise<void> {
  const before = me.page.viewportSize() ?? { width: 375, height: 667 };
  await me.page.setViewportSize({ width: 320, height: 640 });
  const wide = await me.page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const outside = [...document.body.querySelectorAll("*")].filter((part) => {
      const box = part.getBoundingClientRect();
      return box.width > 1 && box.right > limit + 1 && getComputedStyle(part).position !== "absolute";
    });
    return document.documentElement.scrollWidth > limit ? outside.slice(0, 5).map((part) => part.outerHTML.slice(0, 160)) : [];
  });
  expect(wide, `${me.page.url()} is wider than 320 px`).toEqual([]);
  const small = await me.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main button, main a.button, main label.option, main select, main input:not([type=hidden], [type=checkbox], [type=radio], .for-managers)")]
      .filter((part) => part.offsetParent !== null && part.getBoundingClientRect().height < 43.5)
      .map((part) => `${part.outerHTML.slice(0, 100)}: ${part.getBoundingClientRect().height}`),
  );
  expect(small, `${me.page.url()}: targets below 44 px`).toEqual([]);
  await me.page.setViewportSize(before);
  await expect(me.page.locator("h1")).toHaveCount(1);
  await expect(me.page.locator("html")).toHaveAttribute("lang", "ja");
}

test("the steps of enrolment, right and wrong", async ({ me, person, mailbox, accessible }) => {
  test.setTimeout(120_000);
  const look = async () => {
    await accessible(me.page);
    await fits(me);
  };
  await me.enrol.start();
  await look();
  await me.enrol.identify({ number: "1", kana: "山", phone: "1" });
  await me.isTold("漢字「山」");
  await look();
  await me.enrol.identify({ ...person, kana: "ダレカ" });
  await me.isTold("見つかりませんでした");
  await look();
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
  await look();
  await me.field("new_password").fill("abc");
  await look();
  await me.press("送信する");
  await me.isTold("短すぎます");
  await look();
  await me.page.evaluate(() => history.back());
  await expect(me.page.locator("#back-dialog")).toBeVisible();
  await look();
  await me.button("続ける").click();
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.mail);
  await look();
  await me.link.open(await mailbox.link(person.email));
  await me.sees(HEADING.link);
  await look();
  await me.link.confirm();
  await me.sees(HEADING.created);
  await look();
  await me.open("/enrol");
  await me.sees(HEADING.created);
  await look();
  await me.press("ログインへ進む");
  await me.sees(HEADING.signIn);
  await look();
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  await look();
  await me.signIn.withCode("12");
  await me.isTold("6桁の数字");
  await look();
});

test("every way out of the identity check", async ({ me, member, person, accessible, elsewhere }) => {
  const look = async (at: Browser) => {
    await accessible(at.page);
    await fits(at);
  };
  await me.enrol.start();
  await me.enrol.identify(member);
  await me.sees(HEADING.already);
  await look(me);
  await me.inquiry.start();
  await look(me);
  await me.inquiry.identify(member);
  await me.sees(HEADING.userId);
  await look(me);
  const second = await elsewhere();
  await second.enrol.start();
  await second.enrol.identify(DEMO.withoutAddress);
  await second.sees(HEADING.noEmail);
  await look(second);
  await second.inquiry.start();
  await second.inquiry.identify(person);
  await second.sees(HEADING.notEnrolled);
  await look(second);
});

test("password reset, and every end of a link", async ({ me, elsewhere, member, person, mailbox, nirin, accessible, clock }) => {
  const look = async (at: Browser) => {
    await accessible(at.page);
    await fits(at);
  };
  await me.reset.start();
  await look(me);
  await me.reset.askFor("x");
  await me.isTold("「@」を含めて");
  await look(me);
  await me.reset.askFor(member.email);
  await me.sees(HEADING.mail);
  await look(me);
  const reset = await mailbox.link(member.email, SUBJECT.reset);
  await me.link.open(reset);
  await me.sees(HEADING.newPassword);
  await look(me);
  await me.link.choosePassword("abc");
  await me.isTold("短すぎます");
  await look(me);
  await me.link.choosePassword(OTHER_PASSWORD);
  await me.sees(HEADING.changed);
  await look(me);
  const other = await elsewhere();
  await other.link.open(reset);
  await other.sees(HEADING.linkUsed);
  await look(other);
  await other.link.open("/link/unknown");
  await other.sees(HEADING.linkUnknown);
  await look(other);
  const asking = new Visitor(nirin);
  await asking.askForAccount(person);
  const enrolment = await mailbox.link(person.email);
  await clock(24 * 3600 + 60);
  await other.link.open(enrolment);
  await other.sees(HEADING.linkExpired);
  await look(other);
  await new Visitor(nirin).askForAccount(person);
  await other.link.open(await mailbox.link(person.email));
  await other.link.disown();
  await other.sees(HEADING.disowned);
  await look(other);
});

test("the portal", async ({ me, member, mailbox, accessible }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await accessible(me.page);
  await fits(me);
  await me.page.getByRole("link", { name: /くわしい内容を見る/ }).click();
  await expect(me.page.getByRole("main")).toContainText("保険料");
  await accessible(me.page);
  await fits(me);
  await me.portal.account();
  await accessible(me.page);
  await fits(me);
  await me.portal.changePassword("x", "abc");
  await me.isTold("短すぎます");
  await accessible(me.page);
  await fits(me);
});

test("renewal and change request", async ({ me, renewer, mailbox, accessible }) => {
  const look = async (heading: string) => {
    await me.sees(heading);
    await accessible(me.page);
    await fits(me);
  };
  await me.signIn.asFarAsTheCode(renewer);
  await me.signIn.withCode(await mailbox.code(renewer.email));
  await me.portal.isOf(renewer);
  await me.page.getByRole("link", { name: /^継続の手続きをする/ }).click();
  await look("ご契約の継続");
  await me.press("確認へ進む");
  await expect(me.summary).toContainText("お支払いの方法");
  await look("ご契約の継続");
  await me.click("label[for=choice-by-phone]");
  await me.click("label[for=consent]");
  await me.press("確認へ進む");
  await look("継続のお申し込み内容の確認");
  await me.press("この内容で申し込む");
  await look("継続のお申し込みを受け付けました");
  await me.follow("ご契約の内容へ戻る");
  await look("バイク保険 スタンダード");
  await me.follow("ご契約内容の変更を申し込む");
  await look("ご契約内容の変更");
  await me.page.locator("#plate").fill("12-34");
  await me.press("確認へ進む");
  await expect(me.error("plate")).toBeVisible();
  await look("ご契約内容の変更");
});

test("the guide, the help, and the page of what is not there", async ({ me, accessible, complaints }) => {
  test.setTimeout(120_000);
  complaints.allowed.push(/404/);
  const topics = ["contract-number", "mail", "link", "code", "locked", "change", "renewal", "contract-change", "environment"].map((topic) => `/help/${topic}`);
  for (const path of ["/", "/help", ...topics, "/nowhere"]) {
    await me.open(path);
    await accessible(me.page);
    await fits(me);
  }
});

for (const [name, media] of [
  ["in the dark", { colorScheme: "dark" }],
  ["with forced colours", { forcedColors: "active" }],
  ["with more contrast and less motion", { contrast: "more", reducedMotion: "reduce" }],
] as const) {
  test(`the first screens ${name}`, async ({ me, accessible }) => {
    await me.page.emulateMedia(media);
    await me.enrol.start();
    await me.enrol.identify({ number: "1", kana: "山", phone: "1" });
    await me.isTold("漢字「山」");
    await accessible(me.page);
    for (const path of ["/", "/help/contract-number", "/sign-in"]) {
      await me.open(path);
      await accessible(me.page);
    }
  });
}

for (const [name, reducedMotion, fades] of [
  ["comes up calmly", "no-preference", 1],
  ["is there at once for who asks for less motion", "reduce", 0],
] as const) {
  test(`the next step ${name}, with the focus on its heading`, async ({ me, person }) => {
    await me.page.emulateMedia({ reducedMotion });
    await me.enrol.start();
    await me.page.evaluate(() => {
      document.addEventListener("transitionrun", ({ target }) => target instanceof HTMLElement && target.matches(".wizard") && (document.body.dataset["fades"] += "|"));
    });
    await me.page.locator("body").evaluate((body) => (body.dataset["fades"] = ""));
    await me.enrol.identify(person);
    await me.sees(HEADING.password);
    await expect(me.heading).toBeFocused();
    await expect(me.page.locator("body")).toHaveAttribute("data-fades", "|".repeat(fades));
  });
}

test("a step that the browser draws breaks its lines where the server's own does", async ({ me, person }) => {
  await me.enrol.asFarAsThePassword(person);
  const short = () => me.page.locator("#wizard :is(h1, h2, label, button, .step-name)").evaluateAll((parts) => parts.map((part) => part.textContent));
  const drawn = await short();
  await me.reload();
  expect(drawn).toEqual(await short());
  expect(drawn.join()).toContain("\u200b");
});

test("with text of twice the size nothing is cut off sideways", async ({ me }) => {
  for (const path of ["/", "/enrol", "/sign-in", "/help/contract-number"]) {
    await me.open(path);
    const devtools = await me.page.context().newCDPSession(me.page);
    await devtools.send("Emulation.setPageScaleFactor", { pageScaleFactor: 1 });
    // Twice the text is half the width in text: what browsers' own zoom does.
    const size = me.page.viewportSize() ?? { width: 1280, height: 800 };
    await me.page.setViewportSize({ width: Math.max(320, Math.round(size.width / 2)), height: size.height });
    expect(await me.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), path).toBeLessThanOrEqual(0);
    await me.page.setViewportSize(size);
  }
});

// An answer that gets lost after the server has done its work, and cookies that are deleted midway: one more press goes on.

import { type Browser, CHROMIUM, expect, HEADING, test } from "../../support/test";

/** What gets lost: the whole answer, or its body behind a head that arrived. */
const CUTS = ["before its head", "in its body"] as const;
type Cut = (typeof CUTS)[number];

/** Why these need Chromium: the server has to do its work before the answer is lost. */
const FETCHED = "a post that is intercepted in Firefox has no body that could be sent on";

/** The next post does its work at the server, and its answer gets lost. */
async function losesNextAnswer(me: Browser, cut: Cut): Promise<void> {
  const context = me.page.context();
  const before = await context.cookies();
  let post = true;
  await me.page.route("**/*", async (route) => {
    const request = route.request();
    if (!post || request.method() !== "POST" || request.url().endsWith("/api/view")) return route.fallback();
    post = false;
    const answer = await route.fetch({ maxRedirects: 0 });
    if (cut === "in its body" && me.script) {
      const body = await answer.body();
      return route.fulfill({ response: answer, body: body.subarray(0, body.length / 2) });
    }
    // What came with it did not arrive either.
    await context.clearCookies();
    await context.addCookies(before);
    await route.abort("aborted");
  });
}

/** Presses a button whose answer gets lost, and once more where the page stays. */
async function pressesInVain(me: Browser, button: string, cut: Cut): Promise<void> {
  await losesNextAnswer(me, cut);
  // An answer that the script cannot read: the browser posts the same by itself.
  if (cut === "in its body" && me.script) return me.button(button).click();
  await Promise.all([me.page.waitForEvent("requestfailed"), me.button(button).click()]);
  if (me.script) await expect(me.notice.filter({ hasText: "通信できませんでした" })).toBeVisible();
  await me.press(button);
}

for (const cut of CUTS) {
  test(`an answer that is lost ${cut} at the identity check costs one more press at most`, CHROMIUM(FETCHED), async ({ me, person, complaints }) => {
    complaints.allowed.push(/ERR_ABORTED|Failed to load resource/);
    await me.enrol.start();
    await me.enrol.identify({ ...person, phone: "090" });
    await me.isTold("電話番号は、", "phone");
    await me.enrol.type(person);
    await pressesInVain(me, "次へ進む", cut);
    await me.sees(HEADING.password);
    await me.enrol.choosePassword(person.password);
    await me.sees(HEADING.mail);
  });

  test(`an answer that is lost ${cut} at sign-in costs one more press at most at each step and one code`, CHROMIUM(FETCHED), async ({ me, member, mailbox, complaints }) => {
    complaints.allowed.push(/ERR_ABORTED|Failed to load resource/);
    await me.signIn.start();
    await me.field("user_id").fill(member.email);
    await me.field("password").fill(member.password);
    await pressesInVain(me, "次へ", cut);
    await me.sees(HEADING.code);
    await me.field("code").fill(await mailbox.code(member.email));
    expect(await mailbox.count(member.email, "認証番号")).toBe(1);
    await pressesInVain(me, "次へ進む", cut);
    await me.portal.isOf(member);
  });
}

test("with the cookies deleted midway one press leads to the first step and says why", async ({ me, person }) => {
  await me.enrol.asFarAsThePassword(person);
  await me.page.context().clearCookies();
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.identity);
  await expect(me.notice.first()).toContainText("手続きの情報が見つかりませんでした");
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
});

test("with the cookies deleted at the first step the press is taken all the same", async ({ me, person }) => {
  await me.enrol.start();
  await me.enrol.identify({ ...person, phone: "090" });
  await me.page.context().clearCookies();
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
});

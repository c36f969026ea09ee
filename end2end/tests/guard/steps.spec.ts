// The step belongs to the server: reload, new tab, back, forward, stale posts.

import { Browser, expect, HEADING, SUBJECT, test, Visitor } from "../../support/test";

test("a tab that was closed and a second tab show the same step", async ({ me, person, context, script }) => {
  await me.enrol.asFarAsThePassword(person);
  await me.page.close();
  const again = new Browser(await context.newPage(), script);
  await again.open("/enrol");
  await again.sees(HEADING.password);
  const second = new Browser(await context.newPage(), script);
  await second.open("/enrol");
  await second.sees(HEADING.password);
});

test("a post of a step that is over changes nothing and says so", async ({ me, person, mailbox, context, script }) => {
  await me.enrol.asFarAsThePassword(person);
  const second = new Browser(await context.newPage(), script);
  await second.open("/enrol");
  await second.enrol.choosePassword(person.password);
  await second.sees(HEADING.mail);
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.mail);
  await expect(me.notice.first()).toContainText("この送信は受け付けませんでした");
  await mailbox.next(person.email);
  expect(await mailbox.count(person.email, "")).toBe(1);
});

test("two tabs in two flows do not disturb one another", async ({ me, person, member, context, script }) => {
  await me.enrol.asFarAsThePassword(person);
  const second = new Browser(await context.newPage(), script);
  await second.signIn.asFarAsTheCode(member);
  await me.reload();
  await me.sees(HEADING.password);
  await second.reload();
  await second.sees(HEADING.code);
});

test("a browser that was closed and opened anew begins at the first step", async ({ me, elsewhere, person }) => {
  await me.enrol.asFarAsThePassword(person);
  const cookies = (await me.page.context().cookies()).filter((cookie) => cookie.name !== "__Host-browser");
  expect(cookies.map((cookie) => cookie.expires)).toEqual(cookies.map(() => -1));
  const other = await elsewhere();
  await other.open("/enrol");
  await other.sees(HEADING.identity);
});

/** Back, forward and a reload: each shows the step that the server holds, or another page; never an earlier step. */
async function holds(me: Browser, path: string, heading: string): Promise<void> {
  const away = () => new URL(me.page.url()).pathname !== path;
  for (const way of ["back", "forward"] as const) {
    await me[way]();
    await expect.poll(async () => away() || (await me.heading.textContent().catch(() => ""))?.replaceAll("\u200b", "") === heading, "no earlier step").toBe(true);
    if (me.script && (await me.page.locator("#back-dialog").isVisible())) await me.button("続ける").click();
  }
  // What "forward" began is at its end: two navigations to one address at a time are more than a driver tells apart.
  await me.page.waitForLoadState();
  if (away()) await me.open(path);
  await me.sees(heading);
  await me.reload();
  await me.sees(heading);
}

test("back, forward and reload at every step of enrolment never show an old step", async ({ me, person, mailbox, nirin }) => {
  await me.open("/");
  await me.enrol.start();
  await holds(me, "/enrol", HEADING.identity);
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
  await holds(me, "/enrol", HEADING.password);
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.mail);
  await holds(me, "/enrol", HEADING.mail);
  const other = new Visitor(nirin);
  await other.confirm(await mailbox.link(person.email));
  await me.enrol.goesOn();
  await me.sees(HEADING.created);
  await holds(me, "/enrol", HEADING.created);
  await me.press("ログインへ進む");
  await me.sees(HEADING.signIn);
  await holds(me, "/sign-in", HEADING.signIn);
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  await holds(me, "/sign-in", HEADING.code);
});

test("back, forward and reload at every step of an inquiry and of a reset never show an old step", async ({ me, member, person, mailbox }) => {
  await me.open("/");
  await me.inquiry.start();
  await holds(me, "/user-id", HEADING.inquiry);
  await me.inquiry.identify(member);
  await me.sees(HEADING.userId);
  await holds(me, "/user-id", HEADING.userId);
  await me.press("ログイン");
  await me.sees(HEADING.signIn);
  await me.back();
  await me.open("/user-id");
  await me.sees(HEADING.done);
  await me.open("/");
  await me.reset.start();
  await holds(me, "/password-reset", HEADING.reset);
  await me.reset.askFor(member.email);
  await me.sees(HEADING.mail);
  await holds(me, "/password-reset", HEADING.mail);
  await me.link.open(await mailbox.link(member.email, SUBJECT.reset));
  await me.sees(HEADING.newPassword);
  await holds(me, "/link", HEADING.newPassword);
  await me.link.choosePassword(person.password);
  await me.sees(HEADING.changed);
  await holds(me, "/link", HEADING.changed);
});

test("after enrolment its address says that it is complete, and back never shows a form of it", async ({ me, person, mailbox, nirin }) => {
  await me.open("/");
  await me.enrol.asFarAsTheMail(person);
  const other = new Visitor(nirin);
  await other.confirm(await mailbox.link(person.email));
  await me.enrol.goesOn();
  await me.sees(HEADING.created);
  await me.press("ログインへ進む");
  await me.sees(HEADING.signIn);
  await me.back();
  await expect(me.heading).not.toHaveText(new RegExp(`^(${HEADING.identity}|${HEADING.password}|${HEADING.mail}|${HEADING.created})$`));
  await me.open("/enrol");
  await me.sees(HEADING.done);
  await me.open("/sign-in");
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  await me.signIn.withCode(await mailbox.code(person.email));
  await me.portal.isOf(person);
  await me.open("/enrol");
  await me.sees(HEADING.done);
  await expect(me.page.getByRole("main").getByRole("textbox")).toHaveCount(0);
});

test("back after signing in does not show the code again", async ({ me, member, mailbox }) => {
  await me.open("/");
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await me.back();
  await expect(me.field("code")).toHaveCount(0);
  await expect(me.field("password")).toHaveCount(0);
});

test("a password reset that is done says so where it began", async ({ me, member, mailbox, context, script }) => {
  await me.reset.start();
  await me.reset.askFor(member.email);
  await me.sees(HEADING.mail);
  const second = new Browser(await context.newPage(), script);
  await second.link.open(await mailbox.link(member.email, SUBJECT.reset));
  await second.link.choosePassword("Amagumo_5907");
  await second.sees(HEADING.changed);
  await me.reload();
  await me.sees(HEADING.done);
  await me.page.getByRole("link", { name: "ログインへ進む" }).click();
  await me.sees(HEADING.signIn);
});

test("30 minutes without action end a flow, and the page says what happened and begins again", async ({ me, person, clock }) => {
  await me.enrol.asFarAsThePassword(person);
  await clock(30 * 60 + 1);
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.idle);
  await me.press("はじめから手続きする");
  await me.sees(HEADING.identity);
});

test("30 minutes at the mail screen end it, but the link still works", async ({ me, elsewhere, person, mailbox, clock }) => {
  await me.enrol.asFarAsTheMail(person);
  const link = await mailbox.link(person.email);
  await clock(30 * 60 + 1);
  await me.reload();
  await me.sees(HEADING.idleAtMail);
  await expect(me.page.getByRole("main")).toContainText("メールのリンクは");
  const other = await elsewhere();
  await other.link.open(link);
  await other.link.confirm();
  await other.sees(HEADING.created);
});

test("a link confirmed in two tabs is consumed once, and both see what is true", async ({ me, person, mailbox, context, script }) => {
  await me.enrol.asFarAsTheMail(person);
  const link = await mailbox.link(person.email);
  await me.link.open(link);
  const second = new Browser(await context.newPage(), script);
  await second.link.open(link);
  await me.link.confirm();
  await me.sees(HEADING.created);
  await second.link.confirm();
  await second.sees(HEADING.created);
});

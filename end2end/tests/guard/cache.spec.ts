// What the browser kept in its back-forward cache: after signing out nothing personal comes back, after the end no form.

import { Browser, expect, HEADING, test, Visitor } from "../../support/test";

// Playwright switches the back-forward cache off; here it is what is looked at.
// It takes a browser of its own: all of these run in one.
test.describe.configure({ mode: "default" });
test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] }) });

/** What may be on the screen when one goes to and fro after the end: the end itself, the way to sign in, a page of help. */
const AFTERWARDS = new RegExp(`^(${HEADING.done}|${HEADING.signIn}|ヘルプ.*)$`);

test("after signing out, back and forward show nothing personal", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await me.page.getByRole("link", { name: /くわしい内容を見る/ }).click();
  await expect(me.page.getByRole("main")).toContainText(member.number);
  await me.portal.signOut();
  for (const way of ["back", "back", "forward"] as const) {
    await me[way]();
    await me.sees(HEADING.signIn);
    const shown = await me.page.evaluate(() => document.body.innerText);
    expect(shown).not.toContain(member.number);
    expect(shown).not.toContain(`${member.kana.replace(" ", "　")} 様`);
  }
  await me.page.goto("/portal/account");
  await me.sees(HEADING.signIn);
});

test("after the end of enrolment, back and forward show no form of it", async ({ me, person, mailbox, nirin }) => {
  await me.open("/help");
  await me.enrol.asFarAsTheMail(person);
  const other = new Visitor(nirin);
  await other.confirm(await mailbox.link(person.email));
  await me.enrol.goesOn();
  await me.sees(HEADING.created);
  await me.press("ログインへ進む");
  await me.sees(HEADING.signIn);
  for (const way of ["back", "forward", "back", "back"] as const) {
    await me[way]();
    await expect.poll(async () => (await me.heading.textContent().catch(() => ""))?.replaceAll("\u200b", ""), "no step of it").toMatch(AFTERWARDS);
    await me.ready();
    for (const field of ["number", "kana", "phone", "new_password"] as const) await expect(me.field(field)).toHaveCount(0);
  }
});

test("a page that comes back shows the step that the server holds, at every step", async ({ me, person, mailbox, nirin, context, script }) => {
  me.page.on("dialog", (dialog) => dialog.accept());
  const second = new Browser(await context.newPage(), script);
  /** Away and back; what is done in another tab meanwhile is seen on the way back. */
  const returns = async (heading: string, meanwhile = async () => {}) => {
    await me.page.goto("/help");
    await meanwhile();
    await me.back();
    await me.sees(heading);
  };
  await me.enrol.start();
  await returns(HEADING.identity);
  await returns(HEADING.password, async () => {
    await second.open("/enrol");
    await second.enrol.identify(person);
    await second.sees(HEADING.password);
  });
  await returns(HEADING.password);
  await returns(HEADING.mail, async () => {
    await second.enrol.choosePassword(person.password);
    await second.sees(HEADING.mail);
  });
  await returns(HEADING.mail);
  await returns(HEADING.created, async () => {
    const other = new Visitor(nirin);
    await other.confirm(await mailbox.link(person.email));
  });
  await me.press("ログインへ進む");
  await me.sees(HEADING.signIn);
  await returns(HEADING.signIn);
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  await returns(HEADING.code);
});

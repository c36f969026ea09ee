// Back inside a flow, where script can ask first.

import { expect, HEADING, SUBJECT, test } from "../../support/test";

test("back inside a flow asks first: to continue is the default, and Escape continues as well", async ({ me, person }) => {
  const dialog = me.page.locator("#back-dialog");
  await me.open("/");
  await me.enrol.start();
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
  await me.field("new_password").fill("Hoshi");
  await me.field("new_password").focus();
  for (const go of [() => me.button("続ける").click(), () => me.page.keyboard.press("Enter"), () => me.page.keyboard.press("Escape")]) {
    await me.page.evaluate(() => history.back());
    await expect(dialog).toBeVisible();
    await expect(me.button("続ける")).toBeFocused();
    await go();
    await expect(dialog).toBeHidden();
    await expect(me.heading).toHaveText(HEADING.password);
    await expect(me.field("new_password")).toHaveValue("Hoshi");
    await expect(me.field("new_password"), "who was typing goes on typing").toBeFocused();
  }
  await me.enrol.choosePassword(person.password);
  await me.sees(HEADING.mail);
});

test("giving up in the dialog ends the flow at the server", async ({ me, person }) => {
  await me.open("/");
  await me.enrol.start();
  await me.enrol.identify(person);
  await me.sees(HEADING.password);
  await me.page.evaluate(() => history.back());
  await me.press("中止する");
  await me.sees(HEADING.abandoned);
  await me.reload();
  await me.sees(HEADING.abandoned);
  await me.press("はじめから手続きする");
  await me.sees(HEADING.identity);
});

test("back asks on the mail screen and on the code screen too", async ({ me, person, member }) => {
  await me.enrol.asFarAsTheMail(person);
  await me.page.evaluate(() => history.back());
  await expect(me.page.locator("#back-dialog")).toBeVisible();
  await me.button("続ける").click();
  await expect(me.heading).toHaveText(HEADING.mail);
  await me.page.goto("/sign-in");
  await me.signIn.withPassword(member.email, member.password);
  await me.sees(HEADING.code);
  await me.page.evaluate(() => history.back());
  await expect(me.page.locator("#back-dialog")).toBeVisible();
});

test("back asks in a reset too, and on the page of its link gives up nothing but the page", async ({ me, member, mailbox }) => {
  await me.open("/");
  await me.reset.start();
  await me.reset.askFor(member.email);
  await me.sees(HEADING.mail);
  await me.page.evaluate(() => history.back());
  await expect(me.page.locator("#back-dialog")).toBeVisible();
  await me.button("続ける").click();
  const link = await mailbox.link(member.email, SUBJECT.reset);
  await me.link.open(link);
  await me.field("new_password").click();
  await me.field("new_password").fill("Hoshi");
  me.page.on("dialog", (dialog) => dialog.accept());
  await me.page.evaluate(() => history.back());
  await me.press("中止する");
  await expect(me.page).toHaveURL(/\/$/);
  await me.link.open(link);
  await me.sees(HEADING.newPassword);
});

test("closing asks while there is something to lose, and only then", async ({ me, person }) => {
  const asked: string[] = [];
  me.page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await me.open("/");
  await me.page.goto("/enrol");
  await me.page.goto("/");
  expect(asked).toEqual([]);
  await me.enrol.asFarAsThePassword(person);
  await me.page.goto("/");
  expect(asked).toEqual(["beforeunload"]);
  await me.reset.start();
  await me.page.goto("/");
  expect(asked).toEqual(["beforeunload"]);
});

test("a page that comes back from the back-forward cache reads the state again", async ({ me, person, context, script }) => {
  const { Browser } = await import("../../support/browser");
  await me.enrol.asFarAsThePassword(person);
  const other = new Browser(await context.newPage(), script);
  await other.open("/enrol");
  await other.enrol.choosePassword(person.password);
  await other.sees(HEADING.mail);
  await expect(me.heading).toHaveText(HEADING.password);
  await me.page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await me.sees(HEADING.mail);
});

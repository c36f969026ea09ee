// After signing out nothing personal comes back, whatever the browser kept.

import { expect, HEADING, test } from "../../support/test";

// Playwright switches the back-forward cache off; here it is what is looked at.
test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] }) });

test("after signing out, back and forward show nothing personal", async ({ me, member, mailbox }) => {
  await me.signIn.asFarAsTheCode(member);
  await me.signIn.withCode(await mailbox.code(member.email));
  await me.portal.isOf(member);
  await me.page.getByRole("link", { name: /くわしい内容を見る/ }).click();
  await expect(me.page.getByRole("main")).toContainText(member.number);
  await me.portal.signOut();
  for (const way of ["goBack", "goBack", "goForward"] as const) {
    await me.page[way]({ waitUntil: "commit", timeout: 5_000 }).catch(() => null);
    await me.page.waitForLoadState();
    await expect(me.page.locator("body")).not.toContainText(member.number);
    await expect(me.page.locator("body")).not.toContainText("様");
  }
  await me.page.goto("/portal/account");
  await me.sees(HEADING.signIn);
});

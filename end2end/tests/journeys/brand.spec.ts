// The brand that ships as an example, from its file: a person enrols and signs in, and sees nothing of the shipped brand.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Mailbox } from "../../support/mailbox";
import { TOP } from "../../support/nirin";
import { expect, HEADING, test, Visitor } from "../../support/test";

/** The settings of a file with tables and one value a line. */
function settingsOf(file: string): Record<string, string> {
  const settings: Record<string, string> = {};
  let table = "";
  for (const line of readFileSync(join(TOP, file), "utf8").split("\n")) {
    table = /^\[(.+)\]$/.exec(line)?.[1] ?? table;
    const [, name, value] = /^(\w+) = (.+)$/.exec(line) ?? [];
    if (name && value) settings[`${table}.${name}`] = value.startsWith("[") ? value : value.slice(1, -1);
  }
  return settings;
}

test("another brand is seen from the first page to the portal", async ({ ownNirin, elsewhere, person }) => {
  const nirin = await ownNirin({ settings: settingsOf("deploy/brand/midori.toml") });
  const mailbox = new Mailbox(nirin);
  await new Visitor(nirin).enrol(person, mailbox);
  const me = await elsewhere();
  const seen = async () => {
    await expect(me.page.locator(".brand-name")).toHaveText("MyRide Web");
    await expect(me.page.locator("body")).toHaveCSS("background-color", "rgb(255, 250, 243)");
    const logo = me.page.locator(".brand-mark");
    await expect(logo).not.toHaveJSProperty("naturalWidth", 0);
    const { width, height } = (await logo.boundingBox()) ?? { width: 0, height: 1 };
    expect(width / height).toBeCloseTo(3, 1);
    expect(await me.page.content()).not.toContain("二輪ポータル");
  };
  await me.open(nirin.url);
  await seen();
  await me.open(`${nirin.url}/sign-in`);
  await expect(me.button("次へ")).toHaveCSS("background-color", "rgb(0, 89, 79)");
  await me.signIn.withPassword(person.email, person.password);
  await me.sees(HEADING.code);
  await seen();
  await me.signIn.withCode(await mailbox.code(person.email));
  await me.portal.isOf(person);
  await seen();
});

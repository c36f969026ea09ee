// What screen readers find in every entry of the gallery, kept as text, with the sum of its markup: whoever changes a screen sees in
// the difference which others changed with it. `make preview-texts` writes them anew.

import { createHash } from "node:crypto";
import { Gallery } from "../../support/gallery";
import { expect, test } from "../../support/test";

const GROUPS = ["screens", "ends", "notices", "problems", "procedures", "pages", "parts", "mails"];

/** The markup without what differs from run to run. */
function sum(html: string, url: string): string {
  const same = html.replaceAll(url, "https://nirin.example").replace(/ nonce="[^"]*"/g, "");
  return createHash("sha256").update(same).digest("hex").slice(0, 12);
}

for (const group of GROUPS) {
  test(`what is read out of ${group} is as it is kept`, async ({ me, nirin }) => {
    test.setTimeout(120_000);
    const page = me.page;
    const gallery = new Gallery(page, nirin);
    const all = await gallery.entries();
    expect([...new Set(all.map((entry) => entry.group))]).toEqual(GROUPS);
    const texts: string[] = [];
    for (const entry of all.filter((entry) => entry.group === group)) {
      const html = await gallery.show(entry);
      const tree = await page.locator(entry.mail ? "body" : "main").ariaSnapshot();
      texts.push(`# ${entry.id}\nmarkup ${sum(html, nirin.url)}\n${tree.replaceAll(nirin.url, "https://nirin.example")}\n`);
    }
    expect(texts.join("\n")).toMatchSnapshot(`${group}.txt`);
  });
}

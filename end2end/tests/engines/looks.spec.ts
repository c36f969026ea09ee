// What people set at their phones, where only WebKit takes it from outside: a small phone, one that lies on its side, large letters.

import { HEADING } from "../../support/flows";
import { test } from "../../support/webkit-test";
import { noPictureCutOff, nothingTooWide } from "../../walks/pages";

for (const [name, look] of [
  ["on the smallest phone", { viewport: { width: 320, height: 568 } }],
  ["on a phone that lies on its side", { viewport: { width: 667, height: 375 } }],
  ["with letters of twice the size", { font: 32 }],
] as const) {
  test(`${name} no page has to be scrolled sideways, no picture is cut off, and the flow goes on`, async ({ elsewhere, person }) => {
    const me = await elsewhere(look);
    await nothingTooWide(me);
    await noPictureCutOff(me);
    await me.enrol.asFarAsThePassword(person);
    await me.back();
    await me.has("#back-dialog[open]", 1);
    // Both ways out of the question are in sight.
    const hidden = await me.asks<number>(
      "[...document.querySelectorAll('#back-dialog button')].filter((button) => button.getBoundingClientRect().bottom > innerHeight || button.getBoundingClientRect().top < 0).length",
    );
    if (hidden > 0) throw new Error(`${hidden} buttons of the dialog are out of sight`);
    await me.click("#back-dialog[open] button");
    await me.enrol.choosePassword(person.password);
    await me.sees(HEADING.mail);
  });
}

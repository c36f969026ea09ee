// The journeys of `walks/` in Firefox without script. A proxy takes the script away, since Firefox runs it whatever Playwright asks.

import { test } from "../../support/fronted-test";
import { expect } from "../../support/test";
import type { Journey } from "../../walks";
import { flows } from "../../walks/flows";
import { procedures } from "../../walks/procedures";

test.beforeEach(({ front }) => {
  front.withoutScript = true;
});

const walked: Journey = (sentence, walk) =>
  test(sentence, ({ me, elsewhere, nirin, mailbox, clock, person, accounts, complaints }) => {
    // Firefox says of every script that it was not run.
    complaints.allowed.push(/sandbox/i);
    return walk({ me, elsewhere, nirin, mailbox, clock, person, accounts });
  });

test("no script of a page runs", async ({ me, complaints, front }) => {
  complaints.allowed.push(/sandbox/i);
  const wasm: string[] = [];
  me.page.on("request", (asked) => {
    if (asked.url().endsWith(".wasm")) wasm.push(asked.url());
  });
  await me.open("/enrol");
  await expect(me.page.locator("html")).toHaveClass("scripted");
  expect(wasm).toEqual([]);
  front.withoutScript = false;
  await me.open("/enrol");
  await expect(me.page.locator("html"), "the same page with script").toHaveClass("live");
  expect(wasm).toHaveLength(1);
  front.withoutScript = true;
});

flows(walked);
procedures(walked);

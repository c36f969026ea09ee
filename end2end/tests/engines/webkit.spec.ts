// The journeys of `walks/` in WebKit, and what a server behind TLS says.

import { get } from "node:https";
import { expect } from "@playwright/test";
import { HEADING } from "../../support/flows";
import { test } from "../../support/webkit-test";
import { type Journey, journeys } from "../../walks";

const walked =
  (tag: string[]): Journey =>
  (sentence, walk) =>
    test(sentence, { tag }, ({ me, elsewhere, nirin, mailbox, clock, person, accounts }) => walk({ me, elsewhere, nirin, mailbox, clock, person, accounts }));

journeys(walked([]), walked(["@script"]));

test("behind TLS the server asks browsers to come back by TLS alone, and its cookies are secure", async ({ nirin }) => {
  const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
    get(`${nirin.url}/enrol`, { rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.headers);
    }).on("error", reject);
  });
  expect(headers["strict-transport-security"]).toMatch(/max-age=\d{8}/);
  const cookies = headers["set-cookie"] as string[];
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) expect(cookie).toMatch(/^__Host-[a-z-]+=[^;]*;.*Secure/);
});

test("answers that are lost cost one more press each, one code and one session", async ({ me, front, member, mailbox }) => {
  const lost = async (fill: () => Promise<void>, button: string) => {
    await fill();
    await Promise.all([front.losesNextAnswer("before its head"), me.press(button)]);
    if (me.script) await me.reads("main", "通信できませんでした");
    else {
      // In the place of the page the browser has one of its own.
      await me.open("/sign-in");
      await fill();
    }
    await me.press(button);
  };
  await me.signIn.start();
  const password = async () => {
    await me.type("user_id", member.email);
    await me.type("password", member.password);
  };
  await lost(password, "次へ");
  await me.sees(HEADING.code);
  expect(await mailbox.count(member.email, "認証番号")).toBe(1);
  const code = await mailbox.code(member.email);
  await lost(() => me.type("code", code), "次へ進む");
  await me.portal.isOf(member);
});

// The journeys of `walks/` in WebKit, and what a server behind TLS says.

import { get } from "node:https";
import { expect } from "@playwright/test";
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

// Two servers, one PostgreSQL: it does not matter which of them answers.

import { Browser } from "../../support/browser";
import { allDueIsSent, asksForCode, expect, HEADING, LEASE_OVER, test, Visitor, walks } from "../../support/mail";

test("on PostgreSQL the whole way from the first page to the portal", async ({ postgres, receiver, serve, person }) => {
  const nirin = await serve({ database: postgres.database() });
  const visitor = await walks(nirin, receiver, person);
  expect(await visitor.reads("/portal")).toContain("バイク保険");
});

test("a link confirmed on one node moves the screen of the other", async ({ browser, postgres, receiver, serve, person }) => {
  const database = postgres.database();
  const one = await serve({ database });
  const other = await serve({ database, sibling: one });
  const context = await browser.newContext({ baseURL: one.url });
  const me = new Browser(await context.newPage(), true);
  await me.enrol.asFarAsTheMail(person);

  const elsewhere = new Visitor(other);
  expect((await elsewhere.confirm(await receiver.link(person.email))).status).toBe(303);
  await me.sees(HEADING.created);
  await context.close();
});

test("a sign-in begun on one node is finished on the other", async ({ postgres, receiver, serve, person }) => {
  const database = postgres.database();
  const one = await serve({ database });
  const other = await serve({ database, sibling: one });
  await new Visitor(one).enrol(person, receiver);
  const begun = await asksForCode(one, person);
  const finished = new Visitor(other);
  for (const [name, value] of begun.cookies) finished.cookies.set(name, value);
  const answer = await finished.post("/sign-in", { step: "code", code: await receiver.code(person.email) });
  expect(answer.headers.get("location")).toBe("/portal");
});

test("the workers of two nodes send each mail once", async ({ postgres, receiver, serve, people }) => {
  const database = postgres.database();
  const one = await serve({ database });
  const other = await serve({ database, sibling: one });
  const port = await receiver.down();
  const all = Array.from({ length: 16 }, () => people.next());
  await Promise.all(all.map((who, at) => new Visitor(at % 2 === 0 ? one : other).askForAccount(who)));
  await receiver.up(port);
  // All are due at once, for both nodes.
  await Promise.all([one.turnClock(60), other.turnClock(60)]);
  for (const who of all) await receiver.link(who.email);
  await Promise.all([one.turnClock(LEASE_OVER), other.turnClock(LEASE_OVER)]);
  const last = people.next();
  await allDueIsSent(receiver, last, [one, other]);
  expect(receiver.mails.map((mail) => mail.address).sort()).toEqual([...all, last].map((who) => who.email).sort());
  expect(new Set(receiver.heard).size).toBe(receiver.heard.length);
});

test("a node that is killed leaves its mail to the other", async ({ postgres, receiver, serve, person }) => {
  const database = postgres.database();
  const mail = { transport: "smtp", port: receiver.port, timeoutMs: 20_000 } as const;
  const one = await serve({ database, mail });
  receiver.fault = { at: "data", hang: true };
  await new Visitor(one).askForAccount(person);
  await expect.poll(() => receiver.heard.length).toBe(1);
  const other = await serve({ database, mail, sibling: one });
  await one.kill("SIGKILL");
  receiver.fault = undefined;
  await other.turnClock(LEASE_OVER);
  const arrived = await receiver.next(person.email);
  expect(arrived.messageId).toBe(receiver.heard[0]);
  expect(receiver.mails).toHaveLength(1);
});

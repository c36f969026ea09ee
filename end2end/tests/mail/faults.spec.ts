// What the receiving side can do to a mail, and what people then read.

import { Browser } from "../../support/browser";
import { allDueIsSent, asksForCode, expect, HEADING, SMTP_TIMEOUT_MS, says, STATE, SUBJECT, TIME, test, Visitor } from "../../support/mail";
import type { LogLine, Nirin } from "../../support/nirin";
import type { Fault } from "../../support/smtp";

/** Longer than the whole conversation with one that hangs. */
const HANGS_MS = SMTP_TIMEOUT_MS * 3 + 500;

const postponed = (attempts: number) => (line: LogLine) => line.event === "mail_postponed" && line.attempts === attempts;

/** The next turn's pause passes. */
async function pausePasses(nirin: Nirin, attempts: number): Promise<void> {
  await nirin.turnClock(2 ** attempts);
}

const PASSING: [string, Fault, string][] = [
  ["421 at the connection", { at: "connection", code: 421 }, "greeting: 421"],
  ["554 at the connection", { at: "connection", code: 554 }, "greeting: 554"],
  ["550 5.7.1 at the sender", { at: "sender", code: 550, text: "5.7.1 not from here" }, "mail: 550 5.7.1"],
  ["421 at the recipient", { at: "recipient", code: 421 }, "rcpt: 421"],
  ["450 at the recipient", { at: "recipient", code: 450 }, "rcpt: 450"],
  ["550 5.7.1 at the recipient", { at: "recipient", code: 550, text: "5.7.1 relay access denied" }, "rcpt: 550 5.7.1"],
  ["552 5.2.2 at the recipient", { at: "recipient", code: 552, text: "5.2.2 mailbox full" }, "rcpt: 552 5.2.2"],
  ["452 at the message", { at: "data", code: 452 }, "message: 452"],
  ["554 5.7.1 at the message", { at: "data", code: 554, text: "5.7.1 policy" }, "message: 554 5.7.1"],
  ["a hang before the greeting", { at: "connection", hang: true }, "greeting: time-out"],
  ["a hang at the recipient", { at: "recipient", hang: true }, "rcpt: time-out"],
  ["a hang after the message", { at: "data", hang: true }, "message: time-out"],
];

for (const [what, fault, reason] of PASSING) {
  test(`${what}: both screens say that it is tried again, and the next try arrives`, async ({ receiver, serve, person }) => {
    const nirin = await serve();
    const visitor = new Visitor(nirin);
    receiver.fault = fault;
    await visitor.askForAccount(person);
    await says(visitor, "/enrol", STATE.delayed);
    expect(await nirin.logged(postponed(1))).toMatchObject({ kind: "confirm-enrolment", reason });
    receiver.fault = undefined;
    await pausePasses(nirin, 1);
    await visitor.get(new URL(await receiver.link(person.email)).pathname);
    await says(visitor, "/enrol", STATE.sent);
    await visitor.post("/link", { step: "confirm" });
    await receiver.next(person.email, "アカウント");

    // A line that was kept open would never see the greeting.
    await receiver.up(await receiver.down());
    const from = nirin.log.length;
    receiver.fault = fault;
    const signing = await asksForCode(nirin, person);
    await says(signing, "/sign-in", STATE.delayed);
    await nirin.logged(postponed(1), { from });
    receiver.fault = undefined;
    await pausePasses(nirin, 1);
    const answer = await signing.post("/sign-in", { step: "code", code: await receiver.code(person.email) });
    expect(answer.headers.get("location")).toBe("/portal");
    expect(receiver.to(person.email)).toHaveLength(3);
  });
}

const FINAL: [string, Fault, string][] = [
  ["550 at the recipient", { at: "recipient", code: 550 }, "rcpt: 550"],
  ["550 5.1.1 at the message", { at: "data", code: 550, text: "5.1.1 no such user" }, "message: 550 5.1.1"],
];

for (const [what, fault, reason] of FINAL) {
  test(`${what}: both screens say at once that it was refused and name the contact centre, and nothing is tried again`, async ({ receiver, serve, person, people }) => {
    const nirin = await serve();
    const visitor = new Visitor(nirin);
    receiver.fault = fault;
    await visitor.askForAccount(person);
    await says(visitor, "/enrol", STATE.refused);
    expect(await visitor.reads("/enrol")).toContain(STATE.centre);
    const settled = await nirin.logged((line) => line.event === "mail_settled");
    expect(settled).toMatchObject({ kind: "confirm-enrolment", state: "refused", attempts: 1, reason });

    // Whoever asks for it anew once the address takes mail again goes on.
    await nirin.turnClock(61);
    receiver.fault = undefined;
    await allDueIsSent(receiver, people.next(), [nirin]);
    expect(receiver.to(person.email)).toEqual([]);
    await nirin.restart();
    await visitor.post("/enrol", { step: "mail", act: "resend" });
    await says(visitor, "/enrol", STATE.sent);
    await visitor.confirm(await receiver.link(person.email));
    await receiver.next(person.email, "アカウント");

    receiver.fault = fault;
    const signing = await asksForCode(nirin, person);
    await says(signing, "/sign-in", STATE.refused);
    expect(await signing.reads("/sign-in")).toContain(STATE.centre);
    expect(receiver.to(person.email, SUBJECT.code)).toEqual([]);
  });
}

test("nobody listening: the mail waits and arrives when somebody does", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  const port = await receiver.down();
  const visitor = new Visitor(nirin);
  await visitor.askForAccount(person);
  await says(visitor, "/enrol", STATE.delayed);
  expect(await nirin.logged(postponed(1))).toMatchObject({ reason: "connect: no connection" });
  await receiver.up(port);
  await pausePasses(nirin, 1);
  await receiver.link(person.email);
  await says(visitor, "/enrol", STATE.sent);
});

test("cut off before the answer to the message: sent again, under the same Message-ID", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  const visitor = new Visitor(nirin);
  receiver.fault = { at: "data", drop: true };
  await visitor.askForAccount(person);
  await says(visitor, "/enrol", STATE.delayed);
  receiver.fault = undefined;
  await pausePasses(nirin, 1);
  const mail = await receiver.next(person.email, SUBJECT.confirm);
  expect(receiver.heard).toEqual([mail.messageId, mail.messageId]);
  await says(visitor, "/enrol", STATE.sent);
});

test("a try after a hang does not go over the hung line", async ({ receiver, serve, person, people }) => {
  const nirin = await serve();
  const other = people.next();
  const [visitor, second] = [new Visitor(nirin), new Visitor(nirin)];
  receiver.fault = { at: "data", hang: true };
  await visitor.askForAccount(person);
  await nirin.logged(postponed(1), { timeout: HANGS_MS + 10_000 });
  // The answer comes too late, when nobody waits for it; then the server takes no mail at all.
  receiver.answerLate(undefined);
  await expect.poll(() => receiver.to(person.email).length).toBe(1);
  receiver.fault = { at: "recipient", code: 550 };
  await second.askForAccount(other);
  await says(second, "/enrol", STATE.refused);
  expect(receiver.to(other.email)).toEqual([]);
});

test("pauses double, and a mail is not tried before its time", async ({ receiver, serve, person, people }) => {
  // With one place, mails are tried one after the other, in the order in which they are due.
  const nirin = await serve({ settings: { "mail.smtp.connections": 1 } });
  receiver.fault = { at: "recipient", code: 450 };
  await new Visitor(nirin).askForAccount(person);
  for (const attempts of [1, 2, 3, 4]) {
    await nirin.logged(postponed(attempts));
    await pausePasses(nirin, attempts);
  }
  // The fifth pause is 32 seconds.
  await nirin.logged(postponed(5));
  await nirin.turnClock(25);
  const from = nirin.log.length;
  await new Visitor(nirin).askForAccount(people.next());
  await nirin.logged(postponed(1), { from });
  expect(nirin.log.filter(postponed(6))).toEqual([]);
  await nirin.turnClock(7);
  await nirin.logged(postponed(6));
});

test("an hour without a mail server loses nothing: the mail is tried for as long as its link works", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  receiver.fault = { at: "recipient", code: 450 };
  const visitor = new Visitor(nirin);
  await visitor.askForAccount(person);
  for (let attempts = 1; attempts < 15; attempts += 1) {
    await nirin.logged(postponed(attempts));
    await nirin.turnClock(900);
  }
  receiver.fault = undefined;
  await nirin.turnClock(900);
  const answer = await visitor.confirm(await receiver.link(person.email));
  expect(answer.status).toBe(303);
});

test("one mail server that hangs holds as many mails as are configured, the next waits for its turn and says so", async ({ receiver, serve, people }) => {
  const nirin = await serve({ mail: { transport: "smtp", port: receiver.port, timeoutMs: 20_000 }, settings: { "mail.smtp.connections": 4 } });
  receiver.fault = { at: "data", hang: true };
  const visitors: Visitor[] = [];
  for (let at = 0; at < 5; at += 1) {
    const visitor = new Visitor(nirin);
    visitors.push(visitor);
    await visitor.askForAccount(people.next());
  }
  for (const visitor of visitors) await says(visitor, "/enrol", STATE.queued);
  receiver.fault = undefined;
  receiver.answerLate(undefined);
  for (const visitor of visitors) await says(visitor, "/enrol", STATE.sent);
  expect(receiver.mails).toHaveLength(5);
});

test("the password of the mail server is wrong: no customer's address is blamed for it", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  const visitor = new Visitor(nirin);
  receiver.fault = { at: "sender", code: 530 };
  await visitor.askForAccount(person);
  await says(visitor, "/enrol", STATE.delayed);
});

test("the screen of a reset does not tell what became of the mail", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  await new Visitor(nirin).enrol(person, receiver);
  receiver.fault = { at: "recipient", code: 550 };
  const [known, unknown] = [new Visitor(nirin), new Visitor(nirin)];
  await known.askForReset(person.email);
  await unknown.askForReset(`nobody-${person.email}`);
  await nirin.logged((line) => line.event === "mail_settled" && line.kind === "reset-password");
  // What differs anyway: the number, the name, and the time of the look.
  const plain = (words: string) => words.replaceAll(new RegExp(String.raw`[A-Z0-9]{4}-[A-Z0-9-]+|nobody-|${TIME}|あと\d+秒`, "g"), "");
  const words = await known.reads("/password-reset");
  for (const state of Object.values(STATE)) expect(words).not.toContain(state);
  expect(plain(words)).toBe(plain(await unknown.reads("/password-reset")));
});

test("in a browser the screen tells each turn of the mail by itself", async ({ browser, receiver, serve, person }) => {
  const nirin = await serve();
  const context = await browser.newContext({ baseURL: nirin.url });
  const me = new Browser(await context.newPage(), true);
  const delivery = me.page.locator(".delivery");
  const warning = me.page.locator("#said");
  receiver.fault = { at: "recipient", code: 450 };
  await me.enrol.asFarAsTheMail(person);
  await expect(delivery).toContainText(STATE.delayed);
  receiver.fault = { at: "recipient", code: 550 };
  await pausePasses(nirin, 1);
  await expect(delivery).toContainText(STATE.refused);
  await expect(warning).toContainText(STATE.centre);
  receiver.fault = undefined;
  await nirin.turnClock(61);
  await me.reload();
  await me.enrol.resend();
  await expect(delivery).toContainText(STATE.sent);
  await expect(warning).toBeHidden();
  await me.page.goto(await receiver.link(person.email));
  await me.link.confirm();
  await receiver.next(person.email, "アカウント");

  receiver.fault = { at: "recipient", code: 450 };
  await me.signIn.asFarAsTheCode(person);
  await expect(delivery).toContainText(STATE.delayed);
  receiver.fault = undefined;
  await pausePasses(nirin, 1);
  await expect(delivery).toContainText(STATE.sent);
  await me.signIn.withCode(await receiver.code(person.email));
  await me.portal.isOf(person);
  await expect(me.heading).not.toHaveText(HEADING.code);
  await context.close();
});

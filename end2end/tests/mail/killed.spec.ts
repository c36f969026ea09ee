// Killed at the worst moment, and told to stop at a busy one.

import { connect, type Socket } from "node:net";
import { allDueIsSent, asksForCode, expect, LEASE_OVER, says, STATE, SUBJECT, test, Visitor } from "../../support/mail";
import type { Nirin } from "../../support/nirin";

test("killed between commit and send, with nobody listening: the mail arrives after the restart, once", async ({ receiver, serve, person, people }) => {
  const nirin = await serve();
  const port = await receiver.down();
  const visitor = new Visitor(nirin);
  await visitor.askForAccount(person);
  await nirin.kill("SIGKILL");
  await receiver.up(port);
  // Whether or not the first try had begun when it was killed.
  await nirin.restart({ aheadSeconds: LEASE_OVER });
  await visitor.get(new URL(await receiver.link(person.email)).pathname);
  await says(visitor, "/enrol", STATE.sent);
  expect((await visitor.post("/link", { step: "confirm" })).status).toBe(303);
  await nirin.turnClock(LEASE_OVER);
  await allDueIsSent(receiver, people.next(), [nirin]);
  expect(receiver.to(person.email, SUBJECT.confirm)).toHaveLength(1);
});

test("killed with mails in hand and one in the queue: the queued one leaves at once, the others when their lease runs out, each once", async ({ receiver, serve, people }) => {
  const nirin = await serve({ mail: { transport: "smtp", port: receiver.port, timeoutMs: 20_000 }, settings: { "mail.smtp.connections": 4 } });
  receiver.fault = { at: "data", hang: true };
  const five = Array.from({ length: 5 }, () => people.next());
  for (const who of five) await new Visitor(nirin).askForAccount(who);
  await expect.poll(() => receiver.heard.length).toBe(4);
  const inHand = [...receiver.heard];
  await nirin.kill("SIGKILL");
  receiver.fault = undefined;
  await nirin.restart();
  await allDueIsSent(receiver, people.next(), [nirin]);
  // The queued one, and the one that was asked for after the restart.
  expect(receiver.mails).toHaveLength(2);
  for (const { messageId } of receiver.mails) expect(inHand).not.toContain(messageId);
  await nirin.restart();
  await nirin.turnClock(LEASE_OVER);
  for (const who of five) await receiver.link(who.email);
  await nirin.turnClock(LEASE_OVER);
  await allDueIsSent(receiver, people.next(), [nirin]);
  const ofTheFive = receiver.mails.filter((mail) => five.some((who) => who.email === mail.address));
  expect(ofTheFive).toHaveLength(5);
  expect(ofTheFive.slice(1).map((mail) => mail.messageId).sort()).toEqual(inHand.sort());
});

test("a code that expired while the server was dead is not sent, and the screen says so", async ({ receiver, serve, person, people }) => {
  const nirin = await serve();
  await new Visitor(nirin).enrol(person, receiver);
  const port = await receiver.down();
  const visitor = await asksForCode(nirin, person);
  await nirin.kill("SIGKILL");
  await receiver.up(port);
  const from = nirin.log.length;
  await nirin.restart({ aheadSeconds: 360 });
  expect(await nirin.logged((line) => line.event === "mail_settled", { from })).toMatchObject({ kind: "auth-code", state: "dropped", reason: "useless" });
  await says(visitor, "/sign-in", STATE.dropped);
  expect(await visitor.reads("/sign-in")).toContain(STATE.again);
  await allDueIsSent(receiver, people.next(), [nirin]);
  expect(receiver.to(person.email, SUBJECT.code)).toEqual([]);
  await nirin.restart();
  // A new one takes its place.
  await visitor.post("/sign-in", { step: "code", act: "resend" });
  const answer = await visitor.post("/sign-in", { step: "code", code: await receiver.code(person.email) });
  expect(answer.headers.get("location")).toBe("/portal");
});

test("a link that expired while nobody listened is not sent", async ({ receiver, serve, person, people }) => {
  const nirin = await serve();
  const port = await receiver.down();
  await new Visitor(nirin).askForAccount(person);
  await nirin.logged((line) => line.event === "mail_postponed");
  await nirin.kill("SIGKILL");
  await receiver.up(port);
  await nirin.restart({ aheadSeconds: 24 * 3_600 + 60 });
  expect(await nirin.logged((line) => line.event === "mail_settled")).toMatchObject({ state: "dropped", reason: "useless" });
  await allDueIsSent(receiver, people.next(), [nirin]);
  expect(receiver.to(person.email)).toEqual([]);
});

test("killed during a conversation that hangs: nobody takes the mail over before the lease is over, then it is sent", async ({ receiver, serve, person, people }) => {
  const nirin = await serve({ mail: { transport: "smtp", port: receiver.port, timeoutMs: 20_000 } });
  await new Visitor(nirin).enrol(person, receiver);
  receiver.fault = { at: "recipient", hang: true };
  const visitor = await asksForCode(nirin, person);
  await expect.poll(() => receiver.commands.filter((line) => line.startsWith("RCPT")).length).toBe(3);
  await nirin.kill("SIGKILL");
  receiver.fault = undefined;
  await nirin.restart();
  await allDueIsSent(receiver, people.next(), [nirin]);
  expect(receiver.to(person.email, SUBJECT.code)).toEqual([]);
  await nirin.restart();
  await nirin.turnClock(LEASE_OVER);
  const answer = await visitor.post("/sign-in", { step: "code", code: await receiver.code(person.email) });
  expect(answer.headers.get("location")).toBe("/portal");
  expect(receiver.to(person.email, SUBJECT.code)).toHaveLength(1);
});

test("an account whose creation was acknowledged survives kill -9, and so does its notice", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  const visitor = new Visitor(nirin);
  await visitor.askForAccount(person);
  const answer = await visitor.confirm(await receiver.link(person.email));
  await nirin.kill("SIGKILL");
  expect(answer.status).toBe(303);
  await nirin.restart({ aheadSeconds: LEASE_OVER });
  await receiver.next(person.email, "アカウント");
  await new Visitor(nirin).signIn(person, receiver);
});

test("a session that was acknowledged survives kill -9", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  const visitor = new Visitor(nirin);
  await visitor.enrol(person, receiver);
  await visitor.signIn(person, receiver);
  await nirin.kill("SIGKILL");
  await nirin.restart();
  expect((await visitor.get("/portal")).status).toBe(200);
});

test("SIGTERM: the request under way is answered, the mail in hand is settled, nothing is sent twice", async ({ receiver, serve, people }) => {
  const nirin = await serve({ mail: { transport: "smtp", port: receiver.port, timeoutMs: 20_000 } });
  const [first, second] = [people.next(), people.next()];
  const visitor = new Visitor(nirin);
  await visitor.post("/enrol", { step: "identity", number: second.number, kana: second.kana, phone: second.phone });
  const slow = await halfPosted(nirin, visitor, { step: "password", new_password: second.password });
  receiver.fault = { at: "data", hang: true };
  await new Visitor(nirin).askForAccount(first);
  await expect.poll(() => receiver.heard.length).toBe(1);
  const gone = nirin.kill("SIGTERM");
  await expect.poll(() => nirin.get("/readyz").then(() => "answers", () => "is gone")).toBe("is gone");
  expect(await slow.finish()).toMatch(/^HTTP\/1\.1 303 /);
  receiver.fault = undefined;
  receiver.answerLate(undefined);
  await gone;
  expect(nirin.log.at(-1)).toMatchObject({ event: "sys_shutdown" });
  expect(nirin.log.filter((line) => line.event === "mail_settled")).toMatchObject([{ state: "sent", attempts: 1 }]);
  // What the answered request wrote is there.
  await nirin.restart();
  await receiver.link(second.email);
  await nirin.turnClock(LEASE_OVER);
  const third = people.next();
  await allDueIsSent(receiver, third, [nirin]);
  expect(receiver.mails.map((mail) => mail.address).sort()).toEqual([first.email, second.email, third.email].sort());
});

/** A post of which the last byte is still missing. */
async function halfPosted(nirin: Nirin, visitor: Visitor, form: Record<string, string>): Promise<{ finish: () => Promise<string> }> {
  const body = new URLSearchParams(form).toString();
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const head = ["POST /enrol HTTP/1.1", `host: 127.0.0.1:${nirin.port}`, `origin: ${nirin.url}`, `cookie: ${cookie}`, "content-type: application/x-www-form-urlencoded", `content-length: ${body.length}`];
  const socket: Socket = connect(nirin.port, "127.0.0.1");
  let answer = "";
  const ended = new Promise<string>((done, fail) => {
    socket.on("data", (part) => (answer += part.toString()));
    socket.on("close", () => done(answer));
    socket.on("error", fail);
  });
  socket.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, -1)}`);
  return {
    finish: () => {
      socket.write(body.slice(-1));
      return ended;
    },
  };
}

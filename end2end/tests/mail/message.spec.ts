// The mail as it arrives: protected on the way, readable everywhere, and nothing in the wrong place.

import { Authority } from "../../support/certificates";
import { asksForCode, DEMO, expect, says, STATE, SUBJECT, test, Receiver, Visitor, walks } from "../../support/mail";
import { Nirin } from "../../support/nirin";

test("with STARTTLS required the mails of a whole journey arrive over TLS", async ({ authority, serve, person }) => {
  const receiver = await Receiver.start({ certificate: authority.certificate() });
  const nirin = await serve({ mail: { transport: "smtp", port: receiver.port, security: "required", caFile: authority.file } });
  await walks(nirin, receiver, person);
  expect(receiver.to(person.email).map((mail) => mail.secure)).toEqual([true, true, true]);
  expect(receiver.commands.indexOf("STARTTLS")).toBeGreaterThan(-1);
  expect(receiver.commands.indexOf("STARTTLS")).toBeLessThan(receiver.commands.findIndex((line) => line.startsWith("MAIL FROM")));
  await receiver.stop();
});

test("a certificate of an authority that is not trusted gets no mail, and the screen says that it is tried again", async ({ authority, serve, person }) => {
  const stranger = new Authority();
  const receiver = await Receiver.start({ certificate: stranger.certificate() });
  const nirin = await serve({ mail: { transport: "smtp", port: receiver.port, security: "required", caFile: authority.file } });
  const visitor = new Visitor(nirin);
  await visitor.askForAccount(person);
  await says(visitor, "/enrol", STATE.delayed);
  expect(receiver.connections).toBeGreaterThan(0);
  expect(receiver.commands.filter((line) => !/^(EHLO|STARTTLS|QUIT)/.test(line))).toEqual([]);
  await receiver.stop();
  stranger.remove();
});

test("a certificate for another name gets no mail", async ({ authority, serve, person }) => {
  const receiver = await Receiver.start({ certificate: authority.certificate("DNS:mail.example.com") });
  const nirin = await serve({ mail: { transport: "smtp", port: receiver.port, security: "required", caFile: authority.file } });
  const visitor = new Visitor(nirin);
  await visitor.askForAccount(person);
  await says(visitor, "/enrol", STATE.delayed);
  expect(receiver.heard).toEqual([]);
  await receiver.stop();
});

test("to a server that offers no STARTTLS nothing is sent in the clear", async ({ authority, receiver, serve, person }) => {
  const nirin = await serve({ mail: { transport: "smtp", port: receiver.port, security: "required", caFile: authority.file } });
  const visitor = new Visitor(nirin);
  await visitor.askForAccount(person);
  await says(visitor, "/enrol", STATE.delayed);
  expect(receiver.connections).toBeGreaterThan(0);
  expect(receiver.commands.filter((line) => !/^(EHLO|STARTTLS|QUIT)/.test(line))).toEqual([]);
});

test("mail without TLS to another machine stops the start by the setting's name", async () => {
  const started = Nirin.start({ mail: { transport: "smtp", host: "192.0.2.1", port: 25, security: "none" } });
  await expect(started).rejects.toThrow(/mail\.smtp\.security/);
});

test("a certificate authority that cannot be read stops the start by the setting's name", async () => {
  const started = Nirin.start({ mail: { transport: "smtp", port: 25, security: "required", caFile: "/nowhere/ca.pem" } });
  await expect(started).rejects.toThrow(/mail\.smtp\.ca_file/);
});

test("a mail says who sent it, to whom, when, and that a machine did; text and HTML say the same", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  const before = Date.now();
  await walks(nirin, receiver, person);
  const mails = receiver.to(person.email);
  expect(mails).toHaveLength(3);
  for (const mail of mails) {
    expect(mail.from?.value).toEqual([{ address: "no-reply@nirin.example", name: "二輪ポータル" }]);
    expect([mail.to].flat().flatMap((to) => to?.value ?? [])).toEqual([{ address: person.email, name: "" }]);
    expect(mail.subject).toContain("【二輪ポータル】");
    expect(Math.abs((mail.date?.getTime() ?? 0) - before)).toBeLessThan(60_000);
    expect(mail.messageId).toMatch(/^<[^<>@\s]+@nirin\.example>$/);
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail.source).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(mail.source.match(/^Content-Type: text\/(plain|html); charset=utf-8/gim)).toHaveLength(2);
    // Any relay may carry it: nothing but ASCII, and no line longer than SMTP allows.
    expect(mail.source).toMatch(/^[\x00-\x7f]*$/);
    expect(mail.source).toMatch(/^Content-Transfer-Encoding: (base64|quoted-printable)/m);
    expect(Math.max(...mail.source.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(mail.attachments).toEqual([]);
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain("お問い合わせ番号");
      expect(body).toContain("0120-000-216");
      expect(body).not.toContain("\uFFFD");
    }
    expect(mail.html).not.toMatch(/<(img|script|iframe)\b/i);
  }
  expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(3);
});

test("the code comes first in the body and is not in the subject or another header", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  await new Visitor(nirin).enrol(person, receiver);
  await asksForCode(nirin, person);
  const mail = await receiver.next(person.email, SUBJECT.code);
  const code = /^(\d{6})\r?\n/.exec(mail.text ?? "")?.[1] ?? "none";
  expect(code).not.toBe("none");
  expect(mail.subject).not.toMatch(/\d/);
  expect(mail.headerLines.map((header) => header.line).filter((line) => line.includes(code))).toEqual([]);
  const words = String(mail.html).replace(/<head.*?<\/head>/s, "").replace(/<[^>]+>/g, " ").trim();
  expect(words.startsWith(code)).toBe(true);
});

test("the link stands on a line of its own, the same in text and HTML", async ({ receiver, serve, person }) => {
  const nirin = await serve();
  await new Visitor(nirin).askForAccount(person);
  const mail = await receiver.next(person.email, SUBJECT.confirm);
  const lines = (mail.text ?? "").split(/\r?\n/).filter((line) => line.includes("/link/"));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(`^${nirin.url}/link/[\\w-]{43}$`));
  expect(mail.html).toContain(`href="${lines[0]}"`);
  expect(mail.subject).not.toContain("/link/");
});

for (const [who, path] of [
  [DEMO.twoDots, '"a..b"@docomo.ne.jp'],
  [DEMO.dotBeforeAt, '"x."@ezweb.ne.jp'],
] as const) {
  test(`${who.email} enrols and signs in; on the wire the local part is quoted`, async ({ receiver, serve }) => {
    const nirin = await serve();
    await walks(nirin, receiver, who);
    const recipients = receiver.commands.filter((line) => /^RCPT/i.test(line));
    expect(recipients).toEqual([`RCPT TO:<${path}>`, `RCPT TO:<${path}>`, `RCPT TO:<${path}>`]);
    for (const mail of receiver.to(who.email)) {
      expect([mail.to].flat().flatMap((to) => to?.value ?? []).map((to) => to.address)).toEqual([who.email]);
      expect(mail.source).toContain(`To: ${path}\r\n`);
    }
  });
}

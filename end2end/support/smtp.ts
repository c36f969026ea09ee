// The receiving side: a real SMTP server that keeps what arrives, hears every command, and fails where it is told to.
//
//     const receiver = await Receiver.start({ certificate: authority.certificate() });
//     receiver.fault = { at: "recipient", code: 450 };
//     await receiver.next("taro@example.jp", SUBJECT.confirm);

import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import type { Certificate } from "./certificates";
import { type Inbox, SUBJECT } from "./mailbox";

type Stage = "connection" | "sender" | "recipient" | "data";

/** What goes wrong, from now on: a reply that refuses (with a text such as "5.7.1 not from here"), none at all, or the connection cut before the reply to the message. */
export type Fault = { at: Stage; code: number; text?: string } | { at: Stage; hang: true } | { at: "data"; drop: true };

/** One mail that this server has taken. */
export interface Received extends ParsedMail {
  /** As it came over the wire. */
  source: string;
  /** What was said after RCPT TO, raw. */
  recipient: string;
  /** The recipient's address as people write it. */
  address: string;
  secure: boolean;
}

export class Receiver implements Inbox {
  /** The mails taken, oldest first. */
  readonly mails: Received[] = [];
  /** Every command, in the order heard. */
  readonly commands: string[] = [];
  /** Message-IDs of all messages heard to the end, also of those that were then not taken. */
  readonly heard: string[] = [];
  /** How often somebody connected. */
  connections = 0;
  fault: Fault | undefined;

  private readonly read = new Set<Received>();
  private readonly sockets = new Set<Socket>();
  private readonly waiting = new Set<() => void>();
  private server: SMTPServer;

  private constructor(private readonly certificate: Certificate | undefined) {
    this.server = this.make();
  }

  /** Listens; without a certificate no STARTTLS is offered. */
  static async start({ certificate, port = 0 }: { certificate?: Certificate; port?: number } = {}): Promise<Receiver> {
    const receiver = new Receiver(certificate);
    await receiver.listen(port);
    return receiver;
  }

  get port(): number {
    const address = this.server.server.address();
    if (address === null || typeof address === "string") throw new Error("the receiver does not listen");
    return address.port;
  }

  /** Nobody listens any more, and every line is cut. What arrived is kept. */
  async down(): Promise<number> {
    const port = this.port;
    const closed = new Promise<void>((done) => this.server.close(() => done()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    return port;
  }

  /** Listens again. */
  async up(port: number): Promise<void> {
    this.server = this.make();
    await this.listen(port);
  }

  async stop(): Promise<void> {
    if (this.server.server.listening) await this.down();
  }

  /** The answers held back are given now: `code` to each. */
  answerLate(code: number | undefined): void {
    this.late = code;
    for (const answer of this.waiting) answer();
    this.waiting.clear();
  }

  private late: number | undefined;

  /** Waits for an unread mail. */
  async next(to: string, subject = "", timeout = 10_000): Promise<Received> {
    const until = Date.now() + timeout;
    for (;;) {
      const mail = this.to(to, subject).find((mail) => !this.read.has(mail));
      if (mail) {
        this.read.add(mail);
        return mail;
      }
      if (Date.now() > until) throw new Error(`no mail 「${subject}」 to ${to}; heard: ${this.commands.slice(-8).join(" | ")}`);
      await sleep(25);
    }
  }

  async code(to: string): Promise<string> {
    const mail = await this.next(to, SUBJECT.code);
    const code = /^\d{6}/.exec(mail.text ?? "")?.[0];
    if (!code) throw new Error(`no code at the beginning of:\n${mail.text}`);
    return code;
  }

  async link(to: string, subject: string = SUBJECT.confirm): Promise<string> {
    const mail = await this.next(to, subject);
    const link = /^https?:\S+\/link\/[\w-]{43}$/m.exec(mail.text ?? "")?.[0];
    if (!link) throw new Error(`no link on a line of its own in:\n${mail.text}`);
    return link;
  }

  /** All mails to somebody, read or not. */
  to(address: string, subject = ""): Received[] {
    return this.mails.filter((mail) => mail.address === address && (mail.subject ?? "").includes(subject));
  }

  private async listen(port: number): Promise<void> {
    this.server.listen(port, "127.0.0.1");
    await once(this.server.server, "listening");
    this.server.server.on("connection", (socket: Socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
    });
  }

  private make(): SMTPServer {
    const heard = (entry: unknown, _format: unknown, line: unknown) => {
      if ((entry as { tnx?: string }).tnx === "command") this.commands.push(String(line));
    };
    const silent = () => {};
    const server = new SMTPServer({
      ...(this.certificate ? { key: this.certificate.key, cert: this.certificate.chain } : { hideSTARTTLS: true }),
      authOptional: true,
      disabledCommands: this.certificate ? ["AUTH"] : ["AUTH", "STARTTLS"],
      disableReverseLookup: true,
      // It does not know quoted local parts with two dots; what is said is looked at in `commands`.
      lenientAddressParsing: true,
      closeTimeout: 100,
      logger: { trace: silent, debug: heard, info: silent, warn: silent, error: silent, fatal: silent, level: silent } as never,
      onConnect: (_session, done) => this.answer("connection", done),
      onMailFrom: (_address, _session, done) => this.answer("sender", done),
      onRcptTo: (_address, _session, done) => this.answer("recipient", done),
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on("data", (part: Buffer) => parts.push(part));
        stream.on("end", () => void this.message(Buffer.concat(parts), session, done));
      },
    });
    // A client that goes away in the middle is what many tests are about.
    server.on("error", () => {});
    return server;
  }

  private async message(bytes: Buffer, session: SMTPServerSession, done: (failure?: Error | null) => void): Promise<void> {
    const parsed = await simpleParser(bytes);
    this.heard.push(parsed.messageId ?? "");
    const recipient = session.envelope.rcptTo[0]?.address ?? "";
    const take = () => {
      this.mails.push({ ...parsed, source: bytes.toString("latin1"), recipient, address: recipient.replaceAll('"', ""), secure: session.secure });
      done();
    };
    const fault = this.fault;
    if (fault?.at === "data" && "drop" in fault) {
      for (const socket of this.sockets) if (socket.remotePort === session.remotePort) socket.destroy();
      return;
    }
    this.answer("data", (failure) => (failure ? done(failure) : take()));
  }

  private answer(stage: Stage, done: (failure?: Error | null) => void): void {
    const fault = this.fault;
    if (fault?.at !== stage || "drop" in fault) return done();
    if ("hang" in fault) {
      this.waiting.add(() => done(this.late === undefined ? undefined : refusal(this.late)));
      return;
    }
    done(refusal(fault.code, fault.text));
  }
}

function refusal(code: number, text = "no"): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

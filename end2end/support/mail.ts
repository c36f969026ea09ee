// The fixtures of the mail tests: servers that really send, a receiver that really takes, and people without a browser.

import { expect, test as base } from "@playwright/test";
import { Authority } from "./certificates";
import { HIGH_LIMITS, Nirin, type NirinOptions } from "./nirin";
import { contractsFile, People, type Person } from "./people";
import { Postgres } from "./postgres";
import { Receiver } from "./smtp";
import { Visitor } from "./visitor";

export { HEADING, TIME } from "./browser";
export { SUBJECT } from "./mailbox";
export { DEMO, type Person } from "./people";
export { expect, Nirin, Receiver, Visitor };

/** What the screens say of a mail. */
export const STATE = {
  queued: "送信の順番を待っています",
  delayed: "まだお送りできていません。自動でもう一度お送りします",
  sent: "に送信しました",
  accepted: "宛先のメールサーバーが受け取りました",
  refused: "このアドレスでは受け取れないと、メールサーバーから回答がありました",
  centre: "ご登録のアドレスにメールをお届けできませんでした。カスタマーサービスセンターへお電話",
  dropped: "有効期限までにお送りできませんでした",
  again: "メールをお送りできませんでした。再送のボタンを押してください",
} as const;

/** How long a step of the conversation may take here; the whole of it takes three times that. */
export const SMTP_TIMEOUT_MS = 400;

/** A worker's lease on a mail is over, in seconds. */
export const LEASE_OVER = 121;

interface Shared {
  contracts: string;
  people: People;
  authority: Authority;
  postgres: Postgres;
}

interface Own {
  /** Takes everything, without TLS, until it is told otherwise. */
  receiver: Receiver;
  /** Starts a server that sends to the receiver. */
  serve: (options?: NirinOptions) => Promise<Nirin>;
  /** Somebody with a contract, and no account yet. */
  person: Person;
}

export const test = base.extend<Own, Shared>({
  contracts: [async ({}, use) => use(contractsFile()), { scope: "worker" }],

  people: [async ({}, use) => use(new People()), { scope: "worker" }],

  authority: [
    async ({}, use) => {
      const authority = new Authority();
      await use(authority);
      authority.remove();
    },
    { scope: "worker" },
  ],

  postgres: [
    async ({}, use) => {
      const postgres = await Postgres.start();
      await use(postgres);
      postgres.stop();
    },
    { scope: "worker" },
  ],

  receiver: async ({}, use) => {
    const receiver = await Receiver.start();
    await use(receiver);
    await receiver.stop();
  },

  serve: async ({ receiver, contracts }, use) => {
    const started: Nirin[] = [];
    await use(async (options = {}) => {
      const nirin = await Nirin.start({
        mail: { transport: "smtp", port: receiver.port, timeoutMs: SMTP_TIMEOUT_MS },
        ...options,
        settings: { ...HIGH_LIMITS, "rehearsal.contracts": contracts, ...options.settings },
      });
      started.push(nirin);
      return nirin;
    });
    for (const nirin of started) await nirin.stop();
  },

  person: async ({ people }, use) => use(people.next()),
});

/** Until the page says so. */
export async function says(visitor: Visitor, path: string, sentence: string): Promise<void> {
  await expect.poll(() => visitor.reads(path), { timeout: 10_000 }).toContain(sentence);
}

/**
 * Everything that is due by the servers' clocks has been sent, so that what did not come does not come. A mail that is asked for
 * now has arrived: mails are claimed in the order in which they are due, so all the others were claimed before it or with it.
 * Then the servers are told to stop, and they end only when what they have in hand is settled. `restart` starts one again.
 */
export async function allDueIsSent(receiver: Receiver, last: Person, nodes: [Nirin, ...Nirin[]]): Promise<void> {
  await new Visitor(nodes[0]).askForAccount(last);
  await receiver.link(last.email);
  for (const nirin of nodes) await nirin.kill("SIGTERM");
}

/** Somebody at the screen that waits for the code. */
export async function asksForCode(nirin: Nirin, who: Person): Promise<Visitor> {
  const visitor = new Visitor(nirin);
  const answer = await visitor.post("/sign-in", { step: "sign-in", user_id: who.email, password: who.password });
  expect(answer.status).toBe(303);
  return visitor;
}

/** From the first page to the portal. */
export async function walks(nirin: Nirin, receiver: Receiver, who: Person): Promise<Visitor> {
  const visitor = new Visitor(nirin);
  await visitor.enrol(who, receiver);
  await visitor.signIn(who, receiver);
  expect(await visitor.reads("/portal")).toContain(who.kana.split(" ")[0]);
  return visitor;
}

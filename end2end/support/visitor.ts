// A visitor without a browser: for what a test needs but does not look at, such as an account that exists already.

import { type Inbox, SUBJECT } from "./mailbox";
import type { Nirin } from "./nirin";
import type { Person } from "./people";

export class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(private readonly nirin: Nirin) {}

  async get(path: string): Promise<Response> {
    return this.keep(await this.nirin.get(path, this.headers()));
  }

  async post(path: string, form: Record<string, string>): Promise<Response> {
    return this.keep(await this.nirin.post(path, form, this.headers()));
  }

  /** What a page says, as one line of text, without the marks where its short texts may break. */
  async reads(path: string): Promise<string> {
    const html = await (await this.get(path)).text();
    const main = /<main[\s>].*?<\/main>/s.exec(html)?.[0] ?? html;
    return main.replace(/<!--.*?-->|<script.*?<\/script>/gs, "").replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").replaceAll("\u200b", "").trim();
  }

  /** Up to the mail. */
  async askForAccount(who: Person): Promise<void> {
    await this.post("/enrol", { step: "identity", number: who.number, kana: who.kana, phone: who.phone });
    await this.post("/enrol", { step: "password", new_password: who.password });
  }

  /** Opens a mailed link and confirms the address. */
  async confirm(link: string): Promise<Response> {
    await this.get(new URL(link).pathname);
    return this.post("/link", { step: "confirm" });
  }

  /** The whole enrolment. */
  async enrol(who: Person, mailbox: Inbox): Promise<void> {
    await this.askForAccount(who);
    const answer = await this.confirm(await mailbox.link(who.email));
    if (answer.status !== 303) throw new Error(`not enrolled: ${answer.status}`);
    await mailbox.next(who.email, "アカウント");
  }

  /** Both steps of signing in. */
  async signIn(who: Person, mailbox: Inbox): Promise<void> {
    await this.post("/sign-in", { step: "sign-in", user_id: who.email, password: who.password });
    const answer = await this.post("/sign-in", { step: "code", code: await mailbox.code(who.email) });
    if (answer.headers.get("location") !== "/portal") throw new Error("not signed in");
  }

  /** Asks for a password reset. */
  async askForReset(userId: string): Promise<void> {
    await this.post("/password-reset", { step: "user-id", user_id: userId });
  }

  private headers(): Record<string, string> {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  }

  private keep(answer: Response): Response {
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && /max-age=0/i.test(line)) this.cookies.delete(name);
      else if (name) this.cookies.set(name, value ?? "");
    }
    return answer;
  }
}

export { SUBJECT };

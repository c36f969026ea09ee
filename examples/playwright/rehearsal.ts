// What a suite needs besides a browser: people, mails and the clock of a rehearsal server, by its JSON interface
// (end2end/README.md in Nirin's repository documents it).

import { type APIRequestContext, type APIResponse, test as base } from "@playwright/test";

/** Somebody with a contract. */
export interface Person {
  id: string;
  number: string;
  kana: string;
  phone: string;
  /** The registered address, which is the user ID. */
  email: string;
  account: boolean;
}

/** What a new person is to be. */
export interface Wish {
  /** Days until the contract's last day. */
  days_left?: number;
  /** With one, the account exists already. */
  password?: string;
  /** Columns of the contracts file, by their names. */
  columns?: Record<string, string>;
}

export interface Mail {
  id: string;
  kind: string;
  subject: string;
  text: string;
  code: string | null;
  link: string | null;
}

/** Fits the rules of new passwords in both profiles. */
export const PASSWORD = "Hoshizora-8241";
export const OTHER_PASSWORD = "Amagumo_5907";

export class Rehearsal {
  /** The mail of each address and kind that was read last. */
  private readonly read = new Map<string, string>();
  private origin: string | undefined;

  constructor(private readonly request: APIRequestContext) {}

  /** Somebody whom no other test has. */
  async person(wish: Wish = {}): Promise<Person> {
    return (await this.post<{ person: Person }>("people", wish)).person;
  }

  /** Waits for the next mail of a kind that this test has not read yet. */
  async mail(to: Person, kind: string): Promise<Mail> {
    const key = `${kind} ${to.email}`;
    const query = new URLSearchParams({ to: to.email, kind, after: this.read.get(key) ?? "", wait: "20" });
    const { mail } = await this.get<{ mail: Mail }>(`mails/next?${query}`);
    this.read.set(key, mail.id);
    return mail;
  }

  async code(to: Person): Promise<string> {
    return (await this.mail(to, "auth-code")).code ?? "";
  }

  async link(to: Person, kind: "confirm-enrolment" | "reset-password"): Promise<string> {
    return (await this.mail(to, kind)).link ?? "";
  }

  /** Turns the server's clock forward. */
  async forward(seconds: number): Promise<void> {
    await this.post("clock", { forward_seconds: seconds });
  }

  private async get<T>(path: string): Promise<T> {
    return read(await this.request.get(`/rehearsal/api/${path}`));
  }

  private async post<T>(path: string, data: object): Promise<T> {
    // What changes something has to say that it comes from the server's own address.
    this.origin ??= (await read<{ public_url: string }>(await this.request.get("/rehearsal/api"))).public_url;
    return read(await this.request.post(`/rehearsal/api/${path}`, { data, headers: { origin: this.origin } }));
  }
}

async function read<T>(answer: APIResponse): Promise<T> {
  const body = (await answer.json()) as T & { version: number; error?: { message: string } };
  if (!answer.ok()) throw new Error(`${answer.url()}: ${body.error?.message}`);
  if (body.version !== 1) throw new Error(`version ${body.version} of the interface is not known here`);
  return body;
}

export const test = base.extend<{ rehearsal: Rehearsal }>({
  rehearsal: async ({ request }, use) => use(new Rehearsal(request)),
});

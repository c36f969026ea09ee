// A real `nirin serve` process: its own free port, database, keys and log. Whoever starts one stops it.
//
//     const nirin = await Nirin.start({ mail: { transport: "smtp", port } });
//     await nirin.turnClock(301);
//     await nirin.kill("SIGKILL");
//     await nirin.restart();
//     await nirin.stop();

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The top of the checkout. */
export const TOP = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The day for which the demo contracts are written: the server moves their days to the day of the test. */
export const CONTRACTS_AS_OF = "2026-11-23";

/** Limits that the many tests of one machine would run into otherwise. Tests of limits start a server of their own. */
export const HIGH_LIMITS = {
  "limits.resets_per_address": 10_000,
  "limits.identity_per_address": 10_000,
  "limits.sign_in_per_address": 10_000,
  "limits.reset_pause_min_ms": 0,
  "limits.reset_pause_max_ms": 300,
};

const CACHE = process.env.CACHE ?? join(homedir(), ".cache/nirin");
/** The server's program. */
export const BINARY = process.env.NIRIN_BIN ?? join(CACHE, "target/debug/nirin");
/** The folder of the browser's files. */
export const SITE = process.env.SITE_DIR ?? join(CACHE, "site");

/** What a server may differ in. */
export interface NirinOptions {
  /** Settings as in `nirin.toml`, dotted: `{ "limits.code_tries": 3, "accounts.mask_user_id": true }`. */
  settings?: Record<string, string | number | boolean>;
  /** Where mail goes; the mailbox page when left out. */
  mail?: { transport: "smtp"; port: number; host?: string; security?: "required" | "tls" | "none"; caFile?: string; timeoutMs?: number };
  /** `postgres://…`; an SQLite file of its own when left out. */
  database?: string;
  /** The node whose service this one belongs to as well: its address for people, and its keys. Give both one database. */
  sibling?: Nirin;
  /** Its address for people, where a proxy stands in front of it. */
  front?: string;
  /** How far the clock is ahead at the start, in seconds. */
  aheadSeconds?: number;
  /** What is logged: the value of NIRIN_LOG. */
  log?: string;
}

/** One line of the log. */
export type LogLine = Record<string, unknown> & { level?: string; event?: string; message?: string };

/** A mail as the mailbox page has it. */
export interface Mail {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  source: string;
  /** Milliseconds since 1970, by the server's clock. */
  at_ms: number;
}

export class Nirin {
  /** Every line of the log since the first start, oldest first; lines that are not JSON have only `message`. */
  readonly log: LogLine[] = [];
  /** How far the clock was turned since the last start, in seconds. */
  private ahead = 0;
  private process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    /** A folder of its own: database, keys. Removed by `stop`. */
    readonly folder: string,
    private readonly options: NirinOptions,
  ) {}

  /** Starts a server and waits until it is ready. */
  static async start(options: NirinOptions = {}): Promise<Nirin> {
    const nirin = new Nirin(await freePort(), mkdtempSync(join(tmpdir(), "nirin-")), options);
    nirin.ahead = options.aheadSeconds ?? 0;
    try {
      await nirin.launch();
    } catch (found) {
      await nirin.stop();
      throw found;
    }
    return nirin;
  }

  /** What browsers open, without a slash at the end. */
  get url(): string {
    return this.options.front ?? this.direct;
  }

  /** Where it listens itself, whatever stands in front. */
  private get direct(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** `sqlite://…` or `postgres://…`. */
  get database(): string {
    return this.options.database ?? `sqlite://${join(this.folder, "nirin.db")}`;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get running(): boolean {
    return this.process !== undefined && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Sends a signal and waits for the end of the process. The folder stays, so that `restart` finds everything again. */
  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const process = this.process;
    if (!process || !this.running) return;
    const gone = once(process, "exit");
    process.kill(signal);
    await gone;
  }

  /** Starts again on the same port, database and keys; the clock goes on from where it was. Changed options stay changed. */
  async restart(changed: NirinOptions = {}): Promise<void> {
    await this.kill("SIGTERM");
    Object.assign(this.options, changed);
    this.ahead = changed.aheadSeconds ?? this.ahead;
    await this.launch();
  }

  /** Ends the process and removes its folder. */
  async stop(): Promise<void> {
    await this.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Turns the server's clock forward. */
  async turnClock(seconds: number): Promise<void> {
    const answer = await this.post("/rehearsal/clock", { seconds: String(seconds) });
    if (answer.status !== 303) throw new Error(`the clock was not turned: ${answer.status}`);
    this.ahead += seconds;
  }

  /** The server's time in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.ahead * 1000;
  }

  /** A form post as from one of our own pages; redirects are not followed. */
  async post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.direct + path, {
      method: "POST",
      redirect: "manual",
      headers: { origin: (this.options.sibling ?? this).url, "content-type": "application/x-www-form-urlencoded", ...headers },
      body: new URLSearchParams(form).toString(),
    });
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.direct + path, { redirect: "manual", headers });
  }

  /** The newest mails, newest first; only those to `to` when given. Only with the transport `mailbox`. */
  async mails(to = ""): Promise<Mail[]> {
    const answer = await this.get(`/rehearsal/api/mails?to=${encodeURIComponent(to)}`);
    if (!answer.ok) throw new Error(`no mailbox: ${answer.status}`);
    return ((await answer.json()) as { mails: Mail[] }).mails;
  }

  /** Waits for a line of the log; lines before `from` (an index into `log`) do not count. */
  async logged(fits: (line: LogLine) => boolean, { from = 0, timeout = 10_000 } = {}): Promise<LogLine> {
    const until = Date.now() + timeout;
    for (;;) {
      const found = this.log.slice(from).find(fits);
      if (found) return found;
      if (Date.now() > until) throw new Error(`not in the log:\n${this.tail()}`);
      await sleep(25);
    }
  }

  /** Runs a command of staff on this server's database and with its keys; answers what it prints. */
  async staff(...words: string[]): Promise<string> {
    return (await promisify(execFile)(BINARY, words, { cwd: TOP, env: this.environment() })).stdout;
  }

  private async launch(): Promise<void> {
    const child = spawn(BINARY, ["serve"], { cwd: TOP, env: this.environment(), stdio: ["ignore", "pipe", "pipe"] });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => this.log.push(read(line)));
    }
    let failure: Error | undefined;
    child.on("error", (found) => {
      failure = found;
    });
    const until = Date.now() + 30_000;
    for (;;) {
      if (failure) throw failure;
      if (!this.running) throw new Error(`nirin did not start:\n${this.tail()}`);
      const ready = await this.get("/readyz").catch(() => undefined);
      if (ready?.ok) return;
      if (Date.now() > until) throw new Error(`nirin is not ready:\n${this.tail()}`);
      await sleep(50);
    }
  }

  /** Everything but other NIRIN_ variables: an unknown one would stop the start. */
  private environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("NIRIN_") && name !== "DATABASE_URL");
    const settings: Record<string, string | number | boolean> = {
      "http.listen": `127.0.0.1:${this.port}`,
      "http.public_url": this.options.sibling?.url ?? this.url,
      "http.assets": SITE,
      ...(this.options.database ? {} : { "store.url": this.database }),
      "secrets.key_file": join((this.options.sibling ?? this).folder, "nirin.keys"),
      "rehearsal.contracts": join(TOP, "server/demo/contracts.csv"),
      "rehearsal.contracts_as_of": CONTRACTS_AS_OF,
      "rehearsal.clock_ahead_ms": Math.round(this.ahead * 1000),
    };
    const mail = this.options.mail;
    if (mail) {
      settings["mail.transport"] = mail.transport;
      settings["mail.smtp.host"] = mail.host ?? "127.0.0.1";
      settings["mail.smtp.port"] = mail.port;
      settings["mail.smtp.security"] = mail.security ?? "none";
      settings["mail.smtp.ca_file"] = mail.caFile ?? "";
      settings["mail.smtp.timeout_ms"] = mail.timeoutMs ?? 5_000;
    }
    const named = Object.entries({ ...settings, ...this.options.settings }).map(([name, value]) => [
      `NIRIN_${name.replaceAll(".", "__").toUpperCase()}`,
      String(value),
    ]);
    const further = { NIRIN_LOG: this.options.log, DATABASE_URL: this.options.database };
    const given = Object.entries(further).filter(([, value]) => value !== undefined);
    return { ...Object.fromEntries(kept), ...Object.fromEntries(named), ...Object.fromEntries(given) };
  }

  private tail(): string {
    return this.log.slice(-20).map((line) => JSON.stringify(line)).join("\n");
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}

function read(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return { message: line };
  }
}

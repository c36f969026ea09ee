// A PostgreSQL of one's own, thrown away afterwards. It refuses to run as root: there it runs as the user of its package.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { freePort } from "./nirin";

const PACKAGED = "/usr/lib/postgresql";

export class Postgres {
  private made = 0;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<Postgres> {
    const postgres = new Postgres(mkdtempSync(join(tmpdir(), "nirin-postgres-")), await freePort());
    if (root) execFileSync("chown", ["postgres", postgres.folder]);
    postgres.run("initdb", "-D", postgres.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
    const options = `-p ${postgres.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${postgres.folder} -c fsync=off -c shared_buffers=32MB`;
    // Its output goes to a file: a pipe that the server inherited would never end.
    postgres.run("pg_ctl", "-D", postgres.data, "-l", join(postgres.folder, "log"), "-w", "-t", "30", "-o", options, "start");
    return postgres;
  }

  /** The address of an empty database that nobody else has. */
  database(): string {
    const name = `nirin_${++this.made}`;
    this.run("createdb", "-h", "127.0.0.1", "-p", String(this.port), "-U", "postgres", name);
    return `postgres://postgres@127.0.0.1:${this.port}/${name}`;
  }

  stop(): void {
    this.run("pg_ctl", "-D", this.data, "-m", "immediate", "-w", "stop");
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get data(): string {
    return join(this.folder, "data");
  }

  private run(program: string, ...words: string[]): void {
    const command = [join(programs(), program), ...words];
    const [first = "", ...rest] = root ? ["runuser", "-u", "postgres", "--", ...command] : command;
    execFileSync(first, rest, { cwd: tmpdir(), stdio: "ignore" });
  }
}

const root = process.getuid?.() === 0;

function programs(): string {
  const versions = existsSync(PACKAGED) ? readdirSync(PACKAGED).sort((one, other) => Number(other) - Number(one)) : [];
  const places = [...versions.map((version) => join(PACKAGED, version, "bin")), ...(process.env.PATH ?? "").split(delimiter)];
  const found = places.find((place) => ["initdb", "pg_ctl", "createdb"].every((program) => existsSync(join(place, program))));
  if (!found) throw new Error("PostgreSQL's programs (initdb, pg_ctl) are missing: install Debian's package `postgresql`, or put them on PATH.");
  return found;
}

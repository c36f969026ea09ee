// With DATABASE_URL=postgres://… every server of a run gets a database of its own in that cluster, else an SQLite file.

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";

const CLUSTER = process.env.DATABASE_URL;

export function ownDatabase(): { database?: string } {
  if (!CLUSTER?.startsWith("postgres")) return {};
  const name = `nirin_${randomUUID().replaceAll("-", "")}`;
  execFileSync("psql", ["--quiet", "--dbname", CLUSTER, "--command", `CREATE DATABASE ${name}`]);
  const url = new URL(CLUSTER);
  url.pathname = `/${name}`;
  return { database: url.toString() };
}

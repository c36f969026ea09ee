// A certificate authority of one's own, for as long as a test runs.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  key: Buffer;
  chain: Buffer;
}

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

export class Authority {
  private readonly folder = mkdtempSync(join(tmpdir(), "nirin-ca-"));

  constructor() {
    this.openssl("req", "-x509", ...KEY, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Nirin test authority");
  }

  /** The authority's own certificate, for `mail.smtp.ca_file`. */
  get file(): string {
    return join(this.folder, "ca.pem");
  }

  /** A certificate of this authority for a server of this name. */
  certificate(name = "IP:127.0.0.1"): Certificate {
    writeFileSync(join(this.folder, "names"), `subjectAltName=${name}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n`);
    this.openssl("req", "-new", ...KEY, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=Nirin test server");
    this.openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem");
    return { key: readFileSync(join(this.folder, "server.key")), chain: readFileSync(join(this.folder, "server.pem")) };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private openssl(...words: string[]): void {
    execFileSync("openssl", words, { cwd: this.folder, stdio: ["ignore", "ignore", "pipe"] });
  }
}

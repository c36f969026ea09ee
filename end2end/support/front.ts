// A proxy in front of a server, as every installation has one: it ends TLS where it is asked to, and can lose an answer.

import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Authority } from "./certificates";

/** How an answer gets lost after the server has done its work: the whole of it, or the end of its body. */
export type Cut = "before its head" | "in its body";

export class Front {
  /** The port of the server behind it. */
  to = 0;
  /** Pages run no script: for Firefox, which runs it whatever Playwright asks. */
  withoutScript = false;
  private cut: Cut | undefined;
  private lost: (() => void) | undefined;

  private constructor(
    private readonly server: Server,
    private readonly scheme: "http" | "https",
  ) {
    server.on("request", (asked: IncomingMessage, answer: ServerResponse) => this.pass(asked, answer));
  }

  static async start(scheme: "http" | "https" = "https"): Promise<Front> {
    const front = new Front(scheme === "https" ? tlsServer() : createServer(), scheme);
    front.server.listen(0, front.host);
    await once(front.server, "listening");
    return front;
  }

  /** The address for people. */
  get url(): string {
    return `${this.scheme}://${this.host}:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next form that is posted does its work, and its answer does not arrive. Resolves once it is lost. */
  losesNextAnswer(cut: Cut): Promise<void> {
    this.cut = cut;
    return new Promise((resolve) => {
      this.lost = resolve;
    });
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private get host(): string {
    return this.scheme === "https" ? "localhost" : "127.0.0.1";
  }

  private pass(asked: IncomingMessage, answer: ServerResponse): void {
    // A post that fails on a connection which served before is sent once more by the browser itself.
    answer.shouldKeepAlive = false;
    const cut = asked.method === "POST" && asked.url !== "/api/view" ? this.cut : undefined;
    if (cut) this.cut = undefined;
    const headers = { ...asked.headers, "x-forwarded-for": asked.socket.remoteAddress ?? "" };
    const on = request({ port: this.to, host: "127.0.0.1", method: asked.method, path: asked.url, headers }, (got) => {
      if (cut) return this.lose(cut, got, answer);
      answer.writeHead(got.statusCode ?? 502, this.withoutScript ? got.rawHeaders.map(sandboxed) : got.rawHeaders);
      // Events are told as they come.
      answer.flushHeaders();
      got.pipe(answer);
    });
    on.on("error", () => answer.destroy());
    answer.on("close", () => on.destroy());
    asked.pipe(on);
  }

  /** The server has answered: what it did is done. */
  private lose(cut: Cut, got: IncomingMessage, answer: ServerResponse): void {
    const parts: Buffer[] = [];
    got.on("data", (part: Buffer) => parts.push(part));
    got.on("end", () => {
      const body = Buffer.concat(parts);
      if (cut === "before its head") answer.destroy();
      else {
        answer.writeHead(got.statusCode ?? 502, got.rawHeaders.map((value, at, all) => (/^content-length$/i.test(all[at - 1] ?? "") ? String(body.length >> 1) : value)));
        answer.end(body.subarray(0, body.length >> 1));
      }
      this.lost?.();
    });
  }
}

/** The policy of a page, with script taken away, and nothing else. */
function sandboxed(value: string, at: number, all: string[]): string {
  return /^content-security-policy$/i.test(all[at - 1] ?? "") ? `${value}; sandbox allow-forms allow-same-origin allow-top-navigation` : value;
}

function tlsServer(): Server {
  const authority = new Authority();
  const { key, chain } = authority.certificate("DNS:localhost");
  authority.remove();
  return createTlsServer({ key, cert: chain });
}

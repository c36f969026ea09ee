// A proxy that ends TLS in front of a server, as every installation has one.

import { once } from "node:events";
import { request } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { Authority } from "./certificates";

export class Front {
  /** The port of the server behind it. */
  to = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Front> {
    const authority = new Authority();
    const { key, chain } = authority.certificate("DNS:localhost");
    authority.remove();
    const server = createServer({ key, cert: chain });
    const front = new Front(server);
    server.on("request", (asked, answer) => {
      const headers = { ...asked.headers, "x-forwarded-for": asked.socket.remoteAddress ?? "" };
      const on = request({ port: front.to, host: "127.0.0.1", method: asked.method, path: asked.url, headers }, (got) => {
        answer.writeHead(got.statusCode ?? 502, got.rawHeaders);
        // Events are told as they come.
        answer.flushHeaders();
        got.pipe(answer);
      });
      on.on("error", () => answer.destroy());
      answer.on("close", () => on.destroy());
      asked.pipe(on);
    });
    server.listen(0, "localhost");
    await once(server, "listening");
    return front;
  }

  /** The address for people. */
  get url(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

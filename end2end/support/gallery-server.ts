// The gallery's own program, as `make preview` runs it: it answers what is posted in an entry. Whoever starts one stops it.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BINARY, freePort, SITE, TOP } from "./nirin";

export class GalleryServer {
  private constructor(
    private readonly process: ChildProcess,
    /** Without a slash at the end. */
    readonly url: string,
  ) {}

  static async start(): Promise<GalleryServer> {
    const port = await freePort();
    const child = spawn(join(dirname(BINARY), "preview"), [String(port)], { cwd: TOP, env: { ...process.env, SITE_DIR: SITE }, stdio: "ignore" });
    let failure: Error | undefined;
    child.on("error", (found) => {
      failure = found;
    });
    const server = new GalleryServer(child, `http://127.0.0.1:${port}`);
    const until = Date.now() + 30_000;
    for (;;) {
      if (failure) throw failure;
      if (child.exitCode !== null) throw new Error(`the gallery did not start: ${child.exitCode}`);
      const ready = await fetch(`${server.url}/preview/index.json`).catch(() => undefined);
      if (ready?.ok) return server;
      if (Date.now() > until) {
        await server.stop();
        throw new Error("the gallery is not ready");
      }
      await sleep(50);
    }
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, "exit");
    this.process.kill();
    await gone;
  }
}

// The fixtures of a server behind the proxy of `front.ts`, over plain HTTP, for the engines that Playwright drives.

import { Front } from "./front";
import { startShared } from "./shared";
import { test as direct } from "./test";

export const test = direct.extend<object, { front: Front }>({
  front: [
    async ({}, use) => {
      const front = await Front.start("http");
      await use(front);
      front.stop();
    },
    { scope: "worker" },
  ],

  nirin: [
    async ({ contracts, front }, use) => {
      const nirin = await startShared(contracts, { front: front.url });
      front.to = nirin.port;
      await use(nirin);
      await nirin.stop();
    },
    { scope: "worker" },
  ],
});

// Takes the README's pictures from the gallery: pictures.mjs GALLERY FOLDER. Run in the repository's folder, with the packages of end2end/.

import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const { chromium } = createRequire(join(process.cwd(), "end2end/package.json"))("@playwright/test");
const [gallery, folder] = process.argv.slice(2);
/** All of them together: a README is opened on phones too. */
const MOST_BYTES = 400_000;
const PHONE = { width: 375, height: 720 };
const DESKTOP = { width: 1280, height: 800 };
const PICTURES = [
  ["enrol-identity", "/preview/bare/screens/identity/empty", PHONE],
  ["enrol-password", "/preview/bare/screens/choose-password/usual", PHONE],
  ["enrol-mail", "/preview/bare/screens/mail-sent/accepted", PHONE],
  ["code-mail", "/preview/bare/mails/auth-code/first", PHONE],
  ["sign-in-code", "/preview/bare/screens/code/accepted", PHONE],
  ["portal", "/preview/bare/pages/portal/renewal-due", DESKTOP],
  ["gallery", "/preview", DESKTOP],
  ["gallery-mail", "/preview/mails/confirm-enrolment/usual?w=320", DESKTOP],
];

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell", args: ["--no-sandbox"] });
for (const [name, address, viewport] of PICTURES) {
  const page = await browser.newPage({ viewport, locale: "ja-JP", colorScheme: "light" });
  const answer = await page.goto(gallery + address);
  if (!answer?.ok()) throw new Error(`${address}: ${answer?.status()}`);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 70 });
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, "base64"));
  await page.close();
}
await browser.close();
const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
console.log(`  ${PICTURES.length} pictures, ${bytes} bytes, in ${folder}`);
if (bytes > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`);

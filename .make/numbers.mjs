// Prints the numbers of the screens and of the gallery beside their goals: numbers.mjs. Run in the repository's folder, with a
// release server (NIRIN_BIN), the browser's files (SITE_DIR), the packages of end2end/ and, for Lighthouse, of .make/lighthouse/.
// Nothing is kept and nothing fails: each line says what was measured in this run and whether the goal was held.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, get } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const { chromium } = createRequire(join(process.cwd(), "end2end/package.json"))("@playwright/test");
const { CACHE: cache, SITE_DIR: site, NIRIN_BIN: binary, CARGO_TARGET_DIR: target } = process.env;
const folder = mkdtempSync(join(tmpdir(), "nirin-numbers-"));
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";
/** What Lighthouse takes for a phone: a processor that is four times slower, and a slow mobile network. */
const PHONE = { slowdown: 4, latency: 150, throughput: (1.6 * 1024 * 1024) / 8 };

const children = [];
const started = [];
const stop = () => {
  for (const child of children.splice(0)) try { process.kill(-child.pid); } catch { /* It has ended. */ }
  for (const server of started.splice(0)) server.close();
  rmSync(folder, { recursive: true, force: true });
};
process.on("exit", stop);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

let missed = 0;
/** One line: what was measured, the goal, and whether it was held. */
function line(what, measured, goal, held) {
  missed += held ? 0 : 1;
  console.log(`  ${held ? "held    " : "not held"}  ${what}: ${measured} (goal: ${goal})`);
}
const unmeasured = (what, goal, why) => {
  missed += 1;
  console.log(`  not measured  ${what} (goal: ${goal}): ${why}`);
};
const most = (what, value, limit, unit) => line(what, `${value.toLocaleString("en")} ${unit}`, `at most ${limit.toLocaleString("en")}`, value <= limit);

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const round = (value, digits = 0) => Number(value.toFixed(digits));
const free = () => new Promise((done) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});
/** The body as it is sent to a browser that comes from elsewhere. */
const sent = (url) => new Promise((done, failed) => {
  get(url, { headers: { "accept-encoding": "br", "sec-fetch-site": "none" } }, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part)).on("end", () => done(Buffer.concat(parts)));
  }).on("error", failed);
});
const text = async (url) => (await fetch(url)).text();
async function answers(url, seconds) {
  for (let turn = 0; turn < seconds * 20; turn += 1) {
    if (await fetch(url).then((answer) => answer.ok, () => false)) return;
    await pause(50);
  }
  throw new Error(`${url} does not answer`);
}
const run = (program, given, options) => {
  const child = spawn(program, given, { stdio: "ignore", detached: true, ...options });
  children.push(child);
  return child;
};

async function product() {
  const url = `http://127.0.0.1:${await free()}`;
  const settings = {
    NIRIN_HTTP__LISTEN: url.slice(7), NIRIN_HTTP__PUBLIC_URL: url, NIRIN_HTTP__ASSETS: site, NIRIN_LOG: "warn",
    NIRIN_SECRETS__KEY_FILE: join(folder, "keys"), DATABASE_URL: `sqlite://${folder}/nirin.db`,
  };
  run(binary, ["serve"], { env: { PATH: process.env.PATH, ...settings } });
  await answers(`${url}/readyz`, 30);
  return url;
}

/** Bytes of what a browser fetches, compressed by brotli. */
async function bytes(url) {
  const br = (name) => statSync(join(site, `${name}.br`)).size;
  const html = (await sent(`${url}/sign-in`)).length;
  most("HTML of /sign-in with its CSS inside, as the first page of a browser", html, 8_000, "bytes");
  most("JS + WASM of /sign-in", br("start.js") + br("nirin.js") + br("nirin.wasm"), 115_000, "bytes");
  most("overview of the gallery", (await sent(`${url}/preview`)).length, 30_000, "bytes");
}

/** What the product has of the gallery. */
function nothing() {
  const words = ["gallery-main", "/preview/"];
  const of = (file) => words.filter((word) => readFileSync(file).includes(word)).length;
  const sent = readdirSync(site).filter((name) => /\.(wasm|js|css)$/.test(name)).map((name) => join(site, name));
  const found = sent.reduce((sum, file) => sum + of(file), 0);
  line("the gallery in WASM, script and style", `${found} of its words`, "none", found === 0);
  const release = join(cache, "dist/nirin");
  if (!existsSync(release)) return unmeasured("the gallery in a release", "none", "there is none; `make dist` makes it");
  line("the gallery in a release", `${of(release)} of its words`, "none", of(release) === 0);
}

/** As `make preview-export` does it. */
function exported() {
  const into = join(folder, "export");
  const begun = performance.now();
  const { status } = spawnSync(join(target, "debug/preview"), ["export", into]);
  const took = (performance.now() - begun) / 1_000;
  if (status !== 0) return unmeasured("export", "3 s", "it failed");
  const files = readdirSync(into, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  most("export", round(took, 1), 3, "s");
  most("export", files.reduce((sum, file) => sum + statSync(join(file.parentPath ?? file.path, file.name)).size, 0), 5_000_000, "bytes");
}

/** From a saved file to what a browser shows, in a copy of the working tree, with the loop of `make preview`. */
async function saved(browser) {
  const tree = join(cache, "numbers/tree");
  if (spawnSync(".make/copy.sh", [tree]).status !== 0) return unmeasured("save → seen", "3 s", "the working tree cannot be copied");
  const port = await free();
  const url = `http://127.0.0.1:${port}/preview`;
  spawnSync(join(process.cwd(), ".make/sources.sh"), { cwd: tree });
  const built = spawnSync("cargo", ["build", "-q", "--locked", "-p", "preview"], { cwd: tree });
  if (built.status !== 0) return unmeasured("save → seen", "3 s", "the copy of the working tree does not compile");
  run("make", ["preview", `PORT=${port}`], { cwd: tree });
  await answers(url, 120);
  const page = await browser.newPage({ locale: "ja-JP" });
  const edits = [
    ["style", "screens/code/accepted", "style/tokens.css", (css) => `${css}\n.main { outline: 3px solid rgb(1, 2, 3) }\n`, "body .main", (main) => getComputedStyle(main).outlineColor === "rgb(1, 2, 3)", 300],
    ["mail", "mails/auth-code/first", "mails/templates/ja/auth-code/body.html", (html) => html.replace("<p>", "<p>数える</p><p>"), "body", (body) => body.textContent.includes("数える"), 2_500],
    ["words in Rust", "screens/code/accepted", "app/src/text/ja/flows.rs", (rust) => rust.replace("認証番号を入力してください", "数える"), "body", (body) => body.textContent.includes("数える"), 3_000],
  ];
  for (const [what, entry, file, change, part, seen, goal] of edits) {
    const path = join(tree, file);
    const before = readFileSync(path, "utf8");
    if (change(before) === before) throw new Error(`${file} no longer says what is changed there`);
    const took = [];
    for (let turn = 0; turn < 3; turn += 1) {
      // The page loads itself again when something is saved, and may be at it.
      const open = () => page.goto(`${url}/${entry}`);
      await open().catch(open);
      await page.frameLocator("iframe").first().locator(part).first().waitFor();
      const begun = performance.now();
      writeFileSync(path, change(before));
      const shows = () => page.frames()[1]?.locator(part).first().evaluate(seen, undefined, { timeout: 1_000 }).catch(() => false);
      while (!(await shows()) && performance.now() - begun < 60_000) await pause(10);
      took.push(performance.now() - begun);
      writeFileSync(path, before);
      await pause(1_000);
      await answers(url, 60);
    }
    most(`saved → seen, ${what}`, round(middle(took)), goal, "ms");
  }
  await page.close();
}

/** When the form of /sign-in is there, beside the same form alone and the same page, both without style and script, in turns. */
async function form(browser, url) {
  const html = await text(`${url}/sign-in`);
  const own = html.slice(html.indexOf("<form"), html.lastIndexOf("</form>") + 7);
  const bare = `<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>bare</title>${own}</html>`;
  const plainPage = html.replace(/<(style|script)[^]*?<\/\1>|<link [^>]*>|<img [^>]*>/g, "");
  const served = { "/form": brotliCompressSync(bare), "/page": brotliCompressSync(plainPage) };
  const server = createServer(({ url }, answer) => answer.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-encoding": "br" }).end(served[url]));
  started.push(server);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const pages = [`${url}/sign-in`, ...Object.keys(served).map((path) => `http://127.0.0.1:${server.address().port}${path}`)];
  const painted = async (address) => {
    const context = await browser.newContext({ viewport: { width: 375, height: 667 } });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: PHONE.slowdown });
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: PHONE.latency, downloadThroughput: PHONE.throughput, uploadThroughput: PHONE.throughput });
    await page.goto(address);
    const at = await page.evaluate(() => new Promise((done) => {
      new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").forEach((entry) => done(entry.startTime))).observe({ type: "paint", buffered: true });
    }));
    await context.close();
    return at;
  };
  const times = [[], [], []];
  for (let turn = 0; turn < 16; turn += 1) {
    for (const [at, address] of pages.entries()) {
      const time = await painted(address);
      // The first ones warm the browser.
      if (turn > 0) times[at].push(time);
    }
  }
  const [ours, plain, words] = times.map(middle);
  line("form of /sign-in on a phone, beside a bare page of the same fields", `${round(ours)} ms and ${round(plain)} ms, ${round(ours / plain, 2)} times`, "1.1 times", ours <= 1.1 * plain);
  console.log(`            the same page without style, script and pictures: ${round(words)} ms, so that ${round(ours / words, 2)} times are theirs and the rest is its words'`);
}

/** From a key's event to the list of rules, laid out anew, on a processor six times slower. */
async function keystroke(browser, url) {
  const context = await browser.newContext({ viewport: { width: 375, height: 667 }, locale: "ja-JP" });
  const page = await context.newPage();
  await page.goto(`${url}/preview/bare/screens/choose-password/usual?script=on`);
  await page.locator("html.live").waitFor({ state: "attached" });
  await page.evaluate(() => {
    window.took = [];
    const rules = document.querySelector(".rules");
    let begun;
    addEventListener("input", () => { begun = performance.now(); }, true);
    addEventListener("input", () => { void rules.offsetHeight; window.took.push(performance.now() - begun); });
  });
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  const field = page.locator("[autocomplete=new-password]");
  for (let turn = 0; turn < 12; turn += 1) {
    await field.fill("");
    await field.pressSequentially("Kaze8Suzume!x-Kawa2");
  }
  const took = (await page.evaluate(() => window.took)).sort((a, b) => a - b);
  await context.close();
  line("keystroke → list of rules at 6 × slow-down, p99", `${round(took[Math.floor(took.length * 0.99)], 1)} ms of ${took.length}`, "16 ms", took[Math.floor(took.length * 0.99)] <= 16);
}

/** Lighthouse for a phone, as it is without settings. */
function lighthouse(url) {
  const program = join(cache, "lighthouse/node_modules/.bin/lighthouse");
  const goal = "100 in all four";
  // The guide is the first page.
  for (const path of ["/", "/enrol", "/sign-in", "/help"]) {
    if (!existsSync(program)) {
      unmeasured(`Lighthouse, ${path}`, goal, "its packages are not there");
      continue;
    }
    const given = [url + path, "--quiet", "--output=json", "--chrome-flags=--headless --no-sandbox"];
    const ran = spawnSync(program, given, { env: { ...process.env, CHROME_PATH: CHROMIUM }, maxBuffer: 1e9 });
    if (ran.status !== 0) {
      unmeasured(`Lighthouse, ${path}`, goal, ran.stderr.toString().trim().split("\n").at(-1));
      continue;
    }
    const { categories, audits } = JSON.parse(ran.stdout.toString());
    const scores = Object.values(categories).map(({ title, score }) => `${title} ${Math.round(score * 100)}`);
    const lost = Object.values(categories).flatMap(({ auditRefs }) => auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9).map(({ id }) => id));
    line(`Lighthouse, ${path}`, `${scores.join(", ")}${lost.length > 0 ? `; lost by ${lost.join(", ")}` : ""}`, goal, Object.values(categories).every(({ score }) => score === 1));
  }
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-background-networking"] });
const wanted = process.argv.slice(2);
const part = async (name, turn) => {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  try {
    await turn();
  } catch (error) {
    unmeasured(name, "to be measured", String(error).split("\n")[0]);
  }
};
const url = await product();
await part("bytes", () => bytes(url));
await part("nothing", nothing);
await part("export", exported);
await part("form", () => form(browser, url));
await part("keystroke", () => keystroke(browser, url));
await part("lighthouse", () => lighthouse(url));
await part("saved", () => saved(browser));
await browser.close();
console.log(missed === 0 ? "  Every goal was held." : `  ${missed} goals were not held or not measured.`);
process.exit(0);

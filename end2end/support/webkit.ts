// The same person at Debian's WebKitGTK, by W3C WebDriver.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Builder, By, Capabilities, error, type WebDriver, type WebElement } from "selenium-webdriver";
import { Enrol, type Field, Inquiry, MailedLink, Portal, Reset, SignIn, type Walker } from "./flows";
import { freePort } from "./nirin";

const WINDOW = fileURLToPath(new URL("webkit_window.py", import.meta.url));
const TIMEOUT_MS = 10_000;
/** How long a browser may take to start. One that takes longer has been seen to never do. */
const START_MS = 15_000;
/** How long it may take to answer one command: a test that waits for ever does not tell for what. */
const ANSWER_MS = 20_000;

/** A screen that nobody sees. */
export class Screen {
  private constructor(
    private readonly process: ChildProcess,
    readonly name: string,
  ) {}

  static async start(): Promise<Screen> {
    const xvfb = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const [number] = await once(createInterface({ input: xvfb.stdio[3] as Readable }), "line");
    return new Screen(xvfb, `:${number}`);
  }

  stop(): void {
    this.process.kill();
  }
}

export interface Look {
  screen: Screen;
  base: string;
  script: boolean;
  viewport: { width: number; height: number };
  /** The size of letters in pixels, as people set it. */
  font?: number;
}

export class WebKitBrowser implements Walker {
  readonly enrol: Enrol = new Enrol(this);
  readonly link: MailedLink = new MailedLink(this);
  readonly signIn: SignIn = new SignIn(this);
  readonly inquiry: Inquiry = new Inquiry(this);
  readonly reset: Reset = new Reset(this);
  readonly portal: Portal = new Portal(this);

  private constructor(
    readonly driver: WebDriver,
    private readonly process: ChildProcess,
    private readonly base: string,
    readonly script: boolean,
  ) {}

  /** A browser that knows nothing of others: a driver has one session. One that does not start is started once more. */
  static async start(look: Look): Promise<WebKitBrowser> {
    return WebKitBrowser.startOnce(look).catch(() => WebKitBrowser.startOnce(look));
  }

  private static async startOnce({ screen, base, script, viewport, font }: Look): Promise<WebKitBrowser> {
    const port = await freePort();
    const driving = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: {
        ...process.env,
        DISPLAY: screen.name,
        NIRIN_WINDOW: `${viewport.width}x${viewport.height}`,
        NIRIN_SCRIPT: script ? "1" : "0",
        ...(font ? { NIRIN_FONT: String(font) } : {}),
      },
      stdio: "ignore",
    });
    const address = `http://127.0.0.1:${port}`;
    const wanted = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary: WINDOW } });
    try {
      await until("the driver answers", async () => (await fetch(`${address}/status`)).ok);
      const driver = await within(START_MS, "the browser does not start", new Builder().usingServer(address).withCapabilities(wanted).build());
      const commands = driver.getExecutor();
      const execute = commands.execute.bind(commands);
      commands.execute = (command) =>
        within(ANSWER_MS, `no answer to ${command.getName()} ${JSON.stringify(command.getParameters())}`, execute(command));
      return new WebKitBrowser(driver, driving, base, script);
    } catch (found) {
      driving.kill();
      throw found;
    }
  }

  async close(): Promise<void> {
    await this.driver.quit().catch(() => undefined);
    this.process.kill();
  }

  async open(path: string): Promise<void> {
    await this.driver.get(new URL(path, this.base).href);
    await this.ready();
  }

  async reload(): Promise<void> {
    await this.driver.navigate().refresh();
    await this.ready();
  }

  async back(): Promise<void> {
    await this.driver.navigate().back();
  }

  async forward(): Promise<void> {
    await this.driver.navigate().forward();
  }

  async type(field: Field, text: string): Promise<void> {
    await this.with(() => this.find(`#${field}`), async (input) => {
      await input.clear();
      await input.sendKeys(text);
    });
  }

  async choose(field: Field, option: string): Promise<void> {
    const list = () => this.find(`#${field}`);
    await this.with(list, (list) => list.findElement(By.xpath(`./option[normalize-space()="${option}"]`)).click());
  }

  async press(button: string): Promise<void> {
    await this.asks("document.documentElement.dataset.left = ''");
    await this.byText("button", button);
    await until("the answer is there", () =>
      this.script
        ? this.asks<boolean>("document.querySelector('button[aria-busy=true]') === null")
        : this.asks<boolean>("document.documentElement.dataset.left === undefined && document.readyState === 'complete'"),
    );
  }

  async follow(link: string): Promise<void> {
    await this.byText("a", link);
  }

  async click(what: string): Promise<void> {
    await this.with(() => this.find(what), (found) => found.click());
  }

  async sees(heading: string | RegExp): Promise<void> {
    await this.says("h1", (text) => (typeof heading === "string" ? text === heading : heading.test(text)), `the heading ${heading}`);
    await this.ready();
  }

  async isTold(sentence: string | RegExp, field?: Field): Promise<void> {
    await this.reads("#summary", sentence);
    if (field) await this.reads(`#${field}-error`, sentence);
    await until("the title tells of an error", async () => (await this.driver.getTitle()).startsWith("エラー："));
  }

  async isAtStep(step: number): Promise<void> {
    await this.says(".steps [aria-current=step] .step-number", (text) => text === String(step), `step ${step}`);
  }

  async isAt(path: string): Promise<void> {
    await until(`the address ${path}`, async () => new URL(await this.driver.getCurrentUrl()).pathname === path);
  }

  async reads(what: string, text: string | RegExp): Promise<void> {
    await this.says(what, (shown) => (typeof text === "string" ? shown.includes(text) : text.test(shown)), `${what} with ${text}`);
  }

  async has(what: string, count: number): Promise<void> {
    await until(`${count} of ${what}`, async () => (await this.asks<number>(`document.querySelectorAll(${JSON.stringify(what)}).length`)) === count);
  }

  async holds(field: Field, text: string | RegExp): Promise<void> {
    await until(`${field} with ${text}`, async () => {
      const value = await this.asks<string>(`document.getElementById(${JSON.stringify(field)}).value`);
      return typeof text === "string" ? value === text : text.test(value);
    });
  }

  async isOn(what: string): Promise<void> {
    await until(`the focus on ${what}`, () => this.asks<boolean>(`document.querySelector(${JSON.stringify(what)}) === document.activeElement`));
  }

  async asks<T>(script: string): Promise<T> {
    return this.driver.executeScript<T>(`return (${script})`);
  }

  /** Where script runs, until it has taken the page over. */
  private async ready(): Promise<void> {
    const state = this.script ? "document.querySelector('html.plain, html.live') !== null" : "document.readyState === 'complete'";
    await until("the page is ready", () => this.asks<boolean>(state));
  }

  /** Waits for what is visible, and brings it into sight: the driver presses nothing else. */
  private async find(what: string): Promise<WebElement> {
    return this.shown("return [...document.querySelectorAll(arguments[0])]", what);
  }

  private async byText(kind: "button" | "a", text: string): Promise<void> {
    const found = () => this.shown(`return [...document.querySelectorAll("${kind}")].filter((part) => part.textContent.replace(/\\u200b/g, "").trim() === arguments[0])`, text);
    await this.with(found, (found) => found.click());
  }

  /** Does something with what is found; where the page is drawn anew in between, with what stands in its place. */
  private async with(find: () => Promise<WebElement>, act: (found: WebElement) => Promise<void>): Promise<void> {
    const end = Date.now() + TIMEOUT_MS;
    for (;;) {
      try {
        return await act(await find());
      } catch (found) {
        if (!(found instanceof error.StaleElementReferenceError) || Date.now() > end) throw found;
        await sleep(30);
      }
    }
  }

  private async shown(script: string, what: string): Promise<WebElement> {
    let found: WebElement | null = null;
    await until(`${what} is there`, async () => {
      found = await this.driver.executeScript<WebElement | null>(
        `const found = (function () { ${script} }).apply(null, arguments).find((part) => part.checkVisibility({ opacityProperty: true, visibilityProperty: true })); found?.scrollIntoView({ behavior: "instant", block: "center" }); return found ?? null;`,
        what,
      );
      return found !== null;
    });
    return found as unknown as WebElement;
  }

  private async says(what: string, fits: (text: string) => boolean, wanted: string): Promise<void> {
    let shown: string | null = null;
    await until(
      wanted,
      async () => {
        shown = await this.asks<string | null>(`document.querySelector(${JSON.stringify(what)})?.textContent.replace(/\\u200b/g, "").replace(/[ \\n]+/g, " ").trim() ?? null`);
        return shown !== null && fits(shown);
      },
      () => `; there is 「${shown}」`,
    );
  }
}

/** What is awaited, or an error when it takes longer. */
async function within<T>(ms: number, otherwise: string, awaited: Promise<T>): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([awaited, sleep(ms, undefined, { signal: late.signal }).then(() => Promise.reject(new Error(otherwise)))]);
  } finally {
    late.abort();
  }
}

/** Asks until it is so. A page that is just leaving answers nothing. */
async function until(what: string, holds: () => Promise<boolean>, instead = () => ""): Promise<void> {
  const end = Date.now() + TIMEOUT_MS;
  let failure = "";
  for (;;) {
    try {
      if (await holds()) return;
      failure = "";
    } catch (found) {
      failure = `: ${String(found)}`;
    }
    if (Date.now() > end) throw new Error(`in vain: ${what}${instead()}${failure}`);
    await sleep(30);
  }
}

// A person at a browser that Playwright drives: what they see, and what they do. The same for every project; where script
// makes a difference that people notice, the verb knows it.

import { expect, type Locator, type Page } from "@playwright/test";
import { Enrol, type Field, HEADING, Inquiry, MailedLink, Portal, Reset, SignIn, TIME, type Walker } from "./flows";

export { HEADING, TIME };

/** One browser at one page. */
export class Browser implements Walker {
  readonly enrol: Enrol = new Enrol(this);
  readonly link: MailedLink = new MailedLink(this);
  readonly signIn: SignIn = new SignIn(this);
  readonly inquiry: Inquiry = new Inquiry(this);
  readonly reset: Reset = new Reset(this);
  readonly portal: Portal = new Portal(this);

  constructor(
    readonly page: Page,
    readonly script: boolean,
  ) {}

  get heading(): Locator {
    return this.page.locator("h1");
  }

  get summary(): Locator {
    return this.page.locator("#summary");
  }

  get notice(): Locator {
    return this.page.locator(".notice:not([hidden])");
  }

  /** The sentence at a field. */
  error(field: string): Locator {
    return this.page.locator(`#${field}-error`);
  }

  field(name: Field): Locator {
    return this.page.locator(`#${name}`);
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.ready();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Where script runs, until it has taken the page over. */
  async ready(): Promise<void> {
    if (this.script) await this.page.waitForFunction(() => document.querySelector("html.plain, html.live") !== null);
  }

  /** Presses a button that posts, and waits for the answer. */
  async press(button: string): Promise<void> {
    const { page } = this;
    const answered = this.script
      ? page.waitForResponse((answer) => answer.request().method() === "POST" && !answer.url().endsWith("/api/view"))
      : page.waitForEvent("domcontentloaded");
    await Promise.all([answered, this.button(button).click()]);
    if (this.script) await expect(page.locator("button[aria-busy=true]")).toHaveCount(0);
  }

  /** The page with this heading is there, and ready. */
  async sees(heading: string | RegExp): Promise<void> {
    await expect(this.heading).toHaveText(heading);
    await this.ready();
  }

  /** Sees in the summary what is wrong; if it is about a field, at the field too and in the same words. */
  async isTold(sentence: string | RegExp, field?: Field): Promise<void> {
    await expect(this.summary).toContainText(sentence);
    if (field) await expect(this.error(field)).toContainText(sentence);
    await expect(this.page).toHaveTitle(/^エラー：/);
  }

  /** At which of the six steps the indicator stands. */
  async isAtStep(step: number): Promise<void> {
    await expect(this.page.locator(".steps [aria-current=step] .step-number")).toHaveText(String(step));
  }

  async back(): Promise<void> {
    await this.through("goBack");
  }

  async forward(): Promise<void> {
    await this.through("goForward");
  }

  /** A page may answer by itself without leaving, and one from the cache commits nothing: then this wait comes to its end. */
  private async through(way: "goBack" | "goForward"): Promise<void> {
    await this.page[way]({ waitUntil: "commit", timeout: 1_500 }).catch(() => null);
    await this.page.waitForLoadState();
  }

  async type(field: Field, text: string): Promise<void> {
    await this.field(field).fill(text);
  }

  async choose(field: Field, option: string): Promise<void> {
    await this.field(field).selectOption(option);
  }

  async follow(link: string): Promise<void> {
    await this.page.getByRole("link", { name: link }).click();
  }

  async click(what: string): Promise<void> {
    await this.page.locator(what).first().click();
  }

  async isAt(path: string): Promise<void> {
    // Playwright waits for a predicate by following one load, and fails when another one takes its place, as a double click's does.
    await expect.poll(() => new URL(this.page.url()).pathname, { intervals: [20, 50, 100] }).toBe(path);
    await this.page.waitForLoadState();
  }

  async reads(what: string, text: string | RegExp): Promise<void> {
    await expect(this.page.locator(what).first()).toContainText(text);
  }

  async has(what: string, count: number): Promise<void> {
    await expect(this.page.locator(what)).toHaveCount(count);
  }

  async holds(field: Field, text: string | RegExp): Promise<void> {
    await expect(this.field(field)).toHaveValue(text);
  }

  async isOn(what: string): Promise<void> {
    await expect(this.page.locator(what).first()).toBeFocused();
  }

  async asks<T>(script: string): Promise<T> {
    return this.page.evaluate<T>(script);
  }
}

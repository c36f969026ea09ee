// A person at a browser: what they see, and what they do, as verbs. The same for every project; where script makes a
// difference that people notice, the verb knows it.

import { expect, type Locator, type Page } from "@playwright/test";
import type { Person } from "./people";

export const HEADING = {
  identity: "ご本人の確認",
  inquiry: "ユーザーIDの確認",
  already: "すでに登録されています",
  noEmail: "メールアドレスの登録が必要です",
  password: "パスワードの登録",
  mail: "メールをご確認ください",
  created: "アカウント作成完了",
  userId: "お客さまのユーザーID",
  notEnrolled: "ログインの登録がまだ済んでいません",
  reset: "パスワードの再設定",
  signIn: "ログイン",
  code: "認証番号の入力",
  link: "メールアドレスの確認",
  newPassword: "新しいパスワードの登録",
  changed: "パスワード変更完了",
  disowned: "手続きを取り消しました",
  wasDisowned: "この手続きは取り消されました",
  done: "この手続きは完了しています",
  wentOn: "ユーザーIDの確認は終わりました",
  abandoned: "手続きを中止しました",
  idle: "時間切れのため、手続きを終了しました",
  idleAtMail: "時間切れのため、この画面を終了しました",
  superseded: "新しい手続きが始まっています",
  registrationChanged: "登録の内容が変わりました",
  linkReplaced: "このリンクは、もう使えません",
  linkExpired: "リンクの有効期限が切れています",
  linkUsed: "このリンクは、すでに使われています",
  linkUnknown: "このリンクは使えません",
  tooManyTries: "認証番号を確認できませんでした",
  accountWait: "しばらくログインできません",
  resetRequired: "パスワードの再設定が必要です",
  timedOut: "時間切れのため、ログインを終了しました",
} as const;

/** One browser at one page. */
export class Browser {
  readonly enrol = new Enrol(this);
  readonly link = new MailedLink(this);
  readonly signIn = new SignIn(this);
  readonly inquiry = new Inquiry(this);
  readonly reset = new Reset(this);
  readonly portal = new Portal(this);

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

  field(name: "number" | "kana" | "phone" | "user_id" | "password" | "new_password" | "code"): Locator {
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
  async sees(heading: string): Promise<void> {
    await expect(this.heading).toHaveText(heading);
    await this.ready();
  }

  /** Sees in the summary what is wrong; if it is about a field, at the field too and in the same words. */
  async isTold(sentence: string | RegExp, field?: string): Promise<void> {
    await expect(this.summary).toContainText(sentence);
    if (field) await expect(this.error(field)).toContainText(sentence);
    await expect(this.page).toHaveTitle(/^エラー：/);
  }

  /** At which of the six steps the indicator stands. */
  async isAtStep(step: number): Promise<void> {
    await expect(this.page.locator(".steps [aria-current=step] .step-number")).toHaveText(String(step));
  }
}

class Verbs {
  constructor(protected readonly at: Browser) {}
}

class Enrol extends Verbs {
  async start(): Promise<void> {
    await this.at.open("/enrol");
    await this.at.sees(HEADING.identity);
  }

  async type(who: Pick<Person, "number" | "kana" | "phone">): Promise<void> {
    await this.at.field("number").fill(who.number);
    await this.at.field("kana").fill(who.kana);
    await this.at.field("phone").fill(who.phone);
  }

  async identify(who: Pick<Person, "number" | "kana" | "phone">): Promise<void> {
    await this.type(who);
    await this.at.press("次へ進む");
  }

  async choosePassword(password: string): Promise<void> {
    await this.at.field("new_password").fill(password);
    await this.at.press("送信する");
  }

  /** From the first page to the screen that waits for the mail. */
  async asFarAsTheMail(who: Person): Promise<void> {
    await this.asFarAsThePassword(who);
    await this.choosePassword(who.password);
    await this.at.sees(HEADING.mail);
  }

  async asFarAsThePassword(who: Person): Promise<void> {
    await this.start();
    await this.identify(who);
    await this.at.sees(HEADING.password);
  }

  /** The link was confirmed elsewhere: with script the screen goes on by itself. */
  async goesOn(): Promise<void> {
    if (!this.at.script) await this.at.page.getByRole("link", { name: "確認が済んだら、ここを押して次へ進む" }).click();
  }

  async resend(): Promise<void> {
    await this.at.press("メールを再送する");
  }
}

class MailedLink extends Verbs {
  async open(link: string): Promise<void> {
    await this.at.open(link);
  }

  async confirm(): Promise<void> {
    await this.at.press("確認して登録を完了する");
  }

  async disown(): Promise<void> {
    await this.at.press("心当たりがない");
  }

  async choosePassword(password: string): Promise<void> {
    await this.at.field("new_password").fill(password);
    await this.at.press("パスワード変更");
  }
}

class SignIn extends Verbs {
  async start(): Promise<void> {
    await this.at.open("/sign-in");
    await this.at.sees(HEADING.signIn);
  }

  async withPassword(userId: string, password: string): Promise<void> {
    await this.at.field("user_id").fill(userId);
    await this.at.field("password").fill(password);
    await this.at.press("次へ");
  }

  async withCode(code: string): Promise<void> {
    await this.at.field("code").fill(code);
    await this.at.press("次へ進む");
  }

  async resend(): Promise<void> {
    await this.at.press("認証番号を再送する");
  }

  async asFarAsTheCode(who: Person): Promise<void> {
    await this.start();
    await this.withPassword(who.email, who.password);
    await this.at.sees(HEADING.code);
  }
}

class Inquiry extends Verbs {
  async start(): Promise<void> {
    await this.at.open("/user-id");
    await this.at.sees(HEADING.inquiry);
  }

  async identify(who: Person): Promise<void> {
    await this.at.enrol.identify(who);
  }
}

class Reset extends Verbs {
  async start(): Promise<void> {
    await this.at.open("/password-reset");
    await this.at.sees(HEADING.reset);
  }

  async askFor(userId: string): Promise<void> {
    await this.at.field("user_id").fill(userId);
    await this.at.press("送信する");
  }
}

class Portal extends Verbs {
  /** The portal of this person is on the screen. */
  async isOf(who: Person): Promise<void> {
    await expect(this.at.page).toHaveURL(/\/portal$/);
    await this.at.sees(`${who.kana.replace(" ", "　")} 様`);
  }

  async account(): Promise<void> {
    await this.at.open("/portal/account");
  }

  async changePassword(present: string, chosen: string): Promise<void> {
    await this.at.field("password").fill(present);
    await this.at.field("new_password").fill(chosen);
    await this.at.press("パスワード変更");
  }

  async signOut(): Promise<void> {
    await this.at.page.getByRole("banner").getByRole("button", { name: "ログアウト" }).click();
    await this.at.sees(HEADING.signIn);
  }
}

// What people do in the flows, as verbs: the same in every engine, whatever drives it.

import type { Inbox } from "./mailbox";
import type { Person } from "./people";

/** A time as screens tell it, for patterns: with its day where that is another one, as shortly before midnight. */
export const TIME = String.raw`(?:\d+年\d+月\d+日 )?\d+:\d\d`;

export const HEADING = {
  identity: "ご本人の確認",
  inquiry: "ユーザーIDの確認",
  already: "すでに登録されています",
  noEmail: "メールアドレスの登録が必要です",
  password: "パスワードの登録",
  mail: "メールをご確認ください",
  created: "アカウント作成完了",
  userId: "お客さまのユーザーID",
  notEnrolled: "アカウントの登録がまだ済んでいません",
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
  idleAtMail: "時間切れのため、画面を終了しました",
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
  contract: "バイク保険 スタンダード",
  renewal: "ご契約の継続",
  renewalConfirm: "継続のお申し込み内容の確認",
  renewalOver: "継続のお申し込み",
  renewalSent: "継続のお申し込みを受け付けました",
  renewalTaken: "継続の手続きを進めています",
  renewalDone: "継続の手続きが完了しました",
  change: "ご契約内容の変更",
  changeConfirm: "変更のお申し込み内容の確認",
  changeSent: "変更のお申し込みを受け付けました",
} as const;

export type Field = "number" | "kana" | "phone" | "user_id" | "password" | "new_password" | "code" | "plate" | "usage";

/** Somebody at one page of a browser: what they can do and see. Everything that is seen is waited for. */
export interface Walker {
  readonly enrol: Enrol;
  readonly link: MailedLink;
  readonly signIn: SignIn;
  readonly inquiry: Inquiry;
  readonly reset: Reset;
  readonly portal: Portal;
  /** Whether the browser runs script. */
  readonly script: boolean;
  open(path: string): Promise<void>;
  reload(): Promise<void>;
  /** The browser's own button. */
  back(): Promise<void>;
  forward(): Promise<void>;
  /** Instead of what the field had. */
  type(field: Field, text: string): Promise<void>;
  /** Chooses from a list. */
  choose(field: Field, option: string): Promise<void>;
  /** Presses a button that posts, and waits for the answer. */
  press(button: string): Promise<void>;
  /** Follows a link by its text. */
  follow(link: string): Promise<void>;
  /** Presses whatever this selects. */
  click(what: string): Promise<void>;
  /** The page with this heading is there, and ready. */
  sees(heading: string | RegExp): Promise<void>;
  /** Sees in the summary what is wrong; if it is about a field, at the field too. */
  isTold(sentence: string | RegExp, field?: Field): Promise<void>;
  /** At which of the six steps the indicator stands. */
  isAtStep(step: number): Promise<void>;
  isAt(path: string): Promise<void>;
  /** The first of what this selects says so. */
  reads(what: string, text: string | RegExp): Promise<void>;
  /** So many of what this selects are in the page. */
  has(what: string, count: number): Promise<void>;
  /** What a field holds. */
  holds(field: Field, text: string | RegExp): Promise<void>;
  /** What this selects has the focus. */
  isOn(what: string): Promise<void>;
  /** What a script would answer; only where script runs. */
  asks<T>(script: string): Promise<T>;
}

abstract class Verbs {
  constructor(protected readonly at: Walker) {}
}

export class Enrol extends Verbs {
  async start(): Promise<void> {
    await this.at.open("/enrol");
    await this.at.sees(HEADING.identity);
  }

  async type(who: Pick<Person, "number" | "kana" | "phone">): Promise<void> {
    await this.at.type("number", who.number);
    await this.at.type("kana", who.kana);
    await this.at.type("phone", who.phone);
  }

  async identify(who: Pick<Person, "number" | "kana" | "phone">): Promise<void> {
    await this.type(who);
    await this.at.press("次へ進む");
  }

  async choosePassword(password: string): Promise<void> {
    await this.at.type("new_password", password);
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
    if (!this.at.script) await this.at.follow("確認が済んだら、ここを押して次へ進む");
  }

  async resend(): Promise<void> {
    await this.at.press("メールを再送する");
  }
}

export class MailedLink extends Verbs {
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
    await this.at.type("new_password", password);
    await this.at.press("パスワード変更");
  }
}

export class SignIn extends Verbs {
  async start(): Promise<void> {
    await this.at.open("/sign-in");
    await this.at.sees(HEADING.signIn);
  }

  async withPassword(userId: string, password: string): Promise<void> {
    await this.at.type("user_id", userId);
    await this.at.type("password", password);
    await this.at.press("次へ");
  }

  async withCode(code: string): Promise<void> {
    await this.at.type("code", code);
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

export class Inquiry extends Verbs {
  async start(): Promise<void> {
    await this.at.open("/user-id");
    await this.at.sees(HEADING.inquiry);
  }

  async identify(who: Person): Promise<void> {
    await this.at.enrol.identify(who);
  }
}

export class Reset extends Verbs {
  async start(): Promise<void> {
    await this.at.open("/password-reset");
    await this.at.sees(HEADING.reset);
  }

  async askFor(userId: string): Promise<void> {
    await this.at.type("user_id", userId);
    await this.at.press("送信する");
  }
}

export class Portal extends Verbs {
  /** Both steps of signing in. */
  async enter(who: Person, inbox: Inbox): Promise<void> {
    await this.at.signIn.asFarAsTheCode(who);
    await this.at.signIn.withCode(await inbox.code(who.email));
    await this.isOf(who);
  }

  /** The portal of this person is on the screen. */
  async isOf(who: Person): Promise<void> {
    await this.at.isAt("/portal");
    await this.at.sees(`${who.kana.replace(" ", "　")} 様`);
  }

  async account(): Promise<void> {
    await this.at.open("/portal/account");
  }

  /** From the portal's home, or a contract, to the form of a renewal. */
  async renewal(): Promise<void> {
    await this.at.click("main a[href^='/portal'][href$='/renewal']");
    await this.at.sees(HEADING.renewal);
  }

  async choosesAsBefore(): Promise<void> {
    await this.at.click("label[for=choice-as-before]");
    await this.at.click("label[for=consent]");
    await this.at.press("確認へ進む");
  }

  /** From the portal's home over the contract to the form of a change. */
  async change(): Promise<void> {
    await this.at.click(".card-more a");
    await this.at.sees(HEADING.contract);
    await this.at.follow("ご契約内容の変更を申し込む");
    await this.at.sees(HEADING.change);
  }

  /** Without script a page stays as it was until it is asked for again. */
  async seesState(state: string): Promise<void> {
    if (!this.at.script) await this.at.reload();
    await this.at.reads(".request-state", state);
  }

  async changePassword(present: string, chosen: string): Promise<void> {
    await this.at.type("password", present);
    await this.at.type("new_password", chosen);
    await this.at.press("パスワード変更");
  }

  async signOut(): Promise<void> {
    await this.at.click("header .link-button");
    await this.at.sees(HEADING.signIn);
  }
}

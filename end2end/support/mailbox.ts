// What arrived, read like a person does: each mail once, the oldest unread first.

import { setTimeout as sleep } from "node:timers/promises";
import type { Mail, Nirin } from "./nirin";

/** Words of the subjects. */
export const SUBJECT = {
  confirm: "メールアドレスの確認のお願い",
  code: "ログインの認証番号",
  reset: "パスワードの再設定のご案内",
  changed: "パスワード変更完了",
  notEnrolled: "はじめてのログインのご案内",
  userId: "ユーザーIDの確認のお知らせ",
  received: "お申し込みを受け付けました",
  moved: "お申し込みの状況のお知らせ",
} as const;

/** Where mails arrive, read like a person does. */
export interface Inbox {
  next(to: string, subject?: string): Promise<{ text?: string }>;
  code(to: string): Promise<string>;
  link(to: string, subject?: string): Promise<string>;
}

export class Mailbox implements Inbox {
  private readonly read = new Set<string>();

  constructor(private readonly nirin: Nirin) {}

  /** Waits for an unread mail to `to` whose subject contains `subject`. */
  async next(to: string, subject = "", timeout = 10_000): Promise<Mail> {
    const until = Date.now() + timeout;
    for (;;) {
      const unread = (await this.nirin.mails(to)).filter((mail) => !this.read.has(mail.id) && mail.subject.includes(subject));
      const mail = unread.at(-1);
      if (mail) {
        this.read.add(mail.id);
        return mail;
      }
      if (Date.now() > until) throw new Error(`no mail 「${subject}」 to ${to}`);
      await sleep(50);
    }
  }

  /** The code of the next unread mail with one. */
  async code(to: string): Promise<string> {
    const mail = await this.next(to, SUBJECT.code);
    const code = /^\d{6}/.exec(mail.text)?.[0];
    if (!code) throw new Error(`no code at the beginning of:\n${mail.text}`);
    return code;
  }

  /** The link of the next unread mail with one. */
  async link(to: string, subject: string = SUBJECT.confirm): Promise<string> {
    const mail = await this.next(to, subject);
    const link = new RegExp(`${this.nirin.url}/link/[\\w-]{43}`).exec(mail.text)?.[0];
    if (!link) throw new Error(`no link in:\n${mail.text}`);
    return link;
  }

  /** How many mails of this subject have arrived, read or not. */
  async count(to: string, subject: string): Promise<number> {
    return (await this.nirin.mails(to)).filter((mail) => mail.subject.includes(subject)).length;
  }
}

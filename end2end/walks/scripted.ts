// What script adds to the flows.

import { HEADING, TIME } from "../support/flows";
import { Visitor } from "../support/visitor";
import type { Journey } from "./journey";

export function scripted(journey: Journey): void {
  journey("the screen goes on by itself within seconds when the link is confirmed elsewhere", async ({ me, person, mailbox, nirin }) => {
    await me.enrol.asFarAsTheMail(person);
    const link = await mailbox.link(person.email);
    const from = Date.now();
    await new Visitor(nirin).confirm(link);
    await me.sees(HEADING.created);
    await me.isOn("#heading");
    if (Date.now() - from > 6_000) throw new Error(`it went on only after ${Date.now() - from} ms`);
  });

  journey("the mail screen follows the delivery and counts the seconds until the mail can be sent again", async ({ me, person, mailbox }) => {
    await me.enrol.asFarAsTheMail(person);
    await me.reads(".resend-wait", /あと(2\d|30)秒で再送できます/);
    await mailbox.next(person.email);
    await me.reads(".delivery", new RegExp(`${TIME}に、宛先のメールサーバーが受け取りました`));
    await me.reads(".resend-wait", /あと(1\d|2[0-8])秒で再送できます/);
  });

  journey("the rules of the password follow the typing", async ({ me, person }) => {
    await me.enrol.asFarAsThePassword(person);
    await me.has(".rule.met, .rule.unmet", 0);
    await me.type("new_password", "abc");
    await me.reads(".rule.unmet", "8文字以上17文字以下");
    await me.has(".error", 0);
    await me.type("new_password", person.password);
    await me.has(".rule.unmet", 0);
    await me.has(".rule:not(.met)", 0);
    await me.reads(".visually-hidden[role=status]", /パスワードの決まり(\d)件のうち、\1件に合っています。/);
  });

  journey("back inside a flow asks first; to continue keeps the focus and what was typed, in sight", async ({ me, person }) => {
    await me.open("/");
    await me.enrol.start();
    await me.enrol.identify(person);
    await me.sees(HEADING.password);
    // Who types has pressed the field before, and sees it.
    await me.click("#new_password");
    await me.type("new_password", "Hoshi");
    for (const _ of [1, 2]) {
      await me.back();
      await me.has("#back-dialog[open]", 1);
      await me.isOn("#back-dialog[open] button");
      await me.click("#back-dialog[open] button");
      await me.has("#back-dialog[open]", 0);
      await me.sees(HEADING.password);
      await me.holds("new_password", "Hoshi");
      await me.isOn("#new_password");
      const inSight = await me.asks<boolean>(
        "(({ top, bottom }) => top >= 0 && bottom <= innerHeight)(document.getElementById('new_password').getBoundingClientRect())",
      );
      if (!inSight) throw new Error("what was being typed is out of sight");
    }
    await me.enrol.choosePassword(person.password);
    await me.sees(HEADING.mail);
  });

  journey("a press that gives up ends the flow at the server", async ({ me, person }) => {
    await me.open("/");
    await me.enrol.asFarAsThePassword(person);
    await me.back();
    await me.has("#back-dialog[open]", 1);
    await me.press("中止する");
    await me.sees(HEADING.abandoned);
    await me.reload();
    await me.sees(HEADING.abandoned);
  });

  journey("nothing of value lies where script could read it", async ({ me, person }) => {
    await me.enrol.asFarAsTheMail(person);
    const readable = await me.asks<unknown[]>("[localStorage.length, sessionStorage.length, document.cookie]");
    if (JSON.stringify(readable) !== JSON.stringify([0, 0, ""])) throw new Error(JSON.stringify(readable));
  });
}

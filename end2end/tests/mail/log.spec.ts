// What a process writes to its log while people do all there is to do, well and badly.

import { asksForCode, expect, says, STATE, SUBJECT, test, Visitor } from "../../support/mail";
import { OTHER_PASSWORD, type Person } from "../../support/people";

const THIRD_PASSWORD = "Yukidoke+3316";

for (const log of [undefined, "info,server=trace,app=trace,sqlx=warn"]) {
  test(`a whole journey leaves no secret in the log ${log ? "at its most talkative" : "as it is set up"}`, async ({ receiver, serve, person, people }) => {
    const nirin = await serve(log ? { log } : {});
    const tokens: string[] = [];
    const codes: string[] = [];
    const token = (link: string) => {
      tokens.push(link.slice(-43));
      return new URL(link).pathname;
    };
    const visitor = new Visitor(nirin);
    await visitor.post("/enrol", { step: "identity", number: person.number, kana: person.kana, phone: "090-9999-9999" });
    // A mail that is refused, one that has to wait, one that is dropped: each is told in the log.
    receiver.fault = { at: "recipient", code: 450 };
    await visitor.askForAccount(person);
    await says(visitor, "/enrol", STATE.delayed);
    receiver.fault = undefined;
    await nirin.turnClock(2);
    await visitor.get(token(await receiver.link(person.email)));
    await visitor.post("/link", { step: "confirm" });
    const refused: Person = people.next();
    receiver.fault = { at: "recipient", code: 550 };
    const turnedAway = new Visitor(nirin);
    await turnedAway.askForAccount(refused);
    await says(turnedAway, "/enrol", STATE.refused);
    receiver.fault = undefined;

    await visitor.post("/sign-in", { step: "sign-in", user_id: person.email, password: OTHER_PASSWORD });
    const signing = await asksForCode(nirin, person);
    codes.push(await receiver.code(person.email));
    await signing.post("/sign-in", { step: "code", code: "000000" });
    await signing.post("/sign-in", { step: "code", code: codes[0] ?? "" });
    expect((await signing.get("/portal")).status).toBe(200);
    await signing.post("/portal/account", { step: "change-password", password: person.password, new_password: OTHER_PASSWORD });
    await receiver.next(person.email, SUBJECT.changed);
    await new Visitor(nirin).post("/user-id", { step: "identity", number: person.number, kana: person.kana, phone: person.phone });
    const forgetful = new Visitor(nirin);
    await forgetful.askForReset(person.email);
    await forgetful.get(token(await receiver.link(person.email, SUBJECT.reset)));
    await forgetful.post("/link", { step: "new-password", new_password: THIRD_PASSWORD });
    await forgetful.get(`/nowhere/${person.email}?${person.phone}`);
    const cookies = [visitor, signing, forgetful].flatMap((of) => [...of.cookies.values()]).filter((value) => value.length > 20);
    await nirin.restart();

    // Times are left out: any six digits may be in them.
    const written = nirin.log.map((line) => JSON.stringify({ ...line, timestamp: "" })).join("\n");
    for (const event of ["mail_settled", "mail_postponed", "sys_startup", "request"]) expect(written).toContain(`"${event}"`);
    expect(tokens.length + codes.length + cookies.length).toBeGreaterThan(5);
    const typed = [person, refused].flatMap((who) => [who.email, who.phone, who.phone.replaceAll("-", ""), who.kana, ...who.kana.split(" "), who.number]);
    for (const secret of [...tokens, ...codes, ...cookies, ...typed, person.password, OTHER_PASSWORD, THIRD_PASSWORD, "09099999999"]) {
      expect(written, `${secret} is in the log`).not.toContain(secret);
    }
    for (const line of nirin.log) expect(line, JSON.stringify(line)).toHaveProperty("timestamp");
  });
}

// Customers to be: those of the demo file for its special cases, and as many everyday ones as a server's tests need.
// Accounts are for ever on a server, so every test that makes one takes a person of its own.

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CONTRACTS_AS_OF, TOP } from "./nirin";

export interface Person {
  number: string;
  kana: string;
  phone: string;
  /** The registered address; empty for none. */
  email: string;
  password: string;
}

/** Fits every rule, and says nothing about anybody. */
export const PASSWORD = "Hoshizora-8241";
export const OTHER_PASSWORD = "Amagumo_5907";

const MANY = 500;
const SYLLABLES = [..."アイウエカキクケサシスセタチツテナニヌネ"];

function demo(nn: string, kana: string, email: string, phone = `090-0000-00${nn}`): Person {
  return { number: `NR100000${nn}`, kana, phone, email, password: PASSWORD };
}

/** Special cases of the demo file (docs/contracts.md). */
export const DEMO = {
  taro: demo("01", "ニリン タロウ", "taro@example.jp"),
  withoutAddress: demo("02", "ニリン ハナコ", ""),
  shared: demo("03", "ミドリカワ ケイコ", "family@example.jp"),
  sharedToo: demo("04", "ミドリカワ ヒロシ", "family@example.jp"),
  twoDots: demo("05", "フルカワ ドットコ", "a..b@docomo.ne.jp"),
  dotBeforeAt: demo("06", "フルカワ テンスケ", "x.@ezweb.ne.jp"),
  fourContracts: demo("07", "ヨツモト カズオ", ""),
  dash: demo("11", "サトー ローザ", ""),
  dots: demo("12", "マリア・デ・ラ・クルス", ""),
  vu: demo("13", "ヴァイス ヴィオラ", ""),
  small: demo("14", "キャッスル ジョシュア", ""),
} satisfies Record<string, Person>;

/** How many days the contracts of `renewer` have left: within the 60 in which they can be renewed, whatever tests turn the clock by. */
const RENEWAL_DAYS = 40;
/** Of the everyday people, the first so many can renew. */
const RENEWERS = 100;

/** A day of the file, as ISO 8601. The server moves all of them from the day for which the file is written to today. */
function day(fromToday: number): string {
  return new Date(Date.parse(CONTRACTS_AS_OF) + fromToday * 86_400_000).toISOString().slice(0, 10);
}

function everyday(at: number): Person {
  const letter = (of: number) => SYLLABLES[of % SYLLABLES.length];
  const given = `${letter(at)}${letter(Math.floor(at / SYLLABLES.length))}ミ`;
  const digits = String(at).padStart(4, "0");
  return { number: `PW7000${digits}`, kana: `タメシノ ${given}`, phone: `080-7000-${digits}`, email: `tameshi-${digits}@example.jp`, password: PASSWORD };
}

/** What their contracts have in common, as the file has it. */
const EVERYDAY = {
  product: "バイク保険 スタンダード", status: "active", vehicle: "アキツ リンドウ250", plate: "品川 あ 12-34", displacement_cc: "249",
  first_registered: "2021-03", usage: "日常・レジャー", rider_scope: "本人限定・26歳以上", grade: "12", bodily_injury: "無制限",
  property_damage: "無制限", personal_injury: '"3,000万円"', vehicle_cover: "なし", roadside: "あり（100kmまで搬送無料）",
  premium_yen: "23400", payment: "年払（クレジットカード）",
};

/** The demo file with everyday people added; answers where it is. */
export function contractsFile(): string {
  const demo = readFileSync(join(TOP, "server/demo/contracts.csv"), "utf8").trimEnd();
  const header = demo.slice(0, demo.indexOf("\n")).split(",");
  const rows = Array.from({ length: MANY }, (_, at) => {
    const who = everyday(at);
    const [starts_on, ends_on] = at < RENEWERS ? [day(RENEWAL_DAYS - 365), day(RENEWAL_DAYS)] : ["2026-08-01", "2027-08-01"];
    const values: Record<string, string> = {
      ...EVERYDAY, contract_id: `pw-${at}`, customer_id: `pwc-${at}`, kana: who.kana, phones: who.phone, email: who.email,
      policy_number: who.number, starts_on, ends_on,
    };
    // A column that is not named here is one that may be empty.
    return header.map((column) => values[column] ?? "").join(",");
  });
  const file = join(mkdtempSync(join(tmpdir(), "nirin-people-")), "contracts.csv");
  writeFileSync(file, `${[demo, ...rows].join("\n")}\n`);
  return file;
}

/** Hands out people whom nobody had before on this server. */
export class People {
  private at = RENEWERS;
  private renewing = 0;

  next(): Person {
    if (this.at >= MANY) throw new Error("no people left");
    return everyday(this.at++);
  }

  /** Somebody whose contract can be renewed now. */
  renewer(): Person {
    if (this.renewing >= RENEWERS) throw new Error("nobody left who can renew");
    return everyday(this.renewing++);
  }
}

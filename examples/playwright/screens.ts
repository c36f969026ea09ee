// The words of the screens, once: a brand that words something otherwise changes it here.

import { expect, type Page } from "@playwright/test";
import type { Person } from "./rehearsal";

/** A field by its name, which stays whatever its label says. */
export function field(page: Page, name: string) {
  return page.locator(`main [name="${name}"]`);
}

export async function press(page: Page, button: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
}

/** The page with this heading is there. */
export async function sees(page: Page, heading: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
}

/** What is wrong is told, in the summary and at the field. */
export async function isTold(page: Page, sentence: string | RegExp): Promise<void> {
  await expect(page.locator("#summary")).toContainText(sentence);
}

export async function identify(page: Page, who: Person): Promise<void> {
  await field(page, "number").fill(who.number);
  await field(page, "kana").fill(who.kana);
  await field(page, "phone").fill(who.phone);
  await press(page, "次へ進む");
}

/** The first step of signing in. */
export async function givePassword(page: Page, who: Person, password: string): Promise<void> {
  await field(page, "user_id").fill(who.email);
  await field(page, "password").fill(password);
  await press(page, "次へ");
}

/** The second one. */
export async function giveCode(page: Page, code: string): Promise<void> {
  await field(page, "code").fill(code);
  await press(page, "次へ進む");
}

/** This person's portal is there. */
export async function isInPortal(page: Page, who: Person): Promise<void> {
  await expect(page).toHaveURL(/\/portal$/);
  await sees(page, `${who.kana} 様`);
}

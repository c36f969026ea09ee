// The entries of the gallery, as a browser shows them, one after the other.

import { expect, type Page } from "@playwright/test";
import type { Nirin } from "./nirin";

/** One state of one thing. */
export interface Entry {
  id: string;
  group: string;
  mail: boolean;
  /** The address of its own document. */
  bare: string;
}

export class Gallery {
  /** The policy of the document that is open. */
  private policy = "";

  constructor(
    private readonly page: Page,
    private readonly nirin: Nirin,
  ) {}

  async entries(): Promise<Entry[]> {
    return (await this.page.request.get(`${this.nirin.url}/preview/index.json`)).json();
  }

  /**
   * Shows an entry and returns its markup. Where the one before lies under the same policy, it is written in its place: these
   * documents run no script, so that only the address is another one, and whatever was put into the page to look at it stays.
   */
  async show(entry: Entry, query = ""): Promise<string> {
    const address = `${this.nirin.url}${entry.bare}${query}`;
    const answer = await this.page.request.get(address);
    expect(answer.status(), entry.id).toBe(200);
    const html = await answer.text();
    expect(html, entry.id).not.toContain("<script");
    const policy = (answer.headers()["content-security-policy"] ?? "").replace(/'nonce-[^']*'/, "");
    if (policy === this.policy) await this.page.setContent(html);
    else await this.page.goto(address);
    this.policy = policy;
    return html;
  }
}

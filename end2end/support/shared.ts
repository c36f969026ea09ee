// What every engine's tests have: a server per worker, a person per test.

import { test as base } from "@playwright/test";
import { ownDatabase } from "./database";
import { Mailbox } from "./mailbox";
import { HIGH_LIMITS, Nirin, type NirinOptions } from "./nirin";
import { contractsFile, People, type Person } from "./people";
import { Visitor } from "./visitor";

/** What projects choose. */
export interface Choices {
  /** Whether the browser runs script. */
  script: boolean;
}

export interface PerWorker {
  contracts: string;
  nirin: Nirin;
  people: People;
}

export interface PerTest {
  mailbox: Mailbox;
  /** Turns the server's clock forward, in seconds. */
  clock: (seconds: number) => Promise<void>;
  /** Somebody with a contract, and no account yet. */
  person: Person;
  /** Makes accounts. */
  accounts: Accounts;
  /** Somebody with an account. */
  member: Person;
  /** Somebody with an account, whose contract can be renewed now. */
  renewer: Person;
}

interface Accounts {
  member(): Promise<Person>;
  renewer(): Promise<Person>;
}

/** Starts the server that all tests of a worker share. */
export async function startShared(contracts: string, options: NirinOptions = {}): Promise<Nirin> {
  return Nirin.start({ ...ownDatabase(), ...options, settings: { ...HIGH_LIMITS, "rehearsal.contracts": contracts, ...options.settings } });
}

export const shared = base.extend<PerTest, PerWorker & Choices>({
  script: [true, { option: true, scope: "worker" }],

  contracts: [async ({}, use) => use(contractsFile()), { scope: "worker" }],

  nirin: [
    async ({ contracts }, use) => {
      const nirin = await startShared(contracts);
      await use(nirin);
      await nirin.stop();
    },
    { scope: "worker" },
  ],

  people: [async ({}, use) => use(new People()), { scope: "worker" }],

  mailbox: async ({ nirin }, use) => use(new Mailbox(nirin)),

  clock: async ({ nirin }, use) => use((seconds) => nirin.turnClock(seconds)),

  person: async ({ people }, use) => use(people.next()),

  accounts: async ({ nirin, people, mailbox }, use) => {
    const enrolled = async (person: Person) => {
      await new Visitor(nirin).enrol(person, mailbox);
      return person;
    };
    await use({ member: () => enrolled(people.next()), renewer: () => enrolled(people.renewer()) });
  },

  member: async ({ accounts }, use) => use(await accounts.member()),

  renewer: async ({ accounts }, use) => use(await accounts.renewer()),
});

// What a journey is given, and how it is named.

import type { Walker } from "../support/flows";
import type { Nirin } from "../support/nirin";
import type { PerTest } from "../support/shared";

export interface Given extends Omit<PerTest, "member" | "renewer"> {
  me: Walker;
  /** Another device. */
  elsewhere: () => Promise<Walker>;
  nirin: Nirin;
}

/** Takes a journey by the sentence that it holds. */
export type Journey = (sentence: string, walk: (given: Given) => Promise<void>) => void;

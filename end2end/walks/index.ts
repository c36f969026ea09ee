// Journeys that every engine walks, with script and without. They know no driver: `tests/engines/` runs them.

import type { Walker } from "../support/flows";
import type { Nirin } from "../support/nirin";
import type { PerTest } from "../support/shared";
import { flows } from "./flows";
import { pages } from "./pages";
import { scripted } from "./scripted";

export interface Given extends Omit<PerTest, "renewer"> {
  me: Walker;
  /** Another device. */
  elsewhere: () => Promise<Walker>;
  nirin: Nirin;
}

/** Takes a journey by the sentence that it holds. */
export type Journey = (sentence: string, walk: (given: Given) => Promise<void>) => void;

/** Hands out all journeys; those of the second need script. */
export function journeys(everywhere: Journey, withScript: Journey): void {
  flows(everywhere);
  pages(everywhere);
  scripted(withScript);
}

// Journeys that every engine walks, with script and without. They know no driver: `tests/engines/` runs them.

import { flows } from "./flows";
import type { Journey } from "./journey";
import { pages } from "./pages";
import { procedures } from "./procedures";
import { scripted } from "./scripted";

export type { Journey };

/** Hands out all journeys; those of the second need script. */
export function journeys(everywhere: Journey, withScript: Journey): void {
  flows(everywhere);
  procedures(everywhere);
  pages(everywhere);
  scripted(withScript);
}

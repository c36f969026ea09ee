// The journeys of `walks/` in Chromium and Firefox.

import { test } from "../../support/test";
import { type Journey, journeys } from "../../walks";

const walked =
  (tag: string[]): Journey =>
  (sentence, walk) =>
    test(sentence, { tag }, ({ me, elsewhere, nirin, mailbox, clock, person, accounts }) => walk({ me, elsewhere, nirin, mailbox, clock, person, accounts }));

journeys(walked([]), walked(["@script"]));

// Holds the list of supported browsers (app/src/text/ja/help/environment.rs) to what the pages use: every property, selector and
// at-rule of the style, every feature of the WASM, and the calls below. Prints what is younger than the list, and fails.

import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.CACHE, "node/node_modules/"));
const data = require("@mdn/browser-compat-data");

/** What pages look fine without. */
const OPTIONAL = new Map([
  ["property text-spacing-trim", "gaps beside brackets stay as wide as the font has them"],
  ["property text-wrap", "lines are filled one by one"],
  ["property accent-color", "ticks have the browser's own colour"],
  ["property forced-color-adjust", "a browser without it has no forced colours"],
  ["property user-select", "a press that is held long may select a letter"],
  ["property text-size-adjust", "WebKit has it by its prefix"],
  ["property print-color-adjust", "paper is printed without its ground"],
  ["property text-autospace", "digits and Latin letters stand as close to kana as these to each other"],
  ["at-rule @starting-style", "a step is there at once"],
  ["at-rule @view-transition", "a page is there at once"],
  ["property navigation", "it belongs to @view-transition"],
  ["selector :view-transition", "a page is there at once"],
  ["selector :view-transition-group", "a page is there at once"],
]);

/** What the scripts call, and where that can be seen. */
const CALLED = [
  ["api.EventSource", "app/src/client/events.rs", /EventSource/],
  ["api.HTMLDialogElement.showModal", "app/src/client/focus.rs", /show_modal/],
  ["api.History.scrollRestoration", "app/src/client/guard.rs", /set_scroll_restoration/],
  ["api.PageTransitionEvent.persisted", "app/src/client/guard.rs", /persisted/],
  ["javascript.operators.import", "public/start.js", /import\(/],
  ["javascript.regular_expressions.lookbehind_assertion", "public/start.js", /\(\?<[=!]/],
];

const WASM = {
  "bulk-memory": "bulk-memory-operations",
  "nontrapping-float-to-int": "non-trapping-float-to-int-conversions",
  "sign-ext": "sign-extension-operations",
  "mutable-globals": null, // as old as WASM itself in every browser of the list
  "reference-types": "reference-types",
  multivalue: "multi-value",
};

const BROWSERS = { Safari: ["safari", "safari_ios"], Chrome: ["chrome", "chrome_android"], Edge: ["edge"], Firefox: ["firefox", "firefox_android"] };

const text = readFileSync("app/src/text/ja/help/environment.rs", "utf8");
const listed = [...(/OLDEST[^=]*= \[(.*?)\];/s.exec(text)?.[1] ?? "").matchAll(/\("(\w+)", "([\d.]+)"\)/g)].map(([, name, version]) => [name, version]);
const wrong = listed.length === 4 ? [] : ["app/src/text/ja/help/environment.rs: OLDEST cannot be read"];

/** The first version without a flag or prefix that has it; "preview" and the like count as none. */
function since(support) {
  const entries = [support ?? {}].flat().filter((entry) => !entry.flags && !entry.prefix && !entry.alternative_name && !entry.version_removed);
  return entries.map((entry) => (typeof entry.version_added === "string" ? entry.version_added.replace("≤", "") : "")).find((version) => /^[\d.]+$/.test(version));
}

const older = (one, other) => one.split(".").map(Number).reduce((found, part, at) => found || part - (Number(other.split(".")[at]) || 0), 0) < 0;

function check(what, entry) {
  if (OPTIONAL.has(what)) return;
  if (!entry) return wrong.push(`${what}: not known to the data`);
  for (const [name, oldest] of listed) {
    for (const browser of BROWSERS[name]) {
      const version = since(entry.__compat?.support[browser]);
      if (!version || older(oldest, version)) wrong.push(`${what}: ${browser} has it since ${version ?? "never"}, the list says ${name} ${oldest}`);
    }
  }
}

const style = readdirSync("style", { recursive: true })
  .filter((file) => file.endsWith(".css"))
  .map((file) => readFileSync(join("style", file), "utf8"))
  .join("\n")
  .replace(/\/\*.*?\*\//gs, "")
  // What is guarded is only used where it is known.
  .replace(/@supports[^{]*/g, "@media all ");
const used = (pattern) => [...new Set([...style.matchAll(pattern)].map(([, name]) => name))].sort();
for (const name of used(/@([a-z-]+)/g)) check(`at-rule @${name}`, data.css["at-rules"][name]);
for (const name of used(/[{;]\s*([a-z][a-z-]*)\s*:\s/g)) check(`property ${name}`, data.css.properties[name]);
for (const name of used(/[^:\w]?::?([a-z][a-z-]+)(?=[^{};]*\{)/g)) check(`selector :${name}`, data.css.selectors[name]);
for (const flag of readFileSync(".make/site.sh", "utf8").matchAll(/--enable-([a-z-]+)/g)) {
  if (WASM[flag[1]] !== null) check(`WASM ${flag[1]}`, data.webassembly[WASM[flag[1]]]);
}
for (const [path, file, pattern] of CALLED) {
  if (!pattern.test(readFileSync(file, "utf8"))) wrong.push(`${file} does not call ${path} any more`);
  check(path, path.split(".").reduce((at, part) => at?.[part], data));
}
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`  Browsers: ${listed.map((entry) => entry.join(" ")).join(", ")}`);

// Every file that a document names exists, and every link in it leads somewhere, its heading included.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const folders = [".", "docs", "end2end", "examples/playwright", ".github"];
const files = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".md")).map((name) => join(folder, name)));
const roots = /^(app|mails|preview|design|deploy|server|style|public|end2end|examples|docs|\.make|\.ci|\.github|\.cargo)\//;
/** A source by the end of its path: where it is, the sentence around it says. */
const short = (path) => /^[a-z_]+\/[\w./-]+\.(rs|ts)$/.test(path) && !roots.test(path);
const sources = ["app", "design", "mails", "preview", "server", "end2end/tests", "end2end/support"].flatMap((folder) =>
  readdirSync(folder, { recursive: true }).map((name) => `/${folder}/${name}`));
const wrong = [];

/** The anchors of a document's headings, as code hosts make them. */
function anchors(file) {
  const headings = readFileSync(file, "utf8").replace(/^```[^]*?^```/gm, "").match(/^#+ .*/gm) ?? [];
  return headings.map((heading) =>
    heading.replace(/^#+ /, "").toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-"));
}

for (const file of files) {
  const text = readFileSync(file, "utf8").replace(/^```[^]*?^```/gm, "");
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [path, anchor] = target.split("#");
    const to = path === "" ? file : join(dirname(file), path);
    if (!existsSync(to)) wrong.push(`${file}: ${target} does not exist`);
    else if (anchor && !anchors(to).includes(anchor)) wrong.push(`${file}: ${to} has no heading for #${anchor}`);
  }
  for (const [, path] of text.matchAll(/`([\w./-]+)`/g)) {
    if (roots.test(path) && !existsSync(path)) wrong.push(`${file}: ${path} does not exist`);
    if (short(path) && !sources.some((source) => source.endsWith(`/${path}`))) wrong.push(`${file}: ${path} does not exist`);
  }
}
for (const line of wrong) console.error(`  ${line}`);
console.log(`  Documents: ${files.length} read, ${wrong.length} wrong references`);
process.exitCode = wrong.length > 0 ? 1 : 0;

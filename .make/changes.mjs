// Compares two exports of the gallery: changes.mjs BEFORE AFTER REPORT BASE. Run in the repository's folder, with the packages of end2end/.
// Entries whose markup and style are the same are not drawn. A picture counts as changed when a second pair shows it as well: on a
// busy machine one picture of a hundred differs from itself.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(join(process.cwd(), "end2end/package.json"))("@playwright/test");
const [before, after, report] = process.argv.slice(2, 5).map((folder) => resolve(folder));
const base = process.argv[5];
const LOOKS = ["light-own", "dark-own"];
const WIDTHS = [375, 1280];
/** As many pages draw side by side as two cores keep busy. */
const PAGES = 3;

const started = Date.now();
const files = (folder) => readdirSync(join(folder, "bare", LOOKS[0]), { recursive: true }).filter((name) => name.endsWith(".html")).sort();
const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");
const differs = (path) => read(join(before, path)) !== read(join(after, path));

const [had, has] = [new Set(files(before)), new Set(files(after))];
const added = [...has].filter((file) => !had.has(file));
const gone = [...had].filter((file) => !has.has(file));
const restyled = LOOKS.filter((look) => differs(`assets/${look}/style.css`));
const wanted = [...has].filter((file) => had.has(file)).flatMap((file) =>
  LOOKS.filter((look) => restyled.includes(look) || differs(`bare/${look}/${file}`)).map((look) => ({ file, look })));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
  args: ["--no-sandbox", "--disable-lcd-text", "--font-render-hinting=none"],
});
const shoot = async (page, folder, { file, look }, width) => {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(pathToFileURL(join(folder, "bare", look, file)).href);
  return page.screenshot({ fullPage: true, animations: "disabled", caret: "hide" });
};

mkdirSync(report, { recursive: true });
const changed = [];
const queue = [...wanted];
const draw = async () => {
  const page = await browser.newPage({ locale: "ja-JP" });
  for (let next = queue.shift(); next; next = queue.shift()) {
    for (const width of WIDTHS) {
      const pair = async () => [await shoot(page, before, next, width), await shoot(page, after, next, width)];
      let [was, is] = await pair();
      if (!was.equals(is)) [was, is] = await pair();
      if (was.equals(is)) continue;
      const name = `${next.file.replace(".html", "").replaceAll("/", "_")}-${next.look}-${width}`;
      writeFileSync(join(report, `${name}-before.png`), was);
      writeFileSync(join(report, `${name}-after.png`), is);
      changed.push({ ...next, width, name });
    }
  }
  await page.close();
};
await Promise.all(Array.from({ length: PAGES }, draw));
await browser.close();

const id = (file) => file.replace(".html", "");
const ids = [...new Set(changed.map(({ file }) => id(file)))].sort();
changed.sort((a, b) => a.name.localeCompare(b.name));
const figure = ({ name, look, width }) => `<h3>${look} ${width}px</h3><div><img src="${name}-before.png" alt="before" loading="lazy"><img src="${name}-after.png" alt="after" loading="lazy"></div>`;
const section = (entry) => `<section id="${entry}"><h2>${entry}</h2>${changed.filter(({ file }) => id(file) === entry).map(figure).join("")}</section>`;
const list = (title, entries) => (entries.length > 0 ? `<h2>${title} (${entries.length})</h2><ul>${entries.map((file) => `<li>${id(file)}</li>`).join("")}</ul>` : "");
writeFileSync(join(report, "index.html"), `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Before and after</title>
<style>body{font:1rem/1.5 sans-serif;margin:1rem;background:#777;color:#fff}div{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start}img{max-width:48%;border:1px solid}a{color:#fff}</style>
<h1>Before and after</h1><p>${ids.length} of ${has.size} entries look different.</p>
<ul>${ids.map((entry) => `<li><a href="#${entry}">${entry}</a></li>`).join("")}</ul>${list("New", added)}${list("Gone", gone)}${ids.map(section).join("")}</html>`);

// The gallery shows an entry's pictures in its panel.
writeFileSync(join(report, "changes.json"), JSON.stringify({ base, pictures: changed }));

for (const entry of ids) console.log(`  changed  ${entry}`);
for (const file of added) console.log(`  new      ${id(file)}`);
for (const file of gone) console.log(`  gone     ${id(file)}`);
const drawn = wanted.length * WIDTHS.length;
console.log(`  ${ids.length} of ${has.size} entries look different; ${drawn} pairs drawn in ${Math.round((Date.now() - started) / 1000)} s: ${join(report, "index.html")}`);

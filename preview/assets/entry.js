// What script adds to an entry's page: single keys, the numbers of the panel of access, and the button that copies the address.
// Without it everything else is there.

/** Presses the choice behind the chosen one of a switch. */
function next(row) {
  const choices = [...document.querySelectorAll(`[data-switch="${row}"] a`)];
  const at = choices.findIndex((choice) => choice.hasAttribute("aria-current"));
  choices[(at + 1) % choices.length]?.click();
}

function toggle(panel) {
  const part = document.querySelector(`[data-panel="${panel}"]`);
  if (!part) return;
  part.open = !part.open;
  if (part.open) part.querySelector("summary").focus();
}

const press = (link) => document.querySelector(link)?.click();
const keys = {
  "/": () => press("[data-search]"),
  j: () => press("[rel=next]"),
  k: () => press("[rel=prev]"),
  t: () => next("theme"),
  w: () => next("w"),
  s: () => next("script"),
  l: () => next("words"),
  2: () => next("text"),
  b: () => press("[data-bare]"),
  c: () => press("[data-copy]"),
  n: () => toggle("notes"),
  a: () => toggle("access"),
  m: () => toggle("markup"),
  "?": () => toggle("keys"),
};

if (document.querySelector("[data-keys=on]")) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

const copy = document.querySelector("[data-copy]");
// Only a secure context has a clipboard: a phone in the network has none.
if (copy && navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    copy.textContent = copy.dataset.copied;
  });
}

const panel = document.querySelector("[data-panel=access]");
const rows = [...(panel?.querySelectorAll("[data-measured-at]") ?? [])];
const faults = panel?.querySelector("[data-faults]");

function tell(row, { high, over, smallest, lines, axe }) {
  const write = (cell, words, broken) => {
    const part = row.querySelector(`[data-cell="${cell}"]`);
    if (!part) return;
    part.textContent = words;
    part.classList.toggle("broken", broken);
  };
  write("high", `${high}px`, false);
  write("over", over === 0 ? "なし" : `${over}px`, over !== 0);
  write("smallest", smallest ? `${smallest.px}px「${smallest.name.slice(0, 20)}」` : "なし", smallest !== undefined && smallest.px < 43.5);
  write("lines", `${lines}行`, false);
  if (!axe) return;
  write("violations", axe.violations.length, axe.violations.length > 0);
  write("incomplete", axe.incomplete.length, false);
  write("passes", axe.passes, false);
  panel.querySelector("[data-version]").textContent = axe.version;
  for (const words of [...axe.violations, ...axe.incomplete]) {
    const item = document.createElement("li");
    item.textContent = `${row.querySelector("th").textContent}　${words}`;
    faults.append(item);
  }
}

// Four documents are loaded and judged only for whoever opens the panel.
panel?.addEventListener("toggle", () => {
  for (const row of panel.open ? rows.splice(0) : []) {
    const frame = document.createElement("iframe");
    frame.className = `w${row.dataset.width}`;
    frame.title = row.querySelector("th").textContent;
    frame.tabIndex = -1;
    addEventListener("message", ({ source, origin, data }) => {
      if (source === frame.contentWindow && origin === location.origin) tell(row, data);
    });
    frame.src = row.dataset.measuredAt;
    panel.querySelector("[data-measured]").append(frame);
  }
});

const status = document.querySelector("[data-stamp]");
/** How often is asked whether something was saved, in milliseconds. */
const PAUSE = 150;

/** Shows what was saved: a style in the frames, where they are, anything else by the page anew. */
async function follow(known) {
  for (;;) {
    await new Promise((done) => setTimeout(done, PAUSE));
    if (document.hidden) continue;
    const stamp = await fetch("/preview/stamp").then((answer) => (answer.ok ? answer.text() : ""), () => "");
    status.textContent = stamp === "" ? "作り直しています。終わらないときは、端末のエラーをご覧ください。" : "";
    if (stamp === "" || stamp === known) continue;
    if (stamp.split(" ")[1] !== known.split(" ")[1]) return location.reload();
    known = stamp;
    for (const frame of document.querySelectorAll("iframe.frame")) frame.contentWindow.location.reload();
  }
}
if (status) follow(status.dataset.stamp);

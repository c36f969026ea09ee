// Runs inside of an entry's document in the panel of access: measures it, lets axe judge it, and tells the page around.
/** What is pressed or typed into. Of a radio button or a checkbox the label is the target; links inside of a sentence may be as low as it. */
const TARGETS = "header a, header button, main nav a, main button, main a.button, main label.option, main summary, main select, main input:not([type=hidden], [type=checkbox], [type=radio], .for-managers)";

const name = (part) => (part.labels?.[0] ?? part).textContent.trim() || part.getAttribute("aria-label") || part.id;

function smallest() {
  const shown = [...document.querySelectorAll(TARGETS)].filter((part) => part.offsetParent !== null && !part.closest("[inert]"));
  const sizes = shown.map((part) => ({ px: Math.round(part.getBoundingClientRect().height * 10) / 10, name: name(part) }));
  return sizes.sort((a, b) => a.px - b.px)[0];
}

/** Of the first heading. */
function lines() {
  const heading = document.querySelector("h1");
  return heading ? Math.round(heading.getBoundingClientRect().height / parseFloat(getComputedStyle(heading).lineHeight)) : 0;
}

addEventListener("load", async () => {
  await document.fonts.ready;
  for (const part of document.querySelectorAll("details")) part.open = true;
  const root = document.documentElement;
  const found = { high: root.scrollHeight, over: root.scrollWidth - root.clientWidth, smallest: smallest(), lines: lines() };
  if ("axe" in window) {
    // A mail is shown inside of a page that is its reader's.
    const mail = location.pathname.includes("/mails/");
    const rules = mail ? { "landmark-one-main": { enabled: false }, region: { enabled: false } } : {};
    const { violations, incomplete, passes, testEngine } = await axe.run(document, { rules });
    const told = (list) => list.map(({ help, nodes }) => `${help}（${nodes.length}）：${nodes[0]?.html.slice(0, 120)}`);
    found.axe = { version: testEngine.version, violations: told(violations), incomplete: told(incomplete), passes: passes.length };
  }
  parent.postMessage(found, location.origin);
});

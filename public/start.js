// Starts the WASM side of a page. Where it cannot start, or fails at any later moment, the page is given back to the browser:
// forms are posted plainly, and nothing of the WASM side comes between any more.

const root = document.documentElement;
let plain = false;

/** The page goes on as it would without script. `told`: the person has worked with the WASM side, and is told once. */
function goPlain(told) {
  if (plain) return;
  plain = true;
  root.className = "plain";
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  if (told) document.getElementById("plain-notice")?.removeAttribute("hidden");
}

// Registered before any listener of the WASM side, so that they come first.
for (const name of ["submit", "click", "input", "change", "blur", "popstate", "beforeunload"]) {
  addEventListener(name, (event) => plain && event.stopImmediatePropagation(), true);
}

// A panic ends as an error of the WASM side, thrown wherever the browser called it.
const failed = (thrown) => {
  if (thrown instanceof WebAssembly.RuntimeError || /\/nirin\.(js|wasm)/.test(thrown?.stack)) goPlain(root.className === "live");
};
addEventListener("error", (event) => failed(event.error));
addEventListener("unhandledrejection", (event) => failed(event.reason));

// Lines of short texts break between phrases. The server marks where in what it renders (app/src/text/ja/phrases.rs); what the WASM
// side draws is marked here, by the same rule, before it is painted.
const phrase =
  /(?<=[、。/・を])(?![、。」）・ー/？：\u3000 ]|$)|(?<=[^ （「])(?=[（「])|(?<=[ァ-ヺー])(?=[一-鿿々]{2})|(?<=[ぁ-ゖ])(?=[おご][^ぁ-ゖ、。」）・ー/？：\u3000 ])|(?<=[ぁ-ゖ])(?<![おごりし]|[一-鿿々][^がのをにへとはもでやか](?=[一-鿿々]))(?=[^ぁ-ゖ、。」）・ー/？：\u3000 ])/g;
const wizard = document.getElementById("wizard");
new MutationObserver(() => {
  for (const part of wizard.querySelectorAll("h1,h2,label,button,.button,.step-name"))
    for (const node of part.childNodes) if (node.data) node.data = node.data.replaceAll("\u200b", "").replace(phrase, "\u200b");
}).observe(wizard, { childList: true });

/** Starts what is on its way from the server. */
export default async function begin(wasm) {
  try {
    const { default: start } = await import("./nirin.js");
    await start({ module_or_path: wasm });
  } catch {
    goPlain(false);
  }
}

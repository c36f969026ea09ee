// Narrows the list of sentences while somebody types. Without it the form asks the server for the same list.
const field = document.getElementById("q");
const found = document.getElementById("found");
/** With more that are found, each leaves its places folded. */
const UNFOLDED = 30;
const groups = [...document.querySelectorAll("[data-sentences]")].map((group) => ({
  group,
  count: group.querySelector("[data-count]"),
  sentences: [...group.querySelectorAll("[data-sentence]")].map((item) => ({
    item,
    words: item.querySelector("p").textContent,
    places: item.querySelector("details"),
  })),
}));

field.addEventListener("input", () => {
  const query = field.value.trim();
  const says = ({ words }) => words.includes(query);
  const all = groups.reduce((sum, { sentences }) => sum + sentences.filter(says).length, 0);
  const unfolded = query !== "" && all <= UNFOLDED;
  for (const { group, count, sentences } of groups) {
    const some = sentences.filter(says).length;
    for (const { item, words, places } of sentences) {
      item.hidden = !words.includes(query);
      places.open = unfolded;
    }
    count.textContent = some;
    group.hidden = some === 0;
    group.open = unfolded;
  }
  found.textContent = all;
  const address = new URL(location.href);
  if (query === "") address.searchParams.delete("q");
  else address.searchParams.set("q", query);
  history.replaceState(null, "", address);
});

// Whoever comes by the key for searching wants to type.
if (location.hash === "#q") field.focus();

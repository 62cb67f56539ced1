// What the handbook adds to the theme's own scripts. Without it every page is whole.

// A button that copies the text of an email or document, which else is there to select.
for (const letter of document.querySelectorAll(".letter")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy the text";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    const text = letter.querySelector("pre") ?? letter;
    try {
      await navigator.clipboard.writeText(text.innerText.trim());
      said.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = "Selected: press Ctrl+C";
    }
  });
  const line = document.createElement("p");
  line.className = "copy-line";
  line.append(button, " ", said);
  letter.before(line);
}

// A wide table has no room on a phone: there each row is set as a paragraph, and each cell says by
// itself what it holds.
for (const table of document.querySelectorAll(".md-typeset table:not([class])")) {
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
  if (heads.length < 4) continue;
  table.dataset.stacked = "";
  for (const cell of table.querySelectorAll("td:not(:first-child)")) {
    if (heads[cell.cellIndex]) cell.dataset.label = heads[cell.cellIndex];
  }
}

// The theme folds away all places on a page but the best. Of the first page, show three at once.
// And of the tags of a page, which are many, show those that were meant.
const results = document.querySelector(".md-search-result__list");
const TAGS = "Also found as: ";
if (results) {
  new MutationObserver(() => {
    for (const told of results.querySelectorAll("p")) {
      if (!told.innerHTML.startsWith(TAGS)) continue;
      const tags = told.innerHTML.slice(TAGS.length).split(", ");
      told.innerHTML = TAGS + tags.filter((tag) => tag.includes("<mark")).join(", ");
    }
    const more = results.querySelector("li:first-child > details:not([data-unfolded])");
    if (!more) return;
    more.dataset.unfolded = "";
    const places = [...more.querySelectorAll(":scope > a")];
    more.before(...places.slice(0, 2));
    if (places.length <= 2) more.remove();
    else {
      const count = more.querySelector("summary div");
      count.textContent = count.textContent.replace(/\d+/, places.length - 2);
    }
  }).observe(results, { childList: true });
}

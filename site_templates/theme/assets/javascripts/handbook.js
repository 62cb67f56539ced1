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
const results = document.querySelector(".md-search-result__list");
if (results) {
  new MutationObserver(() => {
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

// The theme looks for every word as the start of a word: "a" would find whatever begins with one,
// and a rare word that begins alike would count most. So only what is meant is asked, whole, and
// without its ending: "emailed" finds email, and emails too. The last word may not be finished yet.
// Whatever is done here is done for a client, so that word finds nothing but itself.
const SMALL = new Set(
  ("a an and are as ask asks asked at be but by can client clients could customer customers do does " +
    "for from get gets got had has have he how i if in is it its me must my need needs not now of on " +
    "or our she should so than that the their them then there they this to us want " +
    "wanted wants was we what when where which who whom whose why will with would you your").split(" "),
);

function meant(query) {
  if (/["+~^:*]/.test(query)) return query; // somebody knows the signs of this search
  const words = query.toLowerCase().split(/[\s?!.,]+/).filter((word) => word && !SMALL.has(word));
  const stems = words.map((word) => word.replace(/(?<=..[^s])s$|(?<=...)(?:ed|ing)$/, ""));
  return stems.length ? `${stems.map((stem) => `${stem}^5`).join(" ")} ${stems.at(-1)}*^1` : query;
}

const QUERY = 2;
const post = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (message, ...rest) {
  const asked = message?.type === QUERY ? { ...message, data: meant(message.data) } : message;
  return post.call(this, asked, ...rest);
};

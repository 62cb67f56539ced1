// Keeps ticks in the browser until the records have them. The page is whole without it.
//
// A tick is {done, by, answer?, note?} or {not_applicable: true, by, reason, note?}: what the
// client's file says of a step, in the same words. What is saved is schemas/ticks.schema.json.

const { client, printed, commit } = document.body.dataset;
const HOME = `sopwith ticks ${client} `;
const INITIALS = "sopwith initials";
const FIELDS = ["done", "not_applicable", "by", "answer", "reason", "note"];

const find = (id) => document.getElementById(id);
const inTicks = (count) => `${count} tick${count === 1 ? "" : "s"}`;

function say(element, words) {
  if (element.textContent !== words) element.textContent = words; // what is said twice is read twice
  element.hidden = !words;
}

function today() {
  const now = new Date();
  const two = (part) => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function inWords(day) {
  const year = day.slice(0, 4) === printed.slice(0, 4) ? undefined : "numeric";
  const form = { month: "short", day: "numeric", year, timeZone: "UTC" };
  return new Intl.DateTimeFormat(document.documentElement.lang, form).format(new Date(day));
}

// What is kept --------------------------------------------------------------------------------

const ticks = new Map(); // by address
let lasting = true;

function storage(use) {
  try {
    return use(window.localStorage);
  } catch {
    lasting = false; // refused or full: from here on only this page remembers
    return undefined;
  }
}

function keep(address, tick) {
  if (tick) ticks.set(address, tick);
  else ticks.delete(address);
  storage((kept) => {
    if (tick) kept.setItem(HOME + address, JSON.stringify(tick));
    else kept.removeItem(HOME + address);
  });
}

function recall() {
  if (!lasting) return;
  ticks.clear();
  storage((kept) => {
    for (const key of Object.keys(kept).filter((key) => key.startsWith(HOME))) {
      const tick = understood(kept.getItem(key));
      if (tick) ticks.set(key.slice(HOME.length), tick);
    }
  });
  // The records have these by now.
  for (const row of rows.filter((row) => ["done", "not applicable"].includes(row.box))) {
    if (ticks.has(row.address)) keep(row.address, undefined);
  }
}

const tidy = (tick) => Object.fromEntries(FIELDS.filter((f) => tick[f]).map((f) => [f, tick[f]]));

function understood(text) {
  try {
    const tick = tidy(JSON.parse(text));
    return tick.done || tick.not_applicable ? tick : undefined;
  } catch {
    return undefined; // somebody else's
  }
}

// Rows ----------------------------------------------------------------------------------------

const rows = [...document.querySelectorAll("li[data-box]")].map((element) => ({
  element,
  address: element.id,
  box: element.dataset.box,
  roles: element.dataset.roles.split(" "),
  overdue: "overdue" in element.dataset,
  number: element.querySelector(".number").textContent,
  title: element.querySelector(".title").textContent.replace("◆", "").trim(),
  tick: element.querySelector(".what input"),
  answers: [...element.querySelectorAll("fieldset input")],
  sop: element.closest(".sop").id,
}));

const lacks = (row, tick) => {
  if (tick.not_applicable) return tick.reason ? "" : "reason";
  return row.answers.length && !tick.answer ? "answer" : "";
};
const ASKS = {
  answer: "Choose an answer: until then this does not count.",
  reason: "Say why not: until then this does not count.",
};

function counts(row) {
  const tick = ticks.get(row.address);
  return Boolean(tick) && !lacks(row, tick);
}

const isOpen = (row) => row.box === "to do" && !counts(row);
const isSettled = (row) => row.box !== "ended" && !isOpen(row);

function change(row, changes) {
  keep(row.address, tidy({ ...ticks.get(row.address), ...changes }));
  show(row);
  tell();
}

function untick(row) {
  keep(row.address, undefined);
  show(row);
  tell();
}

const begun = () => ({ by: find("_initials").value.trim() });
const done = () => ({ done: today(), ...begun() });

// Every row that can be ticked gets its tools: a line for what was said, and a panel for more.
function equip(row) {
  const [said, more, panel] = find("_tools").content.cloneNode(true).children;
  const inner = (name) => panel.querySelector(`[data-field=${name}] input`);
  Object.assign(row, { said, more, panel, waive: panel.querySelector(".waive input") });
  row.fields = Object.fromEntries(["reason", "done", "by", "note"].map((n) => [n, inner(n)]));
  row.element.querySelector(".step").append(said);
  row.element.append(more, panel);
  more.setAttribute("aria-label", `More about ${row.number} ${row.title}`);
  more.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    more.setAttribute("aria-expanded", String(!panel.hidden));
  });
  row.tick.addEventListener("change", () => (row.tick.checked ? change(row, done()) : untick(row)));
  for (const answer of row.answers) {
    answer.addEventListener("change", () =>
      change(row, { ...(ticks.has(row.address) ? {} : done()), answer: answer.value }),
    );
  }
  row.waive.addEventListener("change", () => {
    if (!row.waive.checked) return untick(row);
    untick(row);
    return change(row, { not_applicable: true, ...begun() });
  });
  for (const [name, field] of Object.entries(row.fields)) {
    field.addEventListener("input", () => {
      const day = name === "done";
      if (!day || (field.value && field.value <= today())) change(row, { [name]: field.value.trim() });
    });
    field.addEventListener("focusout", () => show(row));
  }
}

function show(row) {
  const tick = ticks.get(row.address);
  const pointers = document.querySelectorAll(`[data-for="${CSS.escape(row.address)}"]`);
  for (const place of [row.element, ...pointers]) place.classList.toggle("ticked", counts(row));
  if (row.box !== "to do") return;
  const off = Boolean(tick?.not_applicable);
  row.element.classList.toggle("off", off);
  row.tick.checked = Boolean(tick) && !off;
  row.tick.disabled = off;
  for (const answer of row.answers) {
    answer.checked = tick?.answer === answer.value;
    answer.disabled = off;
  }
  showPanel(row, tick, off);
  showDone(row, tick, off);
  const missing = tick && lacks(row, tick);
  row.said.classList.toggle("lacking", Boolean(missing));
  say(row.said, missing ? ASKS[missing] : spoken(tick));
}

function spoken(tick) {
  const parts = [tick?.reason && `Not applicable: ${tick.reason}`, tick?.note && `Note: ${tick.note}`];
  return parts.filter(Boolean).join(" · ");
}

function showPanel(row, tick, off) {
  row.waive.checked = off;
  row.waive.parentElement.hidden = Boolean(tick) && !off;
  const shown = { reason: off, done: Boolean(tick) && !off, by: Boolean(tick), note: Boolean(tick) };
  for (const [name, field] of Object.entries(row.fields)) {
    field.parentElement.hidden = !shown[name];
    if (field !== document.activeElement) field.value = tick?.[name] ?? "";
  }
  row.fields.done.max = today();
}

function showDone(row, tick, off) {
  const place = row.element.querySelector(".done-on");
  const label = document.createElement("span");
  label.className = "line";
  label.textContent = !tick ? "Done on, initials" : off ? "Not applicable" : "Done";
  const words = tick ? ` ${[tick.done && inWords(tick.done), tick.by].filter(Boolean).join(" ")} ` : "";
  const kept = document.createElement("span");
  kept.className = "kept";
  kept.textContent = tick ? "not recorded yet" : "";
  place.classList.toggle("blank", !tick);
  place.replaceChildren(label, words, kept);
}

// The toolbar ---------------------------------------------------------------------------------

function tell() {
  const kept = [...ticks.values()];
  const settled = rows.filter(isSettled).length;
  const unfinished = rows.filter((row) => ticks.has(row.address) && !counts(row)).length;
  const unsigned = kept.filter((tick) => !tick.by).length;
  const away = rows.filter((row) => row.element.classList.contains("away")).length;
  const parts = [
    `${settled} of ${rows.length} settled`,
    kept.length && `${kept.length} ticked here`,
    unfinished && `${unfinished} unfinished`,
    unsigned && `${unsigned} without initials`,
    away && `${rows.length - away} shown`,
  ];
  say(find("_count"), parts.filter(Boolean).join(" · "));
  find("_progress").max = rows.length || 1;
  find("_progress").value = settled;
  find("_initials").classList.toggle("wanted", unsigned > 0);
  find("_save").disabled = !kept.length;
  const warning = "This browser keeps nothing for this page. Save your ticks before you close it.";
  say(find("_fleeting"), lasting ? "" : warning);
  for (const tally of document.querySelectorAll("[data-tally]")) {
    const own = rows.filter((row) => row.sop === tally.dataset.tally);
    say(tally, `${own.filter(isSettled).length} of ${own.length} settled`);
  }
}

const WANTED = { "": () => true, open: isOpen, overdue: (row) => row.overdue && isOpen(row) };

// Asked for once, and not again with each tick: what was just ticked stays to be looked at.
function filter() {
  const role = find("_role").value;
  const state = WANTED[find("_state").value];
  const wanted = new Set();
  const put = (element, shown) => element.classList.toggle("away", !shown);
  for (const row of rows) {
    const shown = (!role || row.roles.includes(role)) && state(row);
    if (shown) wanted.add(row.address);
    put(row.element, shown);
  }
  for (const heading of document.querySelectorAll("li.heading")) {
    put(heading, [...wanted].some((address) => address.startsWith(`${heading.id}/`)));
  }
  for (const pointer of document.querySelectorAll("[data-for]")) {
    put(pointer, wanted.has(pointer.dataset.for));
  }
  for (const block of document.querySelectorAll(".concern, .phase, .sop:not(.sign-off)")) {
    put(block, block.querySelector(".rows > li:not(.away), .pointers > li:not(.away)"));
  }
  find("_none").hidden = wanted.size > 0 || !rows.length;
  tell();
}

function showAllSteps() {
  find("_role").value = find("_state").value = "";
  filter();
}

function reveal() {
  const target = find(decodeURIComponent(location.hash.slice(1)));
  if (!target?.closest(".away")) return;
  showAllSteps();
  target.scrollIntoView();
}

// Out of the page -----------------------------------------------------------------------------

function saved() {
  const known = new Set(rows.map((row) => row.address));
  const here = rows.filter(counts).map((row) => row.address);
  const gone = [...ticks.keys()].filter((address) => !known.has(address)).sort();
  const all = [...here, ...gone].map((address) => ({ address, ...ticks.get(address) }));
  const said = { sopwith: "ticks", version: 1, client, printed, commit, ticks: all };
  return { text: `${JSON.stringify(said, null, 2)}\n`, count: all.length, gone };
}

const fileName = () => `ticks-${client.replaceAll("/", "-")}-${today()}.json`;

function lacking(row) {
  return `${row.number} ${row.title} lacks its ${lacks(row, ticks.get(row.address))}`;
}

function openSaving() {
  const { text, count, gone } = saved();
  const unfinished = rows.filter((row) => ticks.has(row.address) && !counts(row));
  const where = lasting ? "this browser has" : "this page has, until it is closed,";
  find("_text").value = text;
  say(find("_included"), `${inTicks(count)} that so far only ${where} noted.`);
  const left = unfinished.map(lacking);
  const strange = gone.length ? [`Saved, though no longer on this checklist: ${gone.join(", ")}`] : [];
  const out = left.length ? [`Not saved: ${left.join("; ")}`] : [];
  say(find("_excluded"), [...out, ...strange].map((line) => `${line}.`).join(" "));
  say(find("_command"), `sopwith progress ${client} --from ${fileName()}`);
  find("_download").disabled = find("_copy").disabled = !count;
  find("_copied").textContent = "";
  find("_saving").showModal();
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([find("_text").value], { type: "application/json" }));
  link.download = fileName();
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function copy() {
  find("_text").select();
  try {
    await navigator.clipboard.writeText(find("_text").value);
    find("_copied").textContent = "Copied.";
  } catch {
    find("_copied").textContent = "The text is selected: copy it with your keyboard.";
  }
}

function openClearing() {
  const words = `${inTicks(ticks.size)} will be gone from this browser. What is recorded already stays.`;
  say(find("_cleared"), words);
  find("_saving").close();
  find("_clearing").showModal();
}

function clear() {
  for (const address of [...ticks.keys()]) keep(address, undefined);
  find("_clearing").close();
  showEverything();
}

// All together --------------------------------------------------------------------------------

function showEverything() {
  rows.forEach(show);
  filter();
}

function refresh() {
  recall();
  showEverything();
}

function sign() {
  const by = find("_initials").value.trim();
  storage((kept) => kept.setItem(INITIALS, by));
  for (const [address, tick] of ticks) if (by && !tick.by) keep(address, { ...tick, by });
  rows.forEach(show);
  tell();
}

function begin() {
  rows.filter((row) => row.box === "to do").forEach(equip);
  find("_initials").value = storage((kept) => kept.getItem(INITIALS)) ?? "";
  find("_initials").addEventListener("change", sign);
  find("_role").addEventListener("change", filter);
  find("_state").addEventListener("change", filter);
  find("_none").querySelector("button").addEventListener("click", showAllSteps);
  find("_save").addEventListener("click", openSaving);
  find("_download").addEventListener("click", download);
  find("_copy").addEventListener("click", copy);
  find("_clear").addEventListener("click", openClearing);
  find("_sure").addEventListener("click", clear);
  for (const close of document.querySelectorAll("[data-close]")) {
    close.addEventListener("click", () => close.closest("dialog").close());
  }
  addEventListener("hashchange", reveal);
  addEventListener("storage", refresh); // another window has this page open
  // Browsers put back what was in the boxes when a page is gone back to or loaded anew.
  addEventListener("pageshow", refresh);
  addEventListener("beforeunload", (event) => !lasting && ticks.size && event.preventDefault());
  storage((kept) => (kept.setItem(HOME, ""), kept.removeItem(HOME))); // does it keep anything?
  refresh();
  find("_toolbar").hidden = false;
}

begin();

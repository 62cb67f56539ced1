// What the theme wants to have at hand before its own script runs: a small store for each site, and
// the colors that the reader chose, put on before anything is drawn. The theme would write this into
// every page; here it is a file, so that the page's security policy can refuse all scripts within it.

var __md_scope = new URL("../..", document.currentScript.src);

function __md_hash(text) {
  let hash = 0;
  for (const character of text) hash = (hash * 31 + character.charCodeAt(0)) | 0;
  return hash;
}

function __md_get(key, store = localStorage, scope = __md_scope) {
  return JSON.parse(store.getItem(`${scope.pathname}.${key}`));
}

function __md_set(key, value, store = localStorage, scope = __md_scope) {
  try {
    store.setItem(`${scope.pathname}.${key}`, JSON.stringify(value));
  } catch {
    // A full or forbidden store forgets the choice, and nothing else.
  }
}

{
  const chosen = __md_get("__palette")?.color;
  if (chosen?.media === "(prefers-color-scheme)") {
    const mode = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const input = document.querySelector(`[data-md-color-media="(prefers-color-scheme: ${mode})"]`);
    for (const name of Object.keys(chosen)) chosen[name] = input.getAttribute(`data-md-color-${name}`);
  }
  for (const [name, value] of Object.entries(chosen ?? {})) {
    document.body.setAttribute(`data-md-color-${name}`, value);
  }
}

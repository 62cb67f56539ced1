// A button that copies the text of an email or document. Without it, the text is there to select.
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
      await navigator.clipboard.writeText(text.innerText);
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

// Text that is there to be pasted elsewhere gets a button that copies it.
const written = async (text, place) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not every address may use the clipboard; what is selected can be copied on all of them.
    const range = document.createRange();
    range.selectNodeContents(place);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return document.execCommand("copy");
  }
};
for (const place of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "action";
  button.textContent = tr("Copy {what}", { what: place.dataset.copy });
  const told = document.createElement("span");
  told.className = "muted small";
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    told.textContent = (await written(place.textContent, place)) ? tr("Copied.") : tr("Selected: copy it with the keys.");
  });
  place.nextElementSibling?.prepend(button);
  place.nextElementSibling?.append(told);
}

// Long lists that the reader can filter by words.
for (const list of document.querySelectorAll("ol[data-filter]")) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const told = document.createElement("span");
  input.type = "search";
  told.className = "muted";
  told.setAttribute("role", "status");
  label.append(tr("Filter by words"), " ", input);
  const bar = document.createElement("div");
  bar.className = "filter";
  bar.append(label, told);
  list.before(bar);
  const entries = [...list.children].map((item) => [item, plain(item.textContent).toLowerCase()]);
  input.addEventListener("input", () => {
    const words = plain(input.value).toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [item, text] of entries) {
      item.hidden = !words.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    told.textContent = words.length ? tr("{shown} of {all}", { shown, all: entries.length }) : "";
  });
}

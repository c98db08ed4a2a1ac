// Everything can be read without this: it lets the reader sort tables, filter lists of versions and
// step through time with the arrow keys.
"use strict";
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (head.dataset.sort === undefined) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const numeric = head.dataset.sort === "number";
      const rows = [...table.tBodies[0].rows];
      rows.sort((a, b) => {
        const [x, y] = [value(a), value(b)];
        if (x === "" || y === "") return (x === "") - (y === ""); // the unknown stays last
        const order = numeric ? Number(x) - Number(y) : x.localeCompare(y);
        return up ? order : -order;
      });
      table.tBodies[0].append(...rows);
    });
  });
}
for (const list of document.querySelectorAll("ol[data-filter]")) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const told = document.createElement("span");
  input.type = "search";
  told.className = "muted";
  told.setAttribute("role", "status");
  label.append("Filter by words ", input);
  const bar = document.createElement("div");
  bar.className = "filter";
  bar.append(label, told);
  list.before(bar);
  const entries = [...list.children].map((item) => [item, item.textContent.toLowerCase()]);
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [item, text] of entries) {
      item.hidden = !words.every((word) => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    told.textContent = words.length ? `${shown} of ${entries.length}` : "";
  });
}
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // Within a field or a region that scrolls the keys have their own meaning.
  if (event.target.closest("input, textarea, select, [role=region], .scroll")) return;
  document.querySelector(`.in-time a[data-key="${event.key}"]`)?.click();
});

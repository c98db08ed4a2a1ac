// Taking along what is on the screen: maps and charts as pictures, tables as CSV, and a link that
// brings this view back. Nothing is asked for elsewhere: all of it is made of what the page holds.
const SVG = "http://www.w3.org/2000/svg";
const PARAMETERS = ["sort", "filter", "open", "shut", "view"];
const ICON = "M8 1.5V10M4 6.5L8 10.5L12 6.5M2 14H14";
// What a canvas can hold in every browser.
const MOST_SIDE = 16000;
const MOST_AREA = 100e6;

// After all other parts of the script, some of which make what is taken along or brought back.
const asWritten = new Map();
for (const part of document.querySelectorAll("details")) asWritten.set(part, part.open);
queueMicrotask(() => {
  for (const place of document.querySelectorAll(".card-block, figure.map, figure.chart")) addMenu(place);
  for (const bar of document.querySelectorAll(".filter")) bar.append(linkButton("tool"));
  restore();
});
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".take[open]")) if (!menu.contains(target)) menu.open = false;
});

// --- menus --------------------------------------------------------------------------

function addMenu(place) {
  const picture = place.matches("figure");
  const within = (part) => part.closest("figure.chart, .card-block") === place;
  const tables = [...place.querySelectorAll("table")].filter(
    (table) => within(table) || (picture && place.contains(table)),
  );
  if (!picture && !tables.length) return;
  const label = heading(place);
  const items = [];
  if (picture) {
    items.push([tr("Picture as SVG"), () => save(fileName(place, "svg"), drawn(place).text, "image/svg+xml")]);
    items.push([tr("Picture as PNG"), () => raster(place)]);
  }
  for (const table of tables) {
    const own = tables.length > 1 ? tr("“{name}” as CSV", { name: tableName(table) }) : tr("Table as CSV");
    items.push([own, () => save(fileName(table, "csv"), csv(table), "text/csv;charset=utf-8")]);
  }
  const menu = document.createElement("details");
  menu.className = "take";
  const summary = document.createElement("summary");
  summary.className = "tool";
  summary.title = tr("Take along");
  summary.setAttribute("aria-label", tr("Take along: {what}", { what: label }));
  summary.append(icon());
  const list = document.createElement("ul");
  const told = document.createElement("p");
  told.className = "take-told";
  told.setAttribute("role", "status");
  for (const [text, act] of items) list.append(entry(button(text, async () => {
    told.textContent = "";
    try {
      await act();
      menu.open = false;
      summary.focus();
    } catch {
      told.textContent = tr("This browser could not make it.");
    }
  })));
  list.append(entry(linkButton()));
  menu.append(summary, list, told);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    summary.focus();
  });
  const bar = place.querySelector(":scope > .map-tools");
  place.classList.toggle("has-take", !bar);
  if (bar) bar.append(menu);
  else place.append(menu);
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

function entry(part) {
  const item = document.createElement("li");
  item.append(part);
  return item;
}

function icon() {
  const [svg, path] = ["svg", "path"].map((name) => document.createElementNS(SVG, name));
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICON);
  svg.append(path);
  return svg;
}

function heading(place) {
  const named = place.getAttribute("aria-labelledby");
  const found = (named && document.getElementById(named)) || place.querySelector("h2, h3");
  return (found?.textContent ?? document.title).trim().replace(/\s+/g, " ");
}

function tableName(table) {
  const around = table.closest("[aria-label]")?.getAttribute("aria-label");
  const block = table.closest(".card-block");
  const alone = block?.querySelectorAll("table").length === 1 || block?.querySelector("table") === table;
  return around ?? ((!alone && table.caption?.textContent) || heading(block ?? table)).trim();
}

function fileName(part, ending) {
  const [folder, file] = location.pathname.split("/").slice(-2).map(decodeURIComponent);
  const page = file.replace(/\.html$/, "").replace(/^index$/, "");
  const own = part.dataset.map ?? (part.matches("table") ? tableName(part) : heading(part));
  const words = [folder, page, own === page ? "map" : own];
  const name = words.join(" ").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return `${name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) || "vsmdocs"}.${ending}`;
}

function save(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// --- pictures -------------------------------------------------------------------------

// What shapes inherit from what is around them, with what they begin with, and what they do not.
const INHERITED = {
  fill: "rgb(0, 0, 0)", "fill-opacity": "1", stroke: "none", "stroke-width": "1px", "stroke-dasharray": "none",
  "stroke-linecap": "butt", "stroke-linejoin": "miter", "font-size": "", "font-weight": "400",
  "text-anchor": "start", "paint-order": "normal", direction: "ltr",
};
const OWN = { opacity: "1", "text-decoration-line": "none" };
const KEPT = ["d", "x", "y", "dx", "dy", "width", "height", "rx", "ry", "cx", "cy", "r", "points", "transform",
  "viewBox", "preserveAspectRatio"];

function drawn(figure) {
  const shown = [...figure.querySelectorAll(".map-lanes, .map-canvas, .chart-plot")].filter(
    // A map that is a list of steps in a narrow window is drawn all the same.
    (svg) => !svg.matches(".chart-plot") || svg.getClientRects().length,
  );
  const whole = document.createElementNS(SVG, "svg");
  let [width, height] = [0, 0];
  const parts = shown.map((svg) => {
    const box = svg.viewBox.baseVal;
    const part = still(svg, null);
    part.setAttribute("x", width);
    part.setAttribute("width", box.width);
    part.setAttribute("height", box.height);
    part.setAttribute("overflow", "visible");
    width += box.width;
    height = Math.max(height, box.height);
    return part;
  });
  const title = document.createElementNS(SVG, "title");
  const desc = document.createElementNS(SVG, "desc");
  title.textContent = heading(figure);
  desc.textContent = figure.querySelector(".map-canvas desc, .chart-plot desc")?.textContent ?? "";
  const ground = document.createElementNS(SVG, "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  colour(ground, "fill", getComputedStyle(figure.closest(".card-block") ?? document.body).backgroundColor);
  // Charts have no ground of their own around them.
  const edge = figure.matches(".chart") ? 16 : 0;
  [width, height] = [width + 2 * edge, height + 2 * edge];
  for (const part of parts) { part.setAttribute("x", Number(part.getAttribute("x")) + edge); part.setAttribute("y", edge); }
  const around = { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "system-ui, sans-serif", role: "img" };
  for (const [name, value] of Object.entries(around)) whole.setAttribute(name, value);
  whole.append(title, desc, ground, ...parts);
  return { text: `${new XMLSerializer().serializeToString(whole)}\n`, width, height };
}

// A copy that looks the same without a style sheet, and does nothing: no links, no scripts, no names.
function still(node, before) {
  const style = getComputedStyle(node);
  // The parts of a map that is not shown now are drawn by their own style.
  if (before && style.display === "none") return null;
  const copy = document.createElementNS(SVG, node.localName === "a" ? "g" : node.localName);
  for (const name of KEPT) if (node.hasAttribute(name)) copy.setAttribute(name, node.getAttribute(name));
  if (["title", "desc"].includes(node.localName)) {
    copy.textContent = node.textContent;
    return copy;
  }
  for (const [name, initial] of Object.entries(INHERITED))
    if (style.getPropertyValue(name) !== (before ? before.getPropertyValue(name) : initial))
      colour(copy, name, style.getPropertyValue(name));
  for (const [name, initial] of Object.entries(OWN)) {
    const value = style.getPropertyValue(name);
    if (value !== initial) copy.setAttribute(name.replace("-line", ""), value);
  }
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      if (["text", "tspan"].includes(node.localName)) copy.append(child.textContent);
    } else if (child.namespaceURI === SVG && !["script", "style", "foreignObject"].includes(child.localName)) {
      const made = still(child, style);
      if (made) copy.append(made);
    }
  }
  return copy;
}

// Programs that draw know colours as #rrggbb, and how much shines through by itself.
function colour(copy, name, value) {
  const found = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(value);
  const hex = found && `#${found.slice(1, 4).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  copy.setAttribute(name, hex ?? value);
  if (found?.[4]) copy.setAttribute(`${name}-opacity`, found[4]);
}

async function raster(figure) {
  const { text, width, height } = drawn(figure);
  const scale = Math.min(2, MOST_SIDE / width, MOST_SIDE / height, Math.sqrt(MOST_AREA / (width * height)));
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("no picture");
  save(fileName(figure, "png"), blob, "image/png");
}

// --- tables ---------------------------------------------------------------------------

// As it is shown: its order, and without what is filtered out. A column that is sorted by exact
// values has these in a column of their own beside what is read.
function csv(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden);
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  const exact = heads.map((_, column) => rows.some((row) => {
    const cell = row.cells[column];
    return cell?.dataset.value && cell.dataset.value !== plain(words(cell));
  }));
  // A column of pictures has nothing to say.
  const says = heads.map((_, column) => rows.some((row) => row.cells[column] && words(row.cells[column])));
  const line = (cells, first, second) =>
    cells.flatMap((cell, column) => [...(says[column] ? [first(cell)] : []), ...(exact[column] ? [second(cell)] : [])]);
  const named = line(heads, words, (head) => {
    const { unit } = head.dataset;
    const name = words(head);
    return unit ? tr("{name} (exact, {unit})", { name, unit }) : tr("{name} (exact)", { name });
  });
  const lines = rows.map((row) => line([...row.cells], words, (cell) => cell.dataset.value ?? ""));
  // The mark at the beginning tells spreadsheets that this is UTF-8.
  return `\ufeff${[named, ...lines].map((cells) => cells.map(field).join(",")).join("\r\n")}\r\n`;
}

function words(cell) {
  const copy = cell.cloneNode(true);
  for (const part of copy.querySelectorAll("svg, [hidden]")) part.remove();
  // What stands apart on the screen stands apart here.
  for (const part of copy.querySelectorAll("div, p, li, br, .tag")) { part.before("\v"); part.after("\v"); }
  const parts = copy.textContent.replace(/[^\S\v]+/g, " ").split("\v");
  return parts.map((part) => part.trim()).filter(Boolean).join("; ");
}

const QUOTED = /[",\r\n]|^\s|\s$/;
// What a spreadsheet would take for a formula is text to it, unless it is a number.
function field(shown) {
  const text = plain(shown);
  const number = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
  const safe = /^[=+\-@\t\r＝＋－＠]/.test(text) && !number ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// --- the link to this view --------------------------------------------------------------

function linkButton(kind = "") {
  const made = button(tr("Copy a link to this view"), async () => {
    made.parentElement.querySelector(".take-address")?.remove();
    const address = viewAddress();
    try {
      await navigator.clipboard.writeText(address);
      made.textContent = tr("Link copied");
      setTimeout(() => (made.textContent = tr("Copy a link to this view")), 3000);
    } catch {
      // Without leave to write there, the reader copies it.
      const input = document.createElement("input");
      input.className = "take-address";
      input.readOnly = true;
      input.value = address;
      input.setAttribute("aria-label", tr("The link to this view"));
      made.after(input);
      input.select();
      input.focus();
    }
  });
  made.className = kind;
  return made;
}

// Parts of a page are named by what is around them, so that a link outlives a new version of the page.
function nameOf(part) {
  const around = part.closest("[id], [aria-labelledby]");
  const name = around.getAttribute("aria-labelledby") || around.id;
  const same = [...around.querySelectorAll(part.localName)].filter((other) => other.closest("[id], [aria-labelledby]") === around);
  const place = around === part ? 0 : same.indexOf(part);
  return place ? `${name}~${place}` : name;
}

function viewAddress() {
  const address = new URL(location.href);
  for (const name of PARAMETERS) address.searchParams.delete(name);
  const add = (name, value) => address.searchParams.append(name, value);
  for (const head of document.querySelectorAll("table[data-sortable] th[aria-sort]"))
    add("sort", `${nameOf(head.closest("table"))}:${head.cellIndex}:${head.getAttribute("aria-sort")}`);
  for (const input of document.querySelectorAll(".filter input"))
    if (input.value) add("filter", `${nameOf(input)}:${input.value}`);
  for (const [part, open] of asWritten) if (part.open !== open) add(part.open ? "open" : "shut", nameOf(part));
  for (const figure of document.querySelectorAll("figure.map[data-view]"))
    add("view", `${figure.dataset.map}:${figure.dataset.view}`);
  return address.href;
}

function restore() {
  const asked = new URLSearchParams(location.search);
  const each = (name, parts, act) => {
    for (const value of asked.getAll(name)) {
      const [own, ...rest] = value.split(":");
      const part = parts.find(([found]) => found === own)?.[1];
      if (part) act(part, rest);
    }
  };
  const all = (selector, name = nameOf) => [...document.querySelectorAll(selector)].map((part) => [name(part), part]);
  each("sort", all("table[data-sortable]"), (table, [column, direction]) => {
    const head = table.tHead.rows[0].cells[Number(column)];
    const press = head?.querySelector("button");
    for (let times = 0; press && times < 2 && head.getAttribute("aria-sort") !== direction; times += 1) press.click();
  });
  each("filter", all(".filter input"), (input, rest) => {
    input.value = rest.join(":");
    input.dispatchEvent(new Event("input"));
  });
  const parts = [...asWritten.keys()].map((part) => [nameOf(part), part]);
  each("open", parts, (part) => (part.open = true));
  each("shut", parts, (part) => (part.open = false));
  each("view", all("figure.map", (figure) => figure.dataset.map), (figure, rest) =>
    figure.dispatchEvent(new CustomEvent("vsmdocs:view", { detail: rest.join(":") })));
}

// One step in all its places: hover, focus or click marks its box, its part of the ladder, its row and
// its bar in the ranking at once, and a card beside the box has its figures, who said them and when.
const SHOW = 120; // milliseconds: who only passes over a map sees no cards
const HIDE = 320; // long enough to get into the card

for (const figure of document.querySelectorAll("figure.map[data-map]")) follow(figure);

function follow(figure) {
  const region = figure.querySelector(".map-scroll");
  const steps = [...figure.querySelectorAll(".map-canvas .step")];
  if (!steps.length) return;
  const told = [...figure.querySelectorAll(".cards > .card-step")];
  const parts = new Map(steps.map((step, place) => [step, partsOf(step, told[place])]));
  const owners = new Map(); // what else stands for a step
  for (const [step, { places }] of parts) for (const place of places) owners.set(place, step);
  let chosen = null;
  let shown = null; // the step that the card is about
  let timer = 0;
  const card = document.createElement("div");
  card.className = "step-card";
  card.hidden = true;
  card.setAttribute("role", "dialog");
  figure.append(card);

  for (const step of steps) {
    if (step.matches("a")) continue;
    // A step without a row to lead to is a button that opens its card.
    step.setAttribute("role", "button");
    step.setAttribute("tabindex", "0");
  }

  // --- marks ------------------------------------------------------------------------

  function partsOf(step, item) {
    const id = step.dataset.step;
    const [page, fragment] = (step.getAttribute("href") ?? "").split("#");
    const here = new URL(page, location.href).pathname === location.pathname;
    const row = page && here ? document.getElementById(fragment) : null;
    const places = [...figure.querySelectorAll(`[data-rung="${CSS.escape(id)}"]`)];
    if (row) places.push(row, ...document.querySelectorAll(`.rank [data-step="${CSS.escape(id)}"]`));
    return { id, row, item, places, fragment: fragment ?? `${figure.dataset.map}-step-${id}` };
  }

  function mark(marked) {
    for (const [step, { places }] of parts) {
      for (const place of [step, ...places]) place.classList.toggle("picked", step === marked);
      if (step === chosen) step.setAttribute("aria-current", "true");
      else step.removeAttribute("aria-current");
    }
  }

  function choose(step) {
    chosen = step;
    mark(step);
    if (step) figure.dataset.chosen = parts.get(step).id;
    else delete figure.dataset.chosen;
    const address = step ? `#${parts.get(step).fragment}` : location.pathname + location.search;
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // Where the address may not be changed, the choice lasts for this page.
    }
  }

  // --- the card ---------------------------------------------------------------------

  function open(step) {
    clearTimeout(timer);
    if (shown !== step) {
      shown = step;
      card.replaceChildren(...contents(step, parts.get(step)));
      const title = card.querySelector(".step-card-title");
      card.setAttribute("aria-label", title.textContent);
      card.scrollTop = 0;
    }
    card.hidden = false;
    place();
    mark(step);
  }

  function close() {
    clearTimeout(timer);
    const inside = card.contains(document.activeElement);
    if (inside) shown.focus({ preventScroll: true });
    card.hidden = true;
    shown = null;
    mark(chosen);
  }

  function later(what, after) {
    clearTimeout(timer);
    timer = setTimeout(what, after);
  }

  function place() {
    const frame = figure.getBoundingClientRect();
    const box = (shown.querySelector(".box") ?? shown).getBoundingClientRect();
    const view = region.getBoundingClientRect();
    if (box.right < view.left || box.left > view.right || box.bottom < view.top || box.top > view.bottom) {
      card.hidden = true;
      return;
    }
    card.style.maxHeight = "";
    const [width, height] = [card.offsetWidth, card.offsetHeight];
    const edge = Math.min(frame.right, document.documentElement.clientWidth - 8);
    const gap = 18;
    let left = Math.max(Math.min(box.left, edge - width), frame.left);
    let top = box.bottom + gap;
    if (top + height > innerHeight) {
      // Where it would leave the window below, it goes beside its box, or else above it.
      const right = box.right + gap + width <= edge;
      if (right || box.left - gap - width >= frame.left) {
        left = right ? box.right + gap : box.left - gap - width;
        top = Math.max(Math.min(box.top, innerHeight - height - 8), 8);
      } else if (box.top - gap - height >= 0) {
        top = box.top - gap - height;
      } else {
        // Nowhere whole: it scrolls, below or above.
        const room = [innerHeight - box.bottom - gap - 8, box.top - gap - 8];
        const most = Math.max(...room, 140);
        card.style.maxHeight = `${most}px`;
        if (room[1] > room[0]) top = box.top - gap - Math.min(height, most);
      }
    }
    card.style.left = `${left - frame.left}px`;
    card.style.top = `${top - frame.top}px`;
  }

  // --- events -----------------------------------------------------------------------

  const stepAt = (target) => target.closest?.(".map-canvas .step");

  figure.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || event.buttons) return;
    const step = stepAt(event.target);
    if (step) later(() => open(step), shown ? SHOW : SHOW * 2);
    else if (card.contains(event.target)) clearTimeout(timer);
    else if (!owners.has(event.target.closest("[data-rung]"))) leave();
  });
  figure.addEventListener("pointerleave", leave);
  function leave() {
    const held = card.contains(document.activeElement) || (chosen && shown === chosen);
    if (shown && !held) later(close, HIDE);
    else clearTimeout(timer);
  }

  region.addEventListener("focusin", (event) => {
    const step = stepAt(event.target);
    // A click focuses as well, and opens the card by itself.
    if (!step || !step.matches(":focus-visible")) return;
    // Chromium leaves a part of a drawing where it is, though it lies outside of what is in sight.
    step.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    open(step);
  });
  region.addEventListener("focusout", (event) => {
    if (event.relatedTarget && card.contains(event.relatedTarget)) return;
    if (shown && shown !== chosen) close();
  });
  region.addEventListener("scroll", () => shown && place(), { passive: true });
  addEventListener("resize", () => shown && place());
  addEventListener("scroll", () => { if (shown && card.hidden) open(shown); }, { passive: true });

  region.addEventListener("click", (event) => {
    const step = stepAt(event.target);
    // Modified clicks are the link's own.
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!step) {
      if (chosen) choose(null);
      if (shown) close();
      return;
    }
    event.preventDefault();
    choose(step);
    open(step);
    if (!event.detail) enter();
  });

  function enter() {
    (card.querySelector("a") ?? card).focus({ preventScroll: true });
  }

  // Wherever the focus is, for a card that the mouse opened. The nearest thing goes first: the card,
  // then the choice, and then full screen.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const within = figure.contains(document.activeElement);
    if (!shown && !(chosen && within)) return;
    event.preventDefault();
    if (shown) close();
    else choose(null);
  }, { capture: true });

  figure.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const step = stepAt(event.target);
    if (!step) return;
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (along) {
      event.preventDefault();
      event.stopPropagation();
      steps[steps.indexOf(step) + along]?.focus();
    } else if (event.key === " " || (event.key === "Enter" && !step.matches("a"))) {
      event.preventDefault();
      choose(step);
      open(step);
      enter();
    }
  });

  // The card stands after the picture; its place in the order of Tab is after its step.
  card.tabIndex = -1;
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const links = [...card.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const beyond = event.shiftKey ? at <= 0 : at === links.length - 1;
    const next = event.shiftKey ? shown : steps[steps.indexOf(shown) + 1];
    if (!beyond || !next) return;
    event.preventDefault();
    if (shown === chosen) hide();
    next.focus();
  });
  card.addEventListener("focusout", (event) => {
    if (!card.contains(event.relatedTarget) && event.relatedTarget && shown !== chosen) close();
  });
  function hide() {
    card.hidden = true;
    shown = null;
  }

  // --- from the other places to the picture --------------------------------------------

  for (const [place, step] of owners) {
    place.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") mark(step); });
    place.addEventListener("pointerleave", () => mark(shown ?? chosen));
    place.addEventListener("click", (event) => {
      if (event.target.closest("a, button") || String(getSelection())) return;
      choose(step);
    });
    // Chromium lets Tab stop at a part of a drawing that listens for the focus.
    if (place instanceof SVGElement) continue;
    place.addEventListener("focusin", () => mark(step));
    place.addEventListener("focusout", () => mark(shown ?? chosen));
  }

  function restore() {
    const wanted = decoded(location.hash);
    const [step, part] = [...parts].find(([, { fragment }]) => `#${fragment}` === wanted) ?? [];
    if (!step) return;
    chosen = step;
    figure.dataset.chosen = part.id;
    mark(step);
    // An address leads to the row, unless it is of a view or there is none on this page.
    const views = new URLSearchParams(location.search).getAll("view");
    if (part.row && !views.some((view) => view.startsWith(`${figure.dataset.map}:`))) return;
    if (!part.row) step.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    requestAnimationFrame(() => open(step));
  }
  addEventListener("hashchange", restore);
  addEventListener("load", restore);
}

function decoded(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

// --- what is in a card ----------------------------------------------------------------

function contents(step, { row, item }) {
  const title = make("p", "step-card-title");
  title.append(text(row?.querySelector("th > span") ?? item.querySelector(".card-name")));
  for (const tag of row?.querySelectorAll("th > .tag") ?? item.querySelectorAll(".tag"))
    title.append(" ", tag.cloneNode(true));
  const found = [title];
  const owner = item.querySelector(".card-owner");
  if (owner) found.push(para("step-card-owner", text(owner)));
  found.push(row ? figures(row) : summary(item));
  if (step.matches("a")) {
    const link = make("a", "step-card-more");
    link.href = step.getAttribute("href");
    link.textContent = row ? tr("All figures of this step") : tr("All figures, and who said them");
    found.push(para("step-card-foot", link));
  }
  return found;
}

// Out of the tables of the page: each number, and from the row that it links to who said it.
function figures(row) {
  const list = make("dl", "step-card-figures");
  const heads = row.closest("table").tHead.rows[0].cells;
  const end = [...heads].findIndex((head) => head.dataset.more !== undefined);
  for (const cell of row.querySelectorAll("td.num[data-label]")) {
    if (!cell.textContent.trim() || cell.cellIndex >= end) continue;
    const said = cell.querySelector("a.said");
    const name = make("dt");
    name.textContent = cell.dataset.label;
    const value = make("dd");
    const number = make("b");
    number.append(cell.textContent.trim());
    value.append(number);
    const source = said && document.getElementById(said.hash.slice(1));
    if (source) value.append(who(source, said.classList.contains("stale")));
    list.append(name, value);
  }
  return list;
}

function who(source, stale) {
  // After the step, its number, the value and the one before.
  const [since, aged, by, based] = [...source.cells].slice(4);
  const line = make("span", "step-card-said");
  const link = since.querySelector("a");
  line.append(...tr_parts("since {date}", { date: link ? copied(link) : since.textContent.trim() }));
  const age = aged.querySelector(".age")?.textContent.trim();
  if (age) line.append(` (${age})`);
  const author = by.textContent.trim();
  if (author) line.append(", ", isolated(author));
  if (based.textContent.trim()) line.append(", ", inside(make("bdi"), based));
  if (stale) {
    const why = aged.querySelector(".tag + .small");
    const tag = make("span", "tag warm");
    tag.textContent = tr("stale");
    if (why) tag.title = why.textContent;
    line.append(" ", tag);
  }
  return line;
}

// Out of the list of steps that narrow windows have, where the page has no tables.
function summary(item) {
  const list = make("div", "step-card-summary");
  const wait = item.querySelector(".card-wait");
  if (wait) list.append(inside(make("p", "step-card-wait"), wait));
  const numbers = item.querySelector(".card-figures");
  if (numbers) list.append(inside(make("p", "card-figures"), numbers));
  for (const note of item.querySelectorAll(".card-note")) list.append(para("step-card-said", text(note)));
  return list;
}

function make(kind, style = "") {
  const element = document.createElement(kind);
  if (style) element.className = style;
  return element;
}

function para(style, ...nodes) {
  const element = make("p", style);
  element.append(...nodes);
  return element;
}

function inside(target, source) {
  target.append(...source.cloneNode(true).childNodes);
  return target;
}

function isolated(words) {
  const element = make("bdi");
  element.textContent = words;
  return element;
}

function text(source) {
  const element = make("span");
  element.dir = "auto";
  element.textContent = source.textContent.trim();
  return element;
}

function copied(link) {
  const element = make("a");
  element.href = link.href;
  element.textContent = link.textContent;
  return element;
}

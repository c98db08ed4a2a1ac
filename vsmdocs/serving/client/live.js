// Put into every page by `vsmdocs serve`, and into no published one: the page hears when it changed,
// is loaded anew at the very place where the reader was, and shows what has to be mended.
"use strict";
{
  const own = document.currentScript;
  const KEEP = "vsmdocs-place";
  const HIDE = "vsmdocs-hidden";

  // --- the reader's place ------------------------------------------------------

  const squeeze = (text) => (text ?? "").replace(/\s+/g, " ").trim().slice(0, 100);
  const wordsOf = (element) => {
    for (const name of ["href", "name", "aria-label", "aria-labelledby"])
      if (element.getAttribute(name)) return element.getAttribute(name);
    if (element.localName === "details") return element.querySelector("summary")?.textContent;
    if (element.matches("a, button, summary")) return element.textContent;
    return element.getAttribute("class");
  };
  const nameOf = (element) => (element.id ? `#${element.id}` : squeeze(wordsOf(element)));
  const alike = (kind, name) => [...document.querySelectorAll(kind)].filter((one) => nameOf(one) === name);
  // An element by what it is called and, of those called so, by its number: so it is found again
  // where others came before it.
  const addressOf = (element) => {
    const [kind, name] = [CSS.escape(element.localName), nameOf(element)];
    return [kind, name, alike(kind, name).indexOf(element)];
  };
  const at = ([kind, name, number]) => {
    const found = alike(kind, name);
    return found[number] ?? found.at(-1);
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isSet = (field) =>
    field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked
    : field.localName === "select" ? ![...field.options].every((o) => o.selected === o.defaultSelected)
    : field.value !== field.defaultValue;

  function place() {
    // What stood at the top of the window stays there, whatever came above it.
    const anchor = all("main [id]").find((one) => one.getBoundingClientRect().top >= 0 && one.getClientRects().length);
    const focus = document.activeElement;
    return {
      path: location.pathname,
      x: scrollX,
      y: scrollY,
      anchor: anchor && scrollY > 0 ? { id: anchor.id, top: anchor.getBoundingClientRect().top } : null,
      focus: focus && focus !== document.body ? addressOf(focus) : null,
      caret: focus?.matches("textarea, input[type=search], input[type=text]") ? [focus.selectionStart, focus.selectionEnd] : null,
      details: all("details").map((one) => [addressOf(one), one.open]),
      dialogs: all("dialog[open]").map((one) => [addressOf(one), one.matches(":modal")]),
      fields: all("input, select, textarea").filter(isSet).map((one) => [addressOf(one), one.value, one.checked]),
      pressed: all("[aria-pressed], [aria-expanded]").map((one) => [addressOf(one), one.ariaPressed ?? one.ariaExpanded]),
      sorted: all("th[aria-sort]").map((one) => [addressOf(one.closest("table")), one.cellIndex, one.getAttribute("aria-sort")]),
      views: all("[data-view]").map((one) => [addressOf(one), one.dataset.view]),
      scrolled: all("main *").filter((one) => one.scrollLeft || one.scrollTop).map((one) => [addressOf(one), one.scrollLeft, one.scrollTop]),
    };
  }

  function lookBack(was) {
    // How close a map is looked at, as a link to the view says it as well.
    for (const [address, view] of was.views) at(address)?.dispatchEvent(new CustomEvent("vsmdocs:view", { detail: view }));
    for (const [address, left, top] of was.scrolled) at(address)?.scrollTo({ left, top, behavior: "instant" });
    const anchor = was.anchor && document.getElementById(was.anchor.id);
    const top = anchor ? scrollY + anchor.getBoundingClientRect().top - was.anchor.top : was.y;
    scrollTo({ left: was.x, top, behavior: "instant" });
  }

  function putBack(was) {
    for (const [address, open] of was.details) {
      const one = at(address);
      if (one) one.open = open;
    }
    for (const [address, modal] of was.dialogs) {
      const one = at(address);
      if (one && !one.open) modal ? one.showModal() : one.show();
    }
    for (const [address, value, checked] of was.fields) {
      const one = at(address);
      if (!one || one.type === "file") continue;
      one.value = value;
      if (checked !== undefined) one.checked = checked;
      for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    for (const [address, state] of was.pressed) {
      const one = at(address);
      if (one && (one.ariaPressed ?? one.ariaExpanded) !== state) one.click();
    }
    for (const [address, column, order] of was.sorted) {
      const head = at(address)?.tHead?.rows[0]?.cells[column];
      for (let n = 0; n < 2 && head && head.getAttribute("aria-sort") !== order; n++) head.querySelector("button")?.click();
    }
    const focus = was.focus && at(was.focus);
    if (focus) {
      focus.focus({ preventScroll: true });
      if (was.caret) focus.setSelectionRange(...was.caret);
    }
    lookBack(was);
  }

  function kept() {
    try {
      const was = JSON.parse(sessionStorage.getItem(KEEP));
      sessionStorage.removeItem(KEEP);
      return was?.path === location.pathname ? was : null;
    } catch {
      return null;
    }
  }

  function again() {
    try {
      sessionStorage.setItem(KEEP, JSON.stringify(place()));
    } catch {
      // Without storage the browser still keeps how far the page was scrolled.
    }
    location.reload();
  }

  const was = kept();
  if (was) {
    putBack(was);
    // Once more when the browser has put back what it remembers itself; not where the reader went on.
    let moved = false;
    for (const kind of ["wheel", "keydown", "pointerdown", "touchstart"]) addEventListener(kind, () => { moved = true; }, { once: true });
    addEventListener("load", () => requestAnimationFrame(() => { if (!moved) lookBack(was); }));
  }

  // --- what has to be mended ----------------------------------------------------

  const make = (kind, text, kindOfText) => {
    const made = document.createElement(kind);
    if (text) made.textContent = text;
    if (kindOfText) made.className = kindOfText;
    return made;
  };
  const host = make("div");
  host.id = ":vsmdocs";
  host.popover = "manual";
  const shade = host.attachShadow({ mode: "open" });
  const style = make("link");
  style.rel = "stylesheet";
  style.href = new URL("live.css", own.src).href;
  const alert = make("div");
  alert.setAttribute("role", "alert");
  const panel = make("section");
  panel.setAttribute("aria-labelledby", "title");
  const pill = make("button");
  pill.type = "button";
  pill.className = "pill";
  shade.append(style, panel, pill, alert);
  panel.hidden = pill.hidden = true;
  let shown = "";

  const hidden = () => {
    try {
      return sessionStorage.getItem(HIDE);
    } catch {
      return null;
    }
  };
  function hide(yes) {
    try {
      yes ? sessionStorage.setItem(HIDE, shown) : sessionStorage.removeItem(HIDE);
    } catch {
      // Then it is shown again on the next page.
    }
    const inside = shade.activeElement;
    panel.hidden = yes;
    pill.hidden = !yes;
    if (inside) (yes ? pill : panel.querySelector("button")).focus();
  }
  pill.addEventListener("click", () => hide(false));
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(true); });

  function excerpt(error) {
    const line = make("pre");
    line.dir = "auto";
    const signs = [...error.line];
    const to = error.to > error.from ? error.to : error.from + 1;
    line.append(signs.slice(0, error.from - 1).join(""), make("mark", signs.slice(error.from - 1, to - 1).join("")), signs.slice(to - 1).join(""));
    return line;
  }
  function entry(error) {
    const item = make("li");
    const head = make("p", "", "place");
    if (error.place) head.append(make("b", error.place), " ");
    if (error.rule) head.append(make("code", error.rule));
    const message = make("p", error.message, "message");
    message.dir = "auto";
    if (head.childNodes.length) item.append(head);
    item.append(message);
    if (error.line.trim() && error.from) item.append(excerpt(error));
    if (error.hint) {
      const hint = make("p", error.hint, "hint");
      hint.dir = "auto";
      item.append(hint);
    }
    return item;
  }

  function show(title, about, errors, more) {
    const now = JSON.stringify([title, about, errors]);
    if (now === shown) return;
    shown = now;
    if (!title) {
      panel.hidden = pill.hidden = true;
      panel.replaceChildren();
      alert.textContent = "";
      hide(false);
      panel.hidden = true;
      return;
    }
    const close = make("button", "Hide");
    close.type = "button";
    close.addEventListener("click", () => hide(true));
    const head = make("header");
    const heading = make("h2", title);
    heading.id = "title";
    head.append(heading, close);
    const list = make("ol");
    list.append(...errors.map(entry));
    panel.replaceChildren(head, make("p", about, "about"), list);
    if (more > 0) panel.append(make("p", `... and ${more} more: vsmdocs check shows them.`, "about"));
    pill.textContent = title;
    // Said once to those who do not see it, and not read out again when it is opened.
    alert.textContent = `${title}. ${errors.map((one) => `${one.place} ${one.message}`).slice(0, 1).join("")}`;
    panel.hidden = now === hidden();
    pill.hidden = !panel.hidden;
    // Over a map in full screen as well, where the browser knows how.
    host.hidePopover?.();
    host.showPopover?.();
  }
  document.body.append(host);

  // --- the line on which the page hears of it -------------------------------------

  const words = (count) => (count === 1 ? "1 error" : `${count} errors`);
  function heard(told) {
    host.dataset.page = told.page;
    if (told.page === "new") {
      // What is told besides, the page hears again.
      again();
      return;
    }
    if (told.page === "gone" && told.built)
      show("This page is gone", "What it was made from is not there any more or is called something else. The last version is still on screen.", told.errors, told.count - told.errors.length);
    else if (!told.built)
      show(told.count > 1 ? words(told.count) : "No new site could be made", "The pages are as they were before this.", told.errors, told.count - told.errors.length);
    else if (told.count)
      show(words(told.count), "Maps with errors are left out, or shown as they last were without any.", told.errors, told.count - told.errors.length);
    else show("", "", [], 0);
  }

  let line = null;
  let lost = 0;
  function listen() {
    line?.close();
    line = null;
    // A browser has few lines to one server: who is not looked at gives theirs to others, and hears
    // how things are on coming back.
    if (document.visibilityState === "hidden") return;
    const address = new URL("news", own.src);
    address.searchParams.set("page", decodeURIComponent(location.pathname));
    address.searchParams.set("seen", own.dataset.seen);
    line = new EventSource(address);
    line.addEventListener("open", () => { clearTimeout(lost); host.dataset.line = "open"; });
    line.addEventListener("message", (event) => heard(JSON.parse(event.data)));
    line.addEventListener("error", () => {
      host.dataset.line = "lost";
      clearTimeout(lost);
      lost = setTimeout(() => show("vsmdocs serve has ended", "This page no longer follows the maps. It will again when the server is back.", [], 0), 3000);
    });
  }
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { line?.close(); clearTimeout(lost); });
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  listen();
}

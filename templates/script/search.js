// Search: in a dialog on every page, in place on the page of everything. What is searched is a
// script of its own, loaded when somebody begins; vsmdocs/rendering/pages/search_index.py writes it.
const link = document.querySelector("a.find");
const here = document.getElementById("find-here");
const TEXT = {
  label: tr("Find streams, steps, teams, improvements, changes"),
  results: tr("Results"),
  kinds: {
    stream: tr("Streams"), step: tr("Steps"), owner: tr("Owners"), improvement: tr("Improvements"), change: tr("Changes"),
    page: tr("Pages, tags, systems, terms"),
  },
  loading: tr("Loading…"),
  failed: tr("The search could not be loaded."),
  none: tr("Nothing found. Fewer or other words may help."),
  some: (count) =>
    tr_n("Nothing has all of these words. {n} result with some of them.",
      "Nothing has all of these words. {n} results with some of them.", count, { n: counted(count) }),
  count: (count) => tr_n("{n} result", "{n} results", count, { n: counted(count) }),
  more: (count) => tr("{n} more: a further word tells them apart.", { n: counted(count) }),
  all: (count) => tr_n("All {n} result", "All {n} results", count, { n: counted(count) }),
  streams: (count) => tr_n("in {n} stream", "in {n} streams", count),
  keys: tr("↑ ↓ choose, Enter opens, Esc closes"),
  slash: tr("The key / opens this"),
  everything: tr("Everything on one page"),
  share: tr("Link to these results"),
  close: tr("Close"),
  find: tr("Find"),
};
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const attributes = (element, values) => {
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  return element;
};

// --- words ------------------------------------------------------------------------

const LETTERS = {
  ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", æ: "ae", œ: "oe", þ: "th", ı: "i",
  // At the end of a word some have another shape, which they lose when the word grows.
  ς: "σ", ך: "כ", ם: "מ", ן: "נ", ף: "פ", ץ: "צ",
};
const fold = (text) =>
  text.normalize("NFKD").toLowerCase().replace(/[\p{M}"'׳״]/gu, "").replace(/[ßøłđðæœþıςךםןףץ]/g, (letter) => LETTERS[letter]);
// Within a Hebrew word, quotes say that it is short for others.
const WORD = /(?:[\p{L}\p{N}\p{M}]|(?<=\p{sc=Hebrew})["'׳״](?=\p{sc=Hebrew}))+/gu;
const wordsOf = (text) => text.match(WORD) ?? [];
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const cut = (word) => [...word].slice(0, 24).join("");
// Where words are not parted by spaces, each end of a run is one, so that its beginnings are found.
const ends = (word) => (UNSPACED.test(word) ? [...word].map((_, at, all) => all.slice(at, at + 24).join("")) : bare(word));
// Hebrew writes "the", "and", "in", "to", "of" as first letters of the word that follows: up to two are looked behind.
const bare = (word) => [word, ...[1, 2].filter((most) => BOUND[most].test(word)).map((most) => word.slice(most))];
const BOUND = { 1: /^[והבלכמש]\p{sc=Hebrew}{3,}/u, 2: /^[והבלכמש]{2}\p{sc=Hebrew}{3,}/u };
const searchedFor = (text) => wordsOf(text).map((word) => (UNSPACED.test(word) ? cut(word) : word));

// --- what can be found --------------------------------------------------------------

function* entries([streams, owners, changes, pages]) {
  for (const [name, title, owner, words, states, steps, improvements] of streams) {
    const page = (at) => `streams/${name}/${states[at][0]}.html`;
    const where = (at) => `${title}, ${states[at][1]}`;
    yield { kind: "stream", title, href: `streams/${name}/index.html`, people: owner, words, weight: 1.5 };
    for (const [at, [, label]] of states.entries())
      yield { kind: "stream", title, href: page(at), place: label, where: label, weight: 0.9 };
    for (const [id, step, team, said, at] of steps)
      for (const one of at)
        yield { kind: "step", title: step, href: `${page(one)}#${states[one][0]}-step-${id}`, where: where(one), people: team, words: said, weight: one ? 0.9 : 1 };
    for (const [id, improvement, team, said, at, status, about] of improvements)
      for (const one of at)
        yield { kind: "improvement", title: improvement, href: `${page(one)}#improvement-${id}`, where: where(one), people: team, words: `${said} ${about}`, tag: status, weight: one ? 0.9 : 1 };
  }
  for (const [name, href, places] of owners)
    yield { kind: "owner", title: name, href, place: TEXT.streams(places.length), weight: 1.3 };
  for (const [title, href, where, words, date, author] of changes)
    yield { kind: "change", title, href, where, people: author, words, date, weight: 0.5 };
  for (const [title, href, what] of pages) yield { kind: "page", title, href, place: what, weight: 0.8 };
}

const root = link && new URL("..", link.href);
const run = (path) =>
  new Promise((loaded, failed) => {
    const script = make("script", { src: new URL(path, root).href, onload: loaded, onerror: failed });
    document.head.append(script);
  });
let loading;
const load = () => {
  loading ??= (async () => {
    // What the index is called now is asked every time, since pages may be older than it.
    await run(`assets/search.js?${Date.now()}`);
    await run(`assets/${globalThis.vsmdocsIndex}`);
    const all = [...entries(globalThis.vsmdocsSearch)].map((entry, id) => ({ ...entry, id }));
    const index = new globalThis.MiniSearch({
      fields: ["title", "people", "where", "words"],
      tokenize: (text) => wordsOf(text).flatMap(ends),
      processTerm: fold,
      searchOptions: {
        tokenize: searchedFor,
        boost: { title: 4, people: 2, where: 0.5 },
        boostDocument: (id) => all[id].weight,
        prefix: true,
        // Of six letters two may be wrong: as many as change when two are swapped.
        fuzzy: (term) => (term.length > 3 ? 0.25 : false),
        maxFuzzy: 2,
      },
    });
    await index.addAllAsync(all, { chunkSize: 1000 });
    return (query) => {
      let found = index.search(query, { combineWith: "AND" });
      const partly = !found.length && wordsOf(query).length > 1;
      if (partly) found = index.search(query, { combineWith: "OR" });
      const groups = new Map();
      for (const { id, terms } of found) {
        if (!groups.has(all[id].kind)) groups.set(all[id].kind, []);
        groups.get(all[id].kind).push({ ...all[id], matched: terms });
      }
      return { groups, count: found.length, partly };
    };
  })().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
};

// --- the box ------------------------------------------------------------------------

/** A title with what was typed in bold, or the whole word where that was a little different. */
const marked = ({ title, matched }, terms) => {
  const parts = [];
  let end = 0;
  for (const { 0: whole, index } of title.matchAll(WORD)) {
    const begun = (word) => terms.find((one) => fold(word).startsWith(one));
    const word = bare(whole).find(begun) ?? bare(whole).find((one) => matched.includes(fold(one)));
    if (!word) continue;
    const [begin, term] = [index + whole.length - word.length, begun(word) ?? fold(word)];
    let length = 1;
    while (length < word.length && fold(word.slice(0, length)).length < term.length) length += 1;
    parts.push(title.slice(end, begin), make("mark", { textContent: word.slice(0, length) }));
    end = begin + length;
  }
  return [...parts, title.slice(end)];
};
const shown = (entry, terms) => {
  const title = attributes(make("span", { className: "find-title" }, ...marked(entry, terms)), { dir: "auto" });
  const facts = [entry.date, entry.place ?? entry.where, entry.people].filter(Boolean);
  const line = make("span", { className: "find-where" });
  if (entry.tag) line.append(make("span", { className: "tag", textContent: entry.tag }), " ");
  facts.forEach((fact, at) => line.append(at ? " · " : "", make("bdi", { textContent: fact })));
  return [title, line];
};

let boxes = 0;
/** A field with its results below; `most` of each kind, and `whole` where the rest is shown. */
const makeBox = (most, whole, told) => {
  const id = `find-${(boxes += 1)}`;
  const input = attributes(make("input", { id, type: "text", autocomplete: "off", spellcheck: false, enterKeyHint: "go", maxLength: 200 }), {
    role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": `${id}-list`, "aria-describedby": `${id}-status`, dir: "auto",
  });
  const list = attributes(make("div", { id: `${id}-list`, className: "find-list", hidden: true }), { role: "listbox", "aria-label": TEXT.results });
  const status = attributes(make("p", { id: `${id}-status`, className: "find-status" }), { role: "status" });
  const label = make("label", { htmlFor: id, className: "visually-hidden", textContent: TEXT.label });
  input.placeholder = TEXT.label;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const activate = (option) => {
    for (const other of list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    // The first one with the heading above it.
    (option === options()[0] ? list.firstElementChild : option).scrollIntoView({ block: "nearest" });
    return undefined;
  };
  const option = (href, number, ...children) =>
    attributes(make("a", { id: `${id}-${number}`, href: new URL(href, root).href, tabIndex: -1 }, ...children), { role: "option", "aria-selected": "false" });
  const show = ({ groups, count, partly }, query) => {
    const terms = searchedFor(query).map(fold);
    let number = 0;
    list.replaceChildren();
    for (const [kind, found] of groups) {
      const name = make("div", { id: `${id}-${kind}`, className: "find-kind", textContent: TEXT.kinds[kind] });
      const group = attributes(make("div", {}, name), { role: "group", "aria-labelledby": name.id });
      for (const entry of found.slice(0, most)) group.append(option(entry.href, (number += 1), ...shown(entry, terms)));
      if (!whole && found.length > most) group.append(attributes(make("p", { className: "find-more", textContent: TEXT.more(found.length - most) }), { role: "presentation" }));
      list.append(group);
    }
    if (whole && number < count) list.append(option(whole(query), (number += 1), make("span", { className: "find-all", textContent: TEXT.all(count) })));
    status.textContent = partly && count ? TEXT.some(count) : count ? TEXT.count(count) : TEXT.none;
    open(count > 0);
    activate(options()[0]);
    input.closest(".find-box").dataset.shown = query;
  };
  const open = (yes) => {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
  };
  let asked = 0;
  const update = async () => {
    const query = plain(input.value).trim();
    const mine = (asked += 1);
    told(query);
    if (!query) {
      list.replaceChildren();
      status.textContent = "";
      open(false);
      return activate(null);
    }
    const waiting = setTimeout(() => { status.textContent = TEXT.loading; }, 150);
    try {
      const search = await load();
      // An older question may be answered later than a newer one.
      if (mine === asked) show(search(query), query);
    } catch {
      status.textContent = TEXT.failed;
    } finally {
      clearTimeout(waiting);
    }
    return undefined;
  };
  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const all = options();
    const at = all.findIndex((one) => one.ariaSelected === "true");
    if (event.key === "ArrowDown") activate(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp") activate(all[(at < 1 ? all.length : at) - 1]);
    else if (event.key === "Enter") {
      const { ctrlKey, metaKey, shiftKey } = event;
      all[at]?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
    } else return;
    event.preventDefault();
  });
  list.addEventListener("mousemove", (event) => {
    const one = event.target.closest("[role=option]");
    if (one && one.ariaSelected !== "true") {
      for (const other of list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
      one.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", one.id);
    }
  });
  return { input, list, update, parts: [label, input, status, list] };
};
const pageOf = (query) => `find/index.html${query ? `#q=${encodeURIComponent(query)}` : ""}`;

// --- where it stands ------------------------------------------------------------------

const KEY = "vsmdocs-find-key";
const slashOpens = () => {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
};
const makeDialog = () => {
  const everything = make("a", { href: new URL(pageOf(""), root).href, textContent: TEXT.everything });
  const box = makeBox(5, pageOf, (query) => {
    everything.href = new URL(pageOf(query), root).href;
    everything.textContent = query ? TEXT.share : TEXT.everything;
  });
  const close = make("button", { type: "button", className: "tool", textContent: TEXT.close });
  const slash = make("input", { type: "checkbox", checked: slashOpens() });
  slash.addEventListener("change", () => {
    try {
      if (slash.checked) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "off");
    } catch {
      // Without storage the key stays as it was.
    }
  });
  const [label, input, status, list] = box.parts;
  const foot = make("div", { className: "find-foot" },
    make("span", { className: "find-keys", textContent: TEXT.keys }), make("label", {}, slash, TEXT.slash), everything);
  const dialog = attributes(make("dialog", { className: "find-dialog" },
    make("div", { className: "find-box" }, make("div", { className: "find-head" }, label, input, close), status, list, foot)), { "aria-label": TEXT.find });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    // The ground around it is the dialog itself; a result may lead to a place on this page.
    const chosen = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (event.target === dialog || chosen) dialog.close();
  });
  document.body.append(dialog);
  return { dialog, input };
};
let made;
const openDialog = () => {
  made ??= makeDialog();
  if (!made.dialog.open) made.dialog.showModal();
  made.input.focus();
  made.input.select();
  load().catch(() => {});
};
/** On the page of everything: results in place of the lists, and the words in the address. */
const openHere = () => {
  const lists = document.getElementById("everything");
  const box = makeBox(50, null, (query) => {
    lists.hidden = query !== "";
    const wanted = query ? `#q=${encodeURIComponent(query)}` : "";
    if (asked() !== query) history.replaceState(null, "", `${location.pathname}${location.search}${wanted}`);
  });
  const asked = () => {
    try {
      return location.hash.startsWith("#q=") ? decodeURIComponent(location.hash.slice(3)) : "";
    } catch {
      return "";
    }
  };
  const follow = () => {
    if (asked() === plain(box.input.value).trim()) return;
    const place = asked() ? null : document.getElementById(location.hash.slice(1));
    box.input.value = asked();
    box.update();
    place?.scrollIntoView();
  };
  here.className = "find-box find-here";
  here.append(...box.parts);
  box.input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.input.value) return;
    box.input.value = "";
    box.update();
  });
  addEventListener("hashchange", follow);
  follow();
  return () => {
    box.input.focus();
    box.input.select();
  };
};

if (link) {
  const open = here ? openHere() : openDialog;
  const button = make("button", { type: "button", className: link.className }, ...link.childNodes);
  attributes(button, { "aria-keyshortcuts": "/ Control+K", ...(here ? {} : { "aria-haspopup": "dialog" }) });
  button.addEventListener("click", open);
  link.replaceWith(button);
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !command && !typing && slashOpens();
    if (!slash && !(command && !event.shiftKey && keyOf(event).toLowerCase() === "k")) return;
    event.preventDefault();
    open();
  });
}

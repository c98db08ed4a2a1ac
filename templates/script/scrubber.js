// Through time on the map itself: a strip to scale with a tick for each version that has a page. A
// step in time is a way from page to page, for from a disk nothing can be fetched; what the reader
// sees and does, such as scroll, zoom and focus, goes along.
const STATE = "vsmdocs-time";
const PACE = 2200; // milliseconds that a version stays while playing
const GLIDE = 450;
const MOST_GLIDING = 80; // steps; beyond that they only fade
const CLOSEST_TICKS = 5; // pixels
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const nav = document.querySelector("nav.time");
let state = null; // what the page before handed over
let left = false; // by a step in time

if (nav) {
  state = taken();
  document.addEventListener("vsmdocs:stops", ({ detail }) => strip(detail));
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-key]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const focus = document.activeElement === link ? link.dataset.key : "";
    keep({ focus });
  });
  document.addEventListener("DOMContentLoaded", arrive);
  // Every other way is no step in time: no movement there.
  addEventListener("pageswap", (event) => {
    if (!left) event.viewTransition?.skipTransition();
  });
  addEventListener("pagereveal", (event) => {
    if (!state || calm.matches) event.viewTransition?.skipTransition();
  });
}

// --- from page to page ------------------------------------------------------------------

function keep(more) {
  const figure = document.querySelector("figure.map");
  const canvas = figure?.querySelector(".map-canvas");
  const drawn = canvas && canvas.getBoundingClientRect().width > 0;
  const steps = drawn ? [...canvas.querySelectorAll(".step:not(.removed)")] : [];
  const places = steps.length <= MOST_GLIDING ? steps.map((step) => {
    const { left: x, top: y } = (step.querySelector(".box") ?? step).getBoundingClientRect();
    return [step.dataset.step, Math.round(x), Math.round(y)];
  }) : [];
  left = true;
  try {
    sessionStorage.setItem(STATE, JSON.stringify({
      at: Date.now(), strip: nav.getBoundingClientRect().top, view: figure?.dataset.view ?? "",
      chosen: figure?.dataset.chosen ?? "", places, ...more,
    }));
    return true;
  } catch {
    return false; // refused, as some browsers do on a disk
  }
}

function taken() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STATE));
    sessionStorage.removeItem(STATE);
    // Back and forth much later is no step.
    return kept && Date.now() - kept.at < 20_000 ? kept : null;
  } catch {
    return null;
  }
}

function arrive() {
  const figure = document.querySelector("figure.map");
  if (!state) return;
  if (state.view) figure?.dispatchEvent(new CustomEvent("vsmdocs:view", { detail: state.view }));
  scrollBy({ top: nav.getBoundingClientRect().top - state.strip, behavior: "instant" });
  if (state.focus) {
    const same = nav.querySelector(`[data-key="${state.focus}"]`);
    (same ?? nav.querySelector("a[data-key]"))?.focus({ preventScroll: true });
  }
  if (!calm.matches) glide(figure);
}

// Steps go from where they were to where they are.
function glide(figure) {
  const canvas = figure?.querySelector(".map-canvas");
  if (!canvas?.getBoundingClientRect().width) return;
  const scale = canvas.getBoundingClientRect().width / canvas.viewBox.baseVal.width;
  const before = new Map(state.places.map(([id, x, y]) => [id, [x, y]]));
  if (!before.size) return;
  const timing = { duration: GLIDE, easing: "ease-in-out" };
  for (const step of canvas.querySelectorAll(".step:not(.removed)")) {
    const was = before.get(step.dataset.step);
    if (!was) {
      step.animate({ opacity: [0, 1] }, timing);
      continue;
    }
    const is = (step.querySelector(".box") ?? step).getBoundingClientRect();
    const [x, y] = [(was[0] - is.left) / scale, (was[1] - is.top) / scale];
    if (Math.hypot(x, y) > 1) step.animate({ translate: [`${x}px ${y}px`, "0 0"] }, timing);
  }
}

// --- the strip ----------------------------------------------------------------------------

function strip({ from, below, present, stops }) {
  const known = stops.map(([id, time, date, milestones, headline]) => ({
    href: new URL(`${below}${id}.html`, from).href, time: Date.parse(time), date, milestones, headline,
  }));
  const span = known.at(-1).time - known[0].time;
  for (const stop of known) stop.at = span ? (stop.time - known[0].time) / span : 0;
  if (present) {
    // Now stands apart at the end: the newest version may be from today.
    for (const stop of known) stop.at *= 0.94;
    known.push({ href: new URL(present, from).href, date: tr("now"), milestones: [], headline: "", at: 1 });
  }
  const path = (address) => decodeURI(new URL(address).pathname);
  const here = known.findIndex((stop) => path(stop.href) === path(location.href));
  if (here < 0 || known.length < 2) return;

  const bar = add(nav, "div", "scrubber");
  const play = add(bar, "button", "tool time-play");
  play.type = "button";
  const track = add(bar, "div", "time-track");
  const line = add(track, "div", "time-line");
  const words = add(bar, "p", "time-words");
  words.setAttribute("aria-hidden", "true"); // the slider says it
  let laidFor = 0; // pixels
  describe(track);
  ticks();
  new ResizeObserver(() => { if (line.clientWidth !== laidFor) ticks(); }).observe(line);
  tell(here);

  function describe(slider) {
    const about = {
      role: "slider", tabindex: "0", "aria-label": tr("Version in time"), "aria-valuemin": "1",
      "aria-valuemax": known.length, "aria-orientation": "horizontal",
    };
    for (const [name, value] of Object.entries(about)) slider.setAttribute(name, value);
  }

  function ticks() {
    const width = laidFor = line.clientWidth;
    line.replaceChildren();
    let last = -Infinity;
    let free = -Infinity; // up to where names of milestones stand
    known.forEach((stop, place) => {
      const x = stop.at * width;
      const important = stop.milestones.length || place === here || place === known.length - 1;
      // No more than can be told apart; each is reached by keys and buttons all the same.
      if (!important && x - last < CLOSEST_TICKS) return;
      last = x;
      const tick = add(line, "span", "time-tick");
      if (stop.milestones.length) tick.classList.add("milestone");
      if (place === here) tick.classList.add("here");
      tick.style.setProperty("--at", stop.at);
      const isNow = present && place === known.length - 1;
      if (!stop.milestones.length && !isNow) return;
      const name = add(line, "bdi", "time-name");
      name.textContent = isNow ? tr("now") : stop.milestones.join(", ");
      name.style.setProperty("--at", stop.at);
      const reach = Math.min(name.offsetWidth, width) + 8;
      const begin = Math.max(Math.min(x - reach / 2, width - reach), 0);
      if (begin < free) name.remove();
      else {
        name.style.setProperty("--begin", `${begin}px`);
        free = begin + reach;
      }
    });
    add(line, "span", "time-thumb").style.setProperty("--at", known[here].at);
  }

  // Shows a stop: the present one, or the one under the pointer.
  function tell(place) {
    const stop = known[place];
    const thumb = line.querySelector(".time-thumb");
    thumb.style.setProperty("--at", stop.at);
    const number = present && place === known.length - 1 ? tr("The map as it is now")
      : tr("Version {number} of {count}, {date}", { number: place + 1, count: known.length - (present ? 1 : 0), date: stop.date });
    const marks = stop.milestones.length ? ` (${stop.milestones.join(", ")})` : "";
    const full = `${number}${marks}${stop.headline ? `: ${stop.headline}` : ""}`;
    words.replaceChildren();
    const head = add(words, "b", "");
    head.textContent = number;
    // What this version did, the page says itself.
    for (const more of [marks.trim(), place === here ? "" : stop.headline]) {
      words.append(" ");
      add(words, "bdi", "").textContent = more;
    }
    track.setAttribute("aria-valuenow", place + 1);
    track.setAttribute("aria-valuetext", full);
  }

  function go(place, more = {}) {
    if (place < 0 || place >= known.length || place === here) return;
    const kept = keep(more);
    const address = known[place].href + (more.play && !kept ? "#play" : "");
    // While playing, Back leads to where it was begun.
    if (more.play === "on") location.replace(address);
    else location.assign(address);
  }

  // --- by hand --------------------------------------------------------------------------

  const keys = {
    ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, Home: -Infinity, End: Infinity,
    PageUp: Math.ceil(known.length / 10), PageDown: -Math.ceil(known.length / 10),
  };
  track.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = keys[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    stop();
    go(Math.max(0, Math.min(known.length - 1, here + by)), { focus: "track" });
  });

  const nearest = (event) => {
    const frame = line.getBoundingClientRect();
    const at = (event.clientX - frame.left) / frame.width;
    let best = 0;
    known.forEach((stop, place) => {
      if (Math.abs(stop.at - at) < Math.abs(known[best].at - at)) best = place;
    });
    return best;
  };
  let dragging = false;
  track.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    stop();
    dragging = true;
    track.setPointerCapture(event.pointerId);
    tell(nearest(event));
  });
  track.addEventListener("pointermove", (event) => {
    if (dragging || event.pointerType === "mouse") tell(nearest(event));
  });
  track.addEventListener("pointerup", (event) => {
    if (!dragging) return;
    dragging = false;
    go(nearest(event), { focus: "track" });
  });
  const forget = () => { dragging = false; tell(here); };
  track.addEventListener("pointercancel", forget);
  track.addEventListener("pointerleave", () => { if (!dragging) tell(here); });
  track.addEventListener("blur", forget);

  // --- playing ----------------------------------------------------------------------------

  let timer = 0;
  let playing = false;
  show();
  play.addEventListener("click", () => {
    if (playing) return stop();
    playing = true;
    show();
    go(here === known.length - 1 ? 0 : here + 1, { play: "begun", focus: "play" });
  });
  nav.ownerDocument.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && playing) stop();
  });

  function show() {
    const label = playing ? tr("Stop playing") : tr("Play: step through the versions");
    play.title = label;
    play.setAttribute("aria-label", label);
    play.classList.toggle("playing", playing);
  }

  function stop() {
    clearTimeout(timer);
    playing = false;
    show();
    if (location.hash === "#play")
      history.replaceState(history.state, "", location.pathname + location.search);
  }

  function goOn() {
    if (!playing) return;
    // Nobody looks.
    if (document.hidden) timer = setTimeout(goOn, PACE);
    else go(here + 1, { play: "on", focus: document.activeElement === play ? "play" : "" });
  }

  document.addEventListener("DOMContentLoaded", () => {
    if (state?.focus === "track") track.focus({ preventScroll: true });
    if (state?.focus === "play") play.focus({ preventScroll: true });
    // An address alone starts nothing for who wants no movement.
    const asked = state?.play || (location.hash === "#play" && !calm.matches);
    if (!asked || here === known.length - 1) return;
    playing = true;
    show();
    timer = setTimeout(goOn, PACE);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) { left = false; stop(); } });
}

function add(parent, kind, style) {
  const element = document.createElement(kind);
  if (style) element.className = style;
  parent.append(element);
  return element;
}

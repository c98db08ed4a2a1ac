// Looking closer at a map: zoom, pan and full screen. What is zoomed is the drawing within the region
// that scrolls it, so that panning is scrolling: with keys, wheel and finger as anywhere else.
const CLOSEST = 4;
const STEP = 1.25;
// Lane names grow with the map up to here; further on they would only take its room.
const LANES = 1.25;

for (const figure of document.querySelectorAll("figure.map")) lookCloser(figure);

function lookCloser(figure) {
  const region = figure.querySelector(".map-scroll");
  const row = figure.querySelector(".map-row");
  const canvas = figure.querySelector(".map-canvas");
  const lanes = figure.querySelector(".map-lanes");
  let zoom = 1;
  let base; // sizes at a zoom of 1
  let before = ""; // the view before full screen
  let away = false; // whether a link leads out of full screen

  const buttons = tools([
    ["out", tr("Zoom out (−)"), () => scale(zoom / STEP)],
    ["reset", "", () => scale(1)],
    ["in", tr("Zoom in (+)"), () => scale(zoom * STEP)],
    ["full", tr("Full screen (f)"), () => toggle()],
  ]);
  figure.prepend(buttons.bar);
  show();

  // --- zoom ---------------------------------------------------------------------

  function measure() {
    const size = (e) => e.getBoundingClientRect();
    base = {
      canvas: size(canvas).width, height: size(canvas).height, lanes: lanes ? size(lanes).width : 0,
      row: size(row).width, region: region.offsetHeight,
    };
  }

  function farthest() {
    const fits = Math.min(region.clientWidth / base.row, 1);
    return isFull() ? Math.min(fits, region.clientHeight / base.height) : fits;
  }

  // What stays where it is when no pointer says so: the step that is marked, or the one nearest to
  // the middle of what can be seen, for between steps there is nothing to look at.
  function anchor() {
    const frame = region.getBoundingClientRect();
    const [left, right] = [lanes ? lanes.getBoundingClientRect().right : frame.left, frame.right];
    const [top, bottom] = [Math.max(frame.top, 0), Math.min(frame.bottom, innerHeight)];
    const middle = [(left + right) / 2, (top + bottom) / 2];
    let [best, least] = [middle, Infinity];
    for (const step of canvas.querySelectorAll(".step")) {
      const box = (step.querySelector(".box") ?? step).getBoundingClientRect();
      const at = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
      if (at[0] < left || at[0] > right || at[1] < top || at[1] > bottom) continue;
      const away = step.matches(".picked, :focus") ? -1 : Math.hypot(at[0] - middle[0], at[1] - middle[1]);
      if (away < least) [best, least] = [at, away];
    }
    return best;
  }

  // Keeps what lies under a point of the window in its place.
  function scale(wanted, x, y) {
    if (!region.clientWidth) return;
    if (zoom === 1) measure();
    if (x === undefined) [x, y] = anchor();
    const was = canvas.getBoundingClientRect();
    const part = [(x - was.left) / was.width, (y - was.top) / was.height];
    let next = Math.min(Math.max(wanted, farthest()), CLOSEST);
    if (Math.abs(next - 1) < 0.02) next = 1;
    set(next);
    const is = canvas.getBoundingClientRect();
    region.scrollLeft += is.left + part[0] * is.width - x;
    region.scrollTop += is.top + part[1] * is.height - y;
    show();
  }

  function set(next) {
    zoom = next;
    row.classList.toggle("zoomed", zoom !== 1);
    region.style.height = zoom === 1 || isFull() ? "" : `${base.region}px`;
    canvas.style.width = zoom === 1 ? "" : `${base.canvas * zoom}px`;
    if (!lanes) return;
    const names = Math.min(zoom, LANES);
    lanes.style.width = zoom === 1 ? "" : `${base.lanes * names}px`;
    lanes.style.height = zoom === 1 ? "" : `${base.height * zoom}px`;
    lanes.setAttribute("preserveAspectRatio", zoom > LANES ? "xMinYMin slice" : "xMidYMid meet");
    for (const text of lanes.querySelectorAll("text")) {
      const box = text.getBBox();
      text.style.transformOrigin = `0 ${box.y + box.height / 2}px`;
      text.style.transform = zoom > LANES ? `scale(${names / zoom})` : "";
    }
  }

  function show() {
    const percent = Math.round(zoom * 100);
    buttons.reset.dataset.zoom = `${percent}%`;
    name(buttons.reset, tr("Zoom is {percent} %: back to 100 % (0)", { percent }));
    region.classList.toggle(
      "pannable",
      region.scrollWidth > region.clientWidth + 1 || region.scrollHeight > region.clientHeight + 1,
    );
    remember();
  }

  // What restores this view: the zoom, and where in the drawing its middle is.
  function remember() {
    const is = canvas.getBoundingClientRect();
    const frame = region.getBoundingClientRect();
    if (!is.width || (zoom === 1 && !region.scrollLeft && !region.scrollTop)) {
      delete figure.dataset.view;
      return;
    }
    const x = (frame.left + region.clientWidth / 2 - is.left) / is.width;
    const y = (frame.top + region.clientHeight / 2 - is.top) / is.height;
    figure.dataset.view = [zoom, x, y].map((number) => number.toFixed(3)).join(",");
  }

  function restore(view) {
    const [wanted, x, y] = view.split(",").map(Number);
    if (![wanted, x, y].every(Number.isFinite)) return;
    scale(wanted);
    const is = canvas.getBoundingClientRect();
    const frame = region.getBoundingClientRect();
    region.scrollLeft += is.left + x * is.width - frame.left - region.clientWidth / 2;
    region.scrollTop += is.top + y * is.height - frame.top - region.clientHeight / 2;
    remember();
  }

  let waiting = false;
  region.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; remember(); });
  }, { passive: true });
  addEventListener("resize", () => {
    // Sizes at a zoom of 1 may be others now: taken once more, and the zoom put on them.
    if (zoom !== 1 && region.clientWidth) {
      const view = figure.dataset.view;
      set(1);
      if (view) restore(view);
    }
    show();
  });
  figure.addEventListener("vsmdocs:view", (event) => restore(event.detail));
  // A link to a view leads to its picture, and not to where the page begins.
  const views = new URLSearchParams(location.search).getAll("view");
  if (views.some((view) => view.startsWith(`${figure.dataset.map}:`)))
    addEventListener("load", () => figure.scrollIntoView({ block: "start", behavior: "instant" }));

  // --- mouse --------------------------------------------------------------------

  region.addEventListener("wheel", (event) => {
    // Without a key the wheel scrolls the page, as it does everywhere.
    if (!event.ctrlKey && !event.metaKey && (!isFull() || event.shiftKey)) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1;
    const turned = Math.max(-120, Math.min(120, event.deltaY * lines));
    scale(zoom * Math.exp(-turned / 400), event.clientX, event.clientY);
  }, { passive: false });

  region.addEventListener("dblclick", (event) => {
    if (event.target.closest(".step")) return;
    event.preventDefault();
    getSelection().removeAllRanges();
    scale(zoom * (event.shiftKey ? 1 / 1.6 : 1.6), event.clientX, event.clientY);
  });

  let drag = null;
  let dragged = false;
  region.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.pointerType !== "mouse" || event.button || !region.matches(".pannable")) return;
    // Not on the scroll bars.
    const frame = region.getBoundingClientRect();
    if (event.clientX > frame.left + region.clientWidth) return;
    if (event.clientY > frame.top + region.clientHeight) return;
    drag = [event.clientX, event.clientY, region.scrollLeft, region.scrollTop];
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const [x, y] = [event.clientX - drag[0], event.clientY - drag[1]];
    if (!dragged && Math.hypot(x, y) < 5) return;
    dragged = true;
    region.classList.add("dragging");
    getSelection().removeAllRanges();
    region.scrollTo(drag[2] - x, drag[3] - y);
  });
  const drop = () => { drag = null; region.classList.remove("dragging"); };
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", drop);
  addEventListener("blur", drop);
  region.addEventListener("dragstart", (event) => event.preventDefault());
  region.addEventListener("click", (event) => {
    // The end of a drag is no click on what happens to lie there.
    if (!dragged) return;
    dragged = false;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true });

  // --- touch: two fingers are ours, one is left to the page ------------------------

  let pinch = null;
  const fingers = ({ touches: [a, b] }) => ({
    apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
    x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2,
  });
  region.addEventListener("touchstart", (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    pinch = { ...fingers(event), zoom };
  }, { passive: false });
  region.addEventListener("touchmove", (event) => {
    if (!pinch || event.touches.length !== 2) return;
    event.preventDefault();
    const now = fingers(event);
    region.scrollBy(pinch.x - now.x, pinch.y - now.y);
    [pinch.x, pinch.y] = [now.x, now.y];
    scale((pinch.zoom * now.apart) / pinch.apart, now.x, now.y);
  }, { passive: false });
  for (const end of ["touchend", "touchcancel"])
    region.addEventListener(end, (event) => { if (event.touches.length < 2) pinch = null; });

  // --- keys -----------------------------------------------------------------------

  const keys = {
    "+": () => scale(zoom * STEP), "=": () => scale(zoom * STEP), "-": () => scale(zoom / STEP),
    "0": () => scale(1), f: () => toggle(),
  };
  figure.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const act = keys[keyOf(event)];
    if (!event.target.closest(".map-scroll, .map-tools") || !act) return;
    event.preventDefault();
    act();
  });

  // --- full screen ------------------------------------------------------------------

  // A browser that refuses full screen still has its whole window.
  function isFull() {
    return document.fullscreenElement === figure || figure.classList.contains("fills-window");
  }

  function toggle() {
    if (document.fullscreenElement === figure) {
      document.exitFullscreen();
    } else if (isFull()) {
      figure.classList.remove("fills-window");
      changed();
    } else {
      before = figure.dataset.view ?? "";
      const instead = () => { figure.classList.add("fills-window"); changed(); };
      if (figure.requestFullscreen) figure.requestFullscreen().catch(instead);
      else instead();
    }
  }

  function changed() {
    const full = isFull();
    if (full === figure.classList.contains("is-full")) return;
    set(1);
    figure.classList.toggle("is-full", full);
    document.documentElement.classList.toggle("behind-a-map", full);
    buttons.full.setAttribute("aria-pressed", String(full));
    if (full) {
      // All of it, unless its text could then not be read.
      measure();
      scale(Math.max(farthest(), 0.7));
      region.scrollTo(0, 0);
    } else if (before) {
      restore(before);
    }
    show();
    if (away) document.querySelector(":target")?.scrollIntoView();
    else buttons.full.focus({ preventScroll: full });
    away = false;
  }

  figure.addEventListener("click", (event) => {
    // What it leads to lies behind.
    if (!isFull() || !event.target.closest(".step-card-more")) return;
    away = true;
    setTimeout(toggle);
  });

  document.addEventListener("fullscreenchange", changed);
  figure.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && figure.matches(".fills-window"))
      toggle();
  });
  // Behind a map that fills the window nothing can be seen, so nothing there gets the focus.
  document.addEventListener("focusin", (event) => {
    if (figure.matches(".fills-window") && !figure.contains(event.target)) buttons.out.focus();
  });
}

function tools(wanted) {
  const bar = document.createElement("div");
  bar.className = "map-tools";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", tr("Look closer"));
  const made = { bar };
  for (const [kind, label, act] of wanted) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `tool map-${kind}`;
    if (label) name(button, label);
    if (kind === "full") {
      button.setAttribute("aria-pressed", "false");
      button.dataset.label = tr("The picture"); // where it is the only way to the picture
    }
    button.addEventListener("click", act);
    bar.append(button);
    made[kind] = button;
  }
  return made;
}

function name(button, label) {
  button.title = label;
  button.setAttribute("aria-label", label);
}

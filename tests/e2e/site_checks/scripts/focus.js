// What is wrong with the focus, for every place on the page where it can be: it has to show itself,
// in sight and not covered. The keyboard was used last, so that a script's focus looks like a tab's.
() => {
  const found = [];
  const able = "a[href], button, input, select, textarea, summary, [tabindex]";
  const name = (e) => `${e.tagName.toLowerCase()} “${(e.getAttribute("aria-label") ?? e.textContent).trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const drawn = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "stroke", "strokeWidth", "borderTopColor", "borderTopWidth"];
  const look = (e) => [e, ...e.querySelectorAll(":scope > path, :scope > rect")].slice(0, 4)
    .map((part) => { const style = getComputedStyle(part); return drawn.map((key) => style[key]).join(" "); }).join("|");
  const places = [...document.querySelectorAll(able)].filter((e) =>
    e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length);
  document.activeElement?.blur();
  const usual = new Map(places.map((e) => [e, look(e)]));
  for (const e of places) {
    e.focus();
    if (document.activeElement !== e) { found.push(`${name(e)} does not take the focus`); continue; }
    const outlined = getComputedStyle(e).outlineStyle !== "none" && parseFloat(getComputedStyle(e).outlineWidth) >= 2;
    if (!outlined && look(e) === usual.get(e)) found.push(`${name(e)} does not show that it has the focus`);
    const points = [];
    for (const box of e.getClientRects()) {
      const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
      const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
      if (right - left < 1 || bottom - top < 1) continue;
      for (const [x, y] of [[.5, .5], [.15, .2], [.85, .2], [.15, .8], [.85, .8]])
        points.push([left + (right - left) * x, top + (bottom - top) * y]);
    }
    if (!points.length) { found.push(`${name(e)} has the focus out of sight`); continue; }
    const seen = points.some(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit && (e.contains(hit) || hit.contains(e)); });
    if (!seen) found.push(`${name(e)} has the focus below something else`);
  }
  return found;
}

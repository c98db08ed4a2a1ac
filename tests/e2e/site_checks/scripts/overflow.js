// What makes the page itself scroll sideways: what sticks out, and how far; nothing where it does not.
() => {
  const root = document.documentElement, width = root.clientWidth, over = root.scrollWidth - width;
  if (over <= 0) return [];
  const held = (e) => { for (let at = e.parentElement; at && at !== document.body; at = at.parentElement) if (getComputedStyle(at).overflowX !== "visible") return true; return false; };
  const out = [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && box.height && (box.right > width + 1 || box.left < -1) && !e.closest("svg *") && !held(e);
  });
  return [`${over} px too wide at ${width}`, ...out.slice(0, 8).map((e) => `<${e.tagName.toLowerCase()} ${e.getAttribute("class") ?? ""}> ends at ${Math.round(e.getBoundingClientRect().right)}: ${e.textContent.trim().slice(0, 40)}`)];
}

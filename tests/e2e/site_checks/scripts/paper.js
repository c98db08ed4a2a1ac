// What stands on paper although nothing can be done with it there, and text that is not dark on white.
// What sorts a table is its head's text as well, and stays as that.
() => {
  const found = [];
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  for (const e of document.querySelectorAll("button, input, select, textarea, nav, dialog, .skip, .map-scroll, [role=toolbar]"))
    if (shown(e) && !(e.closest("th") && getComputedStyle(e, "::after").content === "none" && e.textContent)) found.push(`<${e.tagName.toLowerCase()} ${e.className}> ${e.textContent.trim().slice(0, 40)}`);
  const canvas = document.createElement("canvas").getContext("2d");
  const dark = (colour) => { canvas.fillStyle = colour; canvas.clearRect(0, 0, 1, 1); canvas.fillRect(0, 0, 1, 1); const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data; return .2126 * r + .7152 * g + .0722 * b < 140; };
  for (const e of document.querySelectorAll("h1, h2, h3, p, td, th, li"))
    if (shown(e) && !dark(getComputedStyle(e).color)) found.push(`<${e.tagName} ${e.className}> is pale: ${getComputedStyle(e).color}`);
  if (getComputedStyle(document.body).backgroundColor !== "rgb(255, 255, 255)") found.push("the ground is not white");
  if (!document.querySelector("h1").checkVisibility()) found.push("the heading is missing");
  return [...new Set(found)];
}

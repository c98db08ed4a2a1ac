// Which texts and marks of the drawings can be told from the ground they stand on, by what they are.
// Run in usual and in forced colours, it tells what vanishes in these.
() => {
  const found = {};
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const pixel = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const cache = new Map();
  const rgba = (colour) => { if (!cache.has(colour)) cache.set(colour, pixel(colour)); return cache.get(colour); };
  const ground = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] > 200) return rgba(colour);
    }
    return rgba("Canvas");
  };
  const luminance = ([r, g, b]) => [r, g, b].map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; })
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const contrast = (one, other) => { const [a, b] = [luminance(one), luminance(other)].sort((x, y) => y - x); return (a + .05) / (b + .05); };
  for (const svg of document.querySelectorAll("svg")) {
    if (!svg.checkVisibility() || svg.closest(".map-print")) continue;
    const under = ground(svg);
    for (const e of svg.querySelectorAll("path, rect, circle, line, polygon, polyline, text")) {
      if (!e.checkVisibility() || e.closest("defs")) continue;
      const style = getComputedStyle(e);
      const worn = [...e.closest("g[class], a[class], svg[class]")?.classList ?? []].filter((c) => !/^(vsm|lane-|map-canvas)/.test(c));
      const what = `${svg.classList[0] ?? "svg"} ${worn.join(".")} ${e.tagName}.${[...e.classList].join(".")}`;
      const paints = [];
      if (style.fill !== "none" && rgba(style.fill)[3] > 20) paints.push(rgba(style.fill));
      if (e.tagName !== "text" && style.stroke !== "none" && parseFloat(style.strokeWidth) > 0 && rgba(style.stroke)[3] > 20) paints.push(rgba(style.stroke));
      const best = Math.max(0, ...paints.map((paint) => contrast(paint, under)));
      found[what] = Math.min(found[what] ?? 99, Math.round(best * 100) / 100);
    }
  }
  return found;
}

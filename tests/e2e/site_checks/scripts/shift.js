// How far things were pushed about while the page was put together, and which.
() => new Promise((resolve) => {
  const found = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      found.push(`${entry.value.toFixed(4)} by ${entry.sources.map((s) => `${s.node?.nodeName} ${s.node?.className?.baseVal ?? s.node?.className} (${s.previousRect.x},${s.previousRect.y} ${s.previousRect.width}x${s.previousRect.height} -> ${s.currentRect.x},${s.currentRect.y} ${s.currentRect.width}x${s.currentRect.height})`).join("; ")}`);
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(found), 60)));
})

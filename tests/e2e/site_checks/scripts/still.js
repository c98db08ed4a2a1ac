// What moves although the reader asked for stillness.
() => {
  const found = document.getAnimations().map((one) => `${one.constructor.name} on ${one.effect.target?.className}`);
  for (const e of document.querySelectorAll("*")) {
    const style = getComputedStyle(e);
    if (style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0.001)) found.push(`<${e.tagName} ${e.getAttribute("class")}> glides`);
    if (style.animationName !== "none" && parseFloat(style.animationDuration) > 0.001) found.push(`<${e.tagName} ${e.getAttribute("class")}> is animated`);
    if (style.scrollBehavior === "smooth") found.push(`<${e.tagName}> scrolls smoothly`);
  }
  return [...new Set(found)];
}

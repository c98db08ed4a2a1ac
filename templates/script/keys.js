// Through time with the arrow keys.
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // Within a field or a region that scrolls the keys have their own meaning.
  if (event.target.closest("input, textarea, select, [role=region], .scroll")) return;
  document.querySelector(`.in-time a[data-key="${event.key}"]`)?.click();
});

// What is wrong with the link to the content, which the first tab of a page with navigation reaches.
() => {
  const skip = document.querySelector(".skip");
  if (!skip) return document.querySelector("nav") ? ["nothing skips to the content"] : [];
  const box = skip.getBoundingClientRect();
  if (document.activeElement !== skip) return ["the first tab leads past the link to the content"];
  return box.left >= 0 && box.top >= 0 && box.right <= innerWidth ? [] : ["the link to the content does not show itself"];
}

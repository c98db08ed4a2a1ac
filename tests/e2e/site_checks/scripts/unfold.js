// Open whatever folds in the text, but no menu: one that hangs over the page is opened alone.
() => {
  for (const fold of document.querySelectorAll("details:not([open])")) {
    fold.open = true;
    fold.open = ![...fold.children].some((part) => ["absolute", "fixed"].includes(getComputedStyle(part).position));
  }
}

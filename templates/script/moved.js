// A page that has moved leads on by itself; so does the place on it that the address names.
const moved = document.querySelector("a[data-moved]");
if (moved && location.hash) location.replace(moved.href + location.hash);

try {
  const chosen = localStorage.getItem("vsmdocs-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {}

// Light, dark, or as the system has it: the reader's choice, remembered by this browser. The head of
// each page has read it already, so that nothing flashes.
const root = document.documentElement;
const tools = document.querySelector(".tools");
const order = ["auto", "light", "dark"];
const names = { auto: tr("auto"), light: tr("light"), dark: tr("dark") };
if (tools) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tool theme";
  const show = () => {
    const now = root.dataset.theme ?? "auto";
    const next = order[(order.indexOf(now) + 1) % order.length];
    button.dataset.now = now;
    button.title = tr("Colours: {now}. Switch to {next}.", { now: names[now], next: names[next] });
    button.setAttribute("aria-label", button.title);
    button.value = next;
  };
  button.addEventListener("click", () => {
    if (button.value === "auto") delete root.dataset.theme;
    else root.dataset.theme = button.value;
    try {
      if (button.value === "auto") localStorage.removeItem("vsmdocs-theme");
      else localStorage.setItem("vsmdocs-theme", button.value);
    } catch {
      // Without storage the choice lasts for this page.
    }
    show();
  });
  show();
  tools.append(button);
}

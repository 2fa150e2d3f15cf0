// The command palette: Ctrl+K, arrows, Enter, Ctrl+Enter for a new tab.
const pv = window.pv;
const palette = document.getElementById("palette");
const input = document.getElementById("palette-input");
const list = document.getElementById("palette-list");

const options = () => [...list.querySelectorAll("[role=option]")];

const select = (option) => {
  for (const other of options()) other.setAttribute("aria-selected", String(other === option));
  if (!option) return;
  option.id ||= `palette-${options().indexOf(option)}`;
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

const move = (step) => {
  const all = options();
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  select(all[(at + step + all.length) % all.length]);
};

const open = (option, inNewTab) => {
  if (inNewTab) window.open(option.href, "_blank", "noopener");
  else option.click();
  palette.close();
};

pv.openPalette = () => {
  if (!palette || palette.open) return;
  palette.showModal();
  input.value = "";
  input.focus();
  input.dispatchEvent(new CustomEvent("pv:palette"));
};

if (palette) {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) pv.openPalette();
    const option = event.target.closest("[data-in-dialog]");
    if (option && window.htmx && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      palette.close();
      window.htmx.ajax("GET", option.getAttribute("href"), { target: "#dialog" });
    }
  });
  input.addEventListener("keydown", (event) => {
    const selected = list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter" && selected) open(selected, event.ctrlKey || event.metaKey);
    else return;
    event.preventDefault();
  });
  list.addEventListener("htmx:afterSwap", () => select(options()[0]));
}

// Menus are <details class="pv-menu">: they open without script; here they close and take arrow keys.
const openMenus = () => document.querySelectorAll("details.pv-menu[open]");

const close = (menu, withFocus) => {
  menu.open = false;
  if (withFocus) menu.querySelector("summary")?.focus();
};

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    const inside = menu.contains(event.target);
    if (!inside || event.target.closest(".pv-pop a:not([data-stay]), .pv-pop button[data-dialog], .pv-pop [data-close]")) close(menu, false);
  }
});

document.addEventListener("keydown", (event) => {
  const menu = event.target instanceof Element && event.target.closest("details.pv-menu[open]");
  if (!menu) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    close(menu, true);
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const items = [...menu.querySelectorAll(".pv-mi:not([aria-disabled=true]), .pv-noti")];
  const at = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  items[(at + items.length) % items.length]?.focus();
});

document.addEventListener("focusout", (event) => {
  const menu = event.target instanceof Element && event.target.closest("details.pv-menu[open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu, false);
});

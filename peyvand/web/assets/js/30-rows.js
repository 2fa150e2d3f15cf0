// Lists: J and K walk over [data-row], X chooses, chosen rows open the bulk bar.
const pv = window.pv;
let anchor = null;

const rows = () => [...document.querySelectorAll("[data-row]")].filter(pv.isVisible);
const boxOf = (row) => row.querySelector("[data-row-check]") ?? row.closest("li, tr")?.querySelector("[data-row-check]");

const current = () => {
  const all = rows();
  const focused = all.find((row) => row === document.activeElement || row.contains(document.activeElement));
  return focused ?? all.find((row) => row.matches("[aria-current], .is-sel"));
};

const step = (by) => {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  if (!next.matches("a, button, [tabindex]")) next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  if (next.matches("a[data-open-on-move]")) next.click();
  return true;
};

const choose = (withRange) => {
  const row = current();
  const box = row && boxOf(row);
  if (!box) return false;
  box.checked = !box.checked;
  if (withRange && anchor) range(anchor, row, box.checked);
  anchor = row;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
};

const range = (from, to, checked) => {
  const all = rows();
  const [first, last] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  for (const row of all.slice(Math.max(0, first), last + 1)) {
    const box = boxOf(row);
    if (box) box.checked = checked;
  }
};

pv.rowKey = (event) => {
  if (event.code === "KeyJ" || event.code === "ArrowDown") return step(1);
  if (event.code === "KeyK" || event.code === "ArrowUp") return step(-1);
  if (event.code === "KeyX") return choose(event.shiftKey);
  if (event.code === "Enter") {
    const link = current()?.matches("a") ? null : current()?.querySelector("a[href]");
    if (link && document.activeElement !== link) link.click();
    return Boolean(link);
  }
  // Cards name keys of their own: data-row-key="KeyM" is pressed in the card one stands on, or in the first.
  const own = (current() ?? rows()[0])?.querySelector(`[data-row-key="${event.code}"]`);
  if (own && !event.shiftKey) {
    own.click();
    return true;
  }
  return false;
};

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form?.requestSubmit();
});

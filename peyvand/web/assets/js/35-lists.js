// Lists: a click on a row opens it, boxes narrow long menus, columns are dragged, popovers get the focus.
const pv = window.pv;
const BUSY = "a, button, input, label, select, textarea, summary, [data-editable], .pv-pick";

document.addEventListener("click", (event) => {
  const row = event.target.closest?.(".pv-list tr[data-row]");
  if (!row || event.target.closest(BUSY) || String(window.getSelection())) return;
  const link = row.querySelector(".pv-cell-t");
  if (event.ctrlKey || event.metaKey) window.open(link.href, "_blank", "noopener");
  else link?.click();
});

const fold = (text) => pv.latin(text).toLowerCase().replace(/ي/g, "ی").replace(/ك/g, "ک").replace(/[\u200c\s]+/g, " ").trim();

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-narrow-by]")) return;
  const place = event.target.closest("[data-narrow]");
  const wanted = fold(event.target.value);
  for (const item of place.querySelectorAll("[data-narrow-item]")) {
    item.hidden = Boolean(wanted) && !fold(item.textContent).includes(wanted);
  }
  for (const head of place.querySelectorAll("[data-narrow-head]")) head.hidden = Boolean(wanted);
});
// Enter in such a box chooses the first that is left, and never sends the form around it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.("[data-narrow-by]")) return;
  event.preventDefault();
  const first = [...event.target.closest("[data-narrow]").querySelectorAll("[data-narrow-item]")].find((item) => !item.hidden);
  if (first) (first.matches("a") ? first : first.querySelector("input"))?.click();
});

document.addEventListener("click", (event) => {
  const quick = event.target.closest?.("[data-fill]");
  if (!quick) return;
  const input = quick.closest("form").querySelector("input[name=v]");
  input.value = quick.dataset.fill;
  quick.closest("form").requestSubmit();
});

// What a popover or a dialog fetched gets the focus: its first field, else its first link.
document.addEventListener("htmx:afterSettle", (event) => {
  const place = event.target.closest?.(".pv-filter-pop");
  if (!place?.closest("details[open]")) return;
  (place.querySelector(".pv-filter-fields input, .pv-editor-v input, textarea, input:not([type=hidden])") ?? place.querySelector("a, select, button"))?.focus();
});

// Columns are dragged by their grip; the arrows beside them do the same from the keyboard.
let dragged = null;
document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip) return;
  event.preventDefault();
  dragged = grip.closest("li");
  dragged.classList.add("is-dragged");
});
document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const over = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-sortable] > li");
  if (!over || over === dragged || over.parentElement !== dragged.parentElement || !over.querySelector("[data-grip]")) return;
  if (!over.querySelector("input:checked, input[type=hidden]")) return;
  const middle = over.getBoundingClientRect();
  if (event.clientY < middle.top + middle.height / 2) over.before(dragged);
  else over.after(dragged);
});
for (const name of ["pointerup", "pointercancel"]) {
  document.addEventListener(name, () => {
    dragged?.classList.remove("is-dragged");
    apply(dragged?.closest("form"));
    dragged = null;
  });
}
// What is chosen in the dialog of columns holds at once; the list behind it shows itself anew.
const apply = (form) => form?.querySelector("[data-apply]")?.click();
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-applies]")) apply(event.target.form);
});
document.addEventListener("pv:list:again", (event) => {
  const { url, key } = event.detail;
  window.history.replaceState(window.history.state, "", url);
  if (document.getElementById(key)) window.htmx?.ajax("GET", url, { target: `#${key}`, swap: "outerHTML" });
});

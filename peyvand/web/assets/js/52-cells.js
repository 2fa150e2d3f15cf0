// Cells that are edited where they stand: a double click or Enter opens the input, Enter or leaving it saves,
// Tab saves and goes to the next cell, Esc gives the old value back. The server writes input, cell and errors.
const pv = window.pv;
let open = null; // { cell, before, busy }

const addressOf = (cell) => {
  const pattern = document.querySelector("[data-cells-url]")?.dataset.cellsUrl;
  const row = cell.closest("tr")?.dataset.row;
  return pattern && row ? pattern.replace("/0/", `/${row}/`).replace("/_/", `/${cell.dataset.cell}/`) : "";
};
const editable = (place) => place?.closest?.("td[data-editable]");
const cellsOf = () => [...document.querySelectorAll("td[data-editable]")].filter(pv.isVisible);

const news = (answer) => {
  const events = JSON.parse(answer.headers.get("HX-Trigger") || "{}");
  for (const item of events["pv:toasts"]?.items ?? []) pv.toast?.(item);
  const version = answer.headers.get("X-Version");
  if (version && open?.cell) open.cell.closest("tr").dataset.version = version;
};

const fill = (cell, html) => {
  open.busy = true; // the input that goes away loses its focus: that is no leaving
  cell.replaceChildren(...pv.nodes(html));
  open.busy = false;
  window.htmx?.process(cell);
  const input = cell.querySelector("[data-cell-input]");
  input?.focus();
  if (input?.select && input.type !== "checkbox") input.select();
};

const edit = async (cell) => {
  const url = addressOf(cell);
  if (!url || open?.cell === cell) return;
  if (open && !(await save())) return;
  open = { cell, before: [...cell.childNodes], busy: true };
  cell.classList.add("is-editing");
  const answer = await fetch(url, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (open?.cell !== cell) return;
  open.busy = false;
  if (!answer || answer.status >= 400) {
    if (answer) news(answer);
    else pv.toast?.({ text: pv.words.failed, level: "bad" });
    restore();
    return;
  }
  fill(cell, await answer.text());
  open.typed = typed(cell);
};

const typed = (cell) => {
  const form = cell.querySelector("[data-cell-form]");
  return form ? JSON.stringify(new FormData(form).getAll("raw")) : "";
};

const close = (nodes) => {
  const { cell } = open;
  open = null;
  cell.classList.remove("is-editing");
  cell.replaceChildren(...nodes);
  return cell;
};

const restore = () => {
  if (!open) return;
  const cell = close(open.before);
  cell.tabIndex = -1;
  cell.focus({ preventScroll: true });
};

/** Save what is open; resolve to whether the cell is closed. */
const save = async (force = false) => {
  if (!open || open.busy) return !open;
  const { cell } = open;
  const form = cell.querySelector("[data-cell-form]");
  if (!form) return true;
  if (!force && typed(cell) === open.typed) {
    close(open.before);
    return true;
  }
  if (!force && typed(cell) === open.refused) return false;
  open.refused = typed(cell);
  open.busy = true;
  const headers = { "X-CSRFToken": pv.csrf(), "HX-Request": "true" };
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers }).catch(() => null);
  if (!answer) {
    open.busy = false;
    pv.toast?.({ text: pv.words.failed, level: "bad" });
    return false;
  }
  const html = await answer.text();
  open.busy = false;
  news(answer);
  if (answer.ok) {
    const changed = close(pv.nodes(html));
    changed.tabIndex = -1;
    return true;
  }
  if (answer.status === 409 || answer.status === 422) fill(cell, html);
  else restore();
  return false;
};

const neighbour = (cell, by) => {
  const all = cellsOf();
  return all[all.indexOf(cell) + by];
};

const shown = async () => {
  const cell = open.cell;
  const answer = await fetch(`${addressOf(cell)}?shown`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return restore();
  news(answer);
  return close(await answer.text());
};

document.addEventListener("dblclick", (event) => {
  const cell = editable(event.target);
  if (!cell || event.target.closest("[data-cell-form]")) return;
  event.preventDefault();
  edit(cell);
});

document.addEventListener("click", (event) => {
  const cell = editable(event.target);
  if (event.target.closest("[data-cell-cancel]")) restore();
  else if (event.target.closest("[data-cell-theirs]")) shown();
  else if (cell && event.target.closest("[data-add]")) {
    event.preventDefault();
    edit(cell);
  } else if (cell && !cell.classList.contains("is-editing") && !event.target.closest("a, button, input")) {
    cell.tabIndex = -1;
    cell.focus({ preventScroll: true });
  }
});

document.addEventListener("focusout", (event) => {
  const cell = editable(event.target);
  if (!open || open.cell !== cell || open.busy || open.cell.contains(event.relatedTarget)) return;
  if (event.target.closest(".pv-boxes, [role=alert]") || document.querySelector(".pv-dp:not([hidden])")) return;
  if (event.relatedTarget || event.target.matches("input, select, textarea")) save();
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-cell-form]")) return;
  event.preventDefault();
  save(true);
});

const inside = (event, cell) => {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopImmediatePropagation();
    restore();
  } else if (event.key === "Tab" && !cell.querySelector(".pv-boxes, [role=alert]")) {
    event.preventDefault();
    const next = neighbour(cell, event.shiftKey ? -1 : 1);
    save().then((closed) => closed && next && edit(next));
  } else if (event.key === "Enter" && event.target.matches("select")) {
    event.preventDefault();
    save(true);
  }
};

const outside = (event, cell) => {
  const rtl = document.documentElement.dir === "rtl";
  const by = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[event.key];
  if (event.key === "Enter" || event.key === "F2") edit(cell);
  else if (by) {
    const next = neighbour(cell, by);
    if (!next) return;
    next.tabIndex = -1;
    next.focus();
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

document.addEventListener(
  "keydown",
  (event) => {
    const cell = editable(event.target);
    if (!cell || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (cell.classList.contains("is-editing")) inside(event, cell);
    else if (event.target === cell) outside(event, cell);
  },
  true,
);
document.addEventListener("pv:cells", () => pv.reloadList?.());

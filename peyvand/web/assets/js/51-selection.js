// Chosen rows of a list: kept while paging, or everything that the list finds but for some.
// The bar [data-bulk] names the list; its buttons send `ids`, or `all`, `query` and `but`.
const pv = window.pv;
const EMPTY = () => ({ ids: [], all: false, but: [], narrowed: "" });

const bar = () => document.querySelector("[data-bulk][data-bulk-list]");
const place = () => `pv-chosen:${bar().dataset.bulkList}`;
const boxes = () => [...document.querySelectorAll("[data-row-check]")];

const load = () => {
  if (!bar()) return EMPTY();
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(place()));
  } catch {
    kept = null;
  }
  return kept && kept.narrowed === bar().dataset.bulkNarrowed ? kept : { ...EMPTY(), narrowed: bar().dataset.bulkNarrowed };
};

const keep = (chosen) => {
  try {
    sessionStorage.setItem(place(), JSON.stringify(chosen));
  } catch {
    // private windows may have no storage: then the choice lasts for this page
  }
};

const isOn = (chosen, id) => (chosen.all ? !chosen.but.includes(id) : chosen.ids.includes(id));
const count = (chosen) => (chosen.all ? Math.max(0, Number(bar().dataset.bulkTotal) - chosen.but.length) : chosen.ids.length);

const set = (chosen, id, on) => {
  const name = chosen.all ? "but" : "ids";
  const wanted = chosen.all ? !on : on;
  chosen[name] = chosen[name].filter((each) => each !== id);
  if (wanted) chosen[name].push(id);
};

const grouped = (number) => new Intl.NumberFormat(pv.settings.digits === "persian" ? "fa-IR" : "en-US").format(number);

const draw = () => {
  const shown = bar();
  if (!shown) return;
  const chosen = load();
  const all = boxes();
  for (const box of all) box.checked = isOn(chosen, box.value);
  const number = count(chosen);
  shown.hidden = !number;
  shown.querySelector("[data-bulk-count]").textContent = grouped(number);
  const head = document.querySelector("[data-check-all]");
  const on = all.filter((box) => box.checked).length;
  if (head) {
    head.checked = on > 0 && on === all.length;
    head.indeterminate = on > 0 && on < all.length;
  }
  const whole = shown.querySelector("[data-bulk-all]");
  if (whole) whole.hidden = chosen.all || on !== all.length;
};

pv.chosen = { draw };

document.addEventListener("change", (event) => {
  if (!bar() || !event.target.matches("[data-check-all], [data-row-check]")) return;
  const chosen = load();
  const touched = boxes(); // all of them: a range may have been chosen with the keyboard
  if (event.target.matches("[data-check-all]")) for (const box of touched) box.checked = event.target.checked;
  for (const box of touched) set(chosen, box.value, box.checked);
  keep(chosen);
  draw();
});

document.addEventListener("click", (event) => {
  if (!bar()) return;
  if (event.target.closest("[data-bulk-all]")) {
    keep({ ids: [], all: true, but: [], narrowed: bar().dataset.bulkNarrowed });
    draw();
  }
  if (event.target.closest("[data-bulk-clear]")) {
    keep({ ...EMPTY(), narrowed: bar().dataset.bulkNarrowed });
    draw();
  }
});

const parameters = () => {
  const chosen = load();
  if (!chosen.all) return { ids: chosen.ids.join(",") };
  return { all: "1", query: bar().dataset.bulkQuery, but: chosen.but.join(",") };
};

document.addEventListener("htmx:configRequest", (event) => {
  const button = event.detail.elt.closest?.("[data-bulk][data-bulk-list] button");
  if (!button) return;
  const sent = parameters();
  if (button.name) sent[button.name] = button.value;
  for (const name of ["ids", "but", "all", "f", "cols", "sort", "q", "view", "segment"]) delete event.detail.parameters[name];
  Object.assign(event.detail.parameters, sent);
});

// A plain button (export) sends the form itself: what is chosen goes along as hidden inputs.
document.addEventListener("submit", (event) => {
  if (event.target.id !== "list-form" || !event.submitter?.matches("[data-bulk-plain]") || !bar()) return;
  for (const former of event.target.querySelectorAll("[data-chosen]")) former.remove();
  const sent = { query: bar().dataset.bulkQuery, ...parameters() };
  for (const [name, value] of Object.entries(sent)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    input.dataset.chosen = "";
    event.target.append(input);
  }
});

document.addEventListener("pv:chosen:done", () => {
  if (bar()) keep({ ...EMPTY(), narrowed: bar().dataset.bulkNarrowed });
  draw();
  pv.reloadList?.();
});
document.addEventListener("pv:undone", () => pv.reloadList?.());
pv.reloadList = () => {
  const list = document.querySelector("[data-list]")?.dataset.list;
  const target = list && document.getElementById(list);
  if (target && window.htmx) window.htmx.ajax("GET", window.location.href, { target, swap: "outerHTML" });
};
document.addEventListener("htmx:afterSettle", draw);
draw();

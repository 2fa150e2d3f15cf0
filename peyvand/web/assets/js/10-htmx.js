// htmx: CSRF, one thin progress line, focus kept, dialogs filled and closed.
const pv = window.pv;
const bar = document.getElementById("progress");
let running = 0;

const show = (change) => {
  running = Math.max(0, running + change);
  bar?.classList.toggle("is-on", running > 0);
};

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = pv.csrf();
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.closest("[data-quiet], .pv-nav")) show(1);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.target.closest("[data-quiet], .pv-nav")) show(-1);
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => pv.toast?.({ text: pv.words.failed, level: "bad" }));
}

// A page that is being left asks nothing more by itself: each answer that leads away would begin the way anew, and a
// page that takes longer than the pause between two questions would never be reached.
const PATIENCE = 15000;
let leaving = false;
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
  if (leaving && event.target.closest?.("[data-quiet]")) event.preventDefault();
  leaving = true;
  setTimeout(() => (leaving = false), PATIENCE);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (leaving && event.target.closest("[data-quiet]")) event.preventDefault();
});

// Keep the focus: an element with an id that is swapped away gives it to its successor.
let focused = "";
document.addEventListener("htmx:beforeSwap", () => {
  focused = document.activeElement?.id ?? "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const wrong = event.target.querySelector?.('[aria-invalid="true"]');
  if (wrong) wrong.focus();
  else if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
  focused = "";
});

// An answer swapped into a dialog opens it; `pv:close` from the server closes what is open.
document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = event.detail.target;
  if (dialog instanceof HTMLDialogElement && dialog.childElementCount && !dialog.open) dialog.showModal();
});
document.addEventListener("pv:close", () => {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
});
document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  pv.confirm(event.detail.question).then((yes) => yes && event.detail.issueRequest(true));
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-retry]")) return;
  const place = event.target.closest("[hx-get]");
  if (place && window.htmx) window.htmx.ajax("GET", place.getAttribute("hx-get"), { source: place, target: place });
  else window.location.reload();
});

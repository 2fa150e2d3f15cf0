// Dialogs: `data-dialog="id"` opens, `data-close` closes, `data-confirm="question"` asks first.
const pv = window.pv;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement && event.target.open && isOutside(event)) event.target.close();
  const panel = event.target.closest("[data-toggle-panel]");
  if (panel) togglePanel(panel);
});

const isOutside = (event) => {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
};

// Side panes that narrow screens hide: `data-toggle-panel="ident"`.
const togglePanel = (button) => {
  const pane = document.getElementById(button.dataset.togglePanel);
  if (!pane) return;
  const open = pane.classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(open));
  if (open) (pane.querySelector("a, button") ?? pane).focus();
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const pane of document.querySelectorAll(".pv-ident.is-open")) pane.classList.remove("is-open");
});
document.addEventListener("click", (event) => {
  for (const pane of document.querySelectorAll(".pv-ident.is-open")) {
    if (!pane.contains(event.target) && !event.target.closest("[data-toggle-panel]")) pane.classList.remove("is-open");
  }
});

/** Ask a question; resolve to whether the person agreed. */
pv.confirm = (question) => {
  const dialog = document.getElementById("confirm");
  if (!dialog) return Promise.resolve(window.confirm(question));
  dialog.querySelector("#confirm-title").textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
};

let agreed = null;
document.addEventListener(
  "click",
  (event) => {
    const button = event.target.closest("[data-confirm]");
    if (!button || agreed === button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pv.confirm(button.dataset.confirm).then((yes) => {
      if (!yes) return;
      agreed = button;
      button.click();
      agreed = null;
    });
  },
  true,
);

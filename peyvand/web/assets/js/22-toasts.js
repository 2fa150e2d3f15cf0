// Toasts: from the page, from htmx answers (`pv:toasts`), with undo for seven seconds and Ctrl+Z.
const pv = window.pv;
const LIFE = 7000;
const place = document.getElementById("toasts");

const raise = () => {
  if (!place?.showPopover) return;
  if (place.matches(":popover-open")) place.hidePopover();
  if (place.childElementCount) place.showPopover();
};

const remove = (toast) => {
  toast.remove();
  if (place && !place.childElementCount && place.matches(":popover-open")) place.hidePopover();
};

// What happens only after some seconds can be taken back until then, and not one second longer.
const countDown = (toast, button, seconds) => {
  const text = button.dataset.back;
  const until = Date.now() + seconds * 1000;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0 || !toast.isConnected) {
      clearInterval(timer);
      remove(toast);
      return;
    }
    button.textContent = `${text} (${pv.digits(String(left))})`;
  };
  const timer = setInterval(tick, 250);
  button.setAttribute("aria-label", text);
  tick();
};

const start = (toast) => {
  const button = toast.querySelector("[data-undo]");
  const seconds = Number(button?.dataset.seconds || 0);
  if (seconds) {
    countDown(toast, button, seconds);
    return;
  }
  let timer = setTimeout(() => remove(toast), LIFE);
  toast.addEventListener("mouseenter", () => clearTimeout(timer));
  toast.addEventListener("mouseleave", () => {
    timer = setTimeout(() => remove(toast), LIFE);
  });
};

/** Show one toast: { text, level: ok|info|warn|bad, undo: address of a POST, seconds: how long that is good }. */
pv.toast = ({ text, level = "ok", undo = "", seconds = "" }) => {
  const template = document.getElementById("toast-template");
  if (!template || !place) return;
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.dataset.level = level;
  if (level === "bad") toast.setAttribute("role", "alert");
  toast.querySelector("[data-text]").textContent = text;
  toast.querySelector("[data-icon-ok]").hidden = level === "bad";
  toast.querySelector("[data-icon-bad]").hidden = level !== "bad";
  const button = toast.querySelector("[data-undo]");
  button.dataset.undo = undo;
  button.dataset.seconds = seconds;
  button.hidden = !undo;
  place.append(toast);
  raise();
  start(toast);
};

const undo = (button) => {
  const url = button.dataset.undo;
  const late = button.dataset.seconds ? pv.words.tooLate : pv.words.failed;
  remove(button.closest(".pv-toast"));
  pv.post(url)
    .then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      pv.toast({ text: pv.words.undone });
      document.body.dispatchEvent(new CustomEvent("pv:undone", { bubbles: true }));
      for (const topic of ["cartable", "request"]) document.body.dispatchEvent(new CustomEvent(`pv:live:${topic}`));
    })
    .catch((problem) => pv.toast({ text: problem.message === "409" ? late : pv.words.failed, level: "bad" }));
};

place?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-undo]");
  if (button) undo(button);
});
document.addEventListener("pv:toasts", (event) => event.detail.items.forEach(pv.toast));
document.addEventListener("keydown", (event) => {
  if (event.code !== "KeyZ" || !(event.ctrlKey || event.metaKey) || event.shiftKey || pv.isTyping(event.target)) return;
  const button = [...(place?.querySelectorAll("[data-undo]:not([hidden])") ?? [])].pop();
  if (button) {
    event.preventDefault();
    undo(button);
  }
});

if (place) [...place.children].forEach(start);
raise();

// The calendar: drag to another day or hour; with the keyboard Alt and the arrows, M for a dialog.
const QUARTER = 15;
let dragged = null;

const place = (target) => target instanceof Element && target.closest("#calendar [data-day]");

const clear = () => document.querySelectorAll("#calendar .is-target").forEach((one) => one.classList.remove("is-target"));

const send = (event, day, minute) => {
  const values = { day, version: event.dataset.version };
  if (minute !== null) values.minute = String(minute);
  window.htmx.ajax("POST", event.dataset.drop, { values, swap: "none", source: event, headers: { "X-CSRFToken": window.pv.csrf() } });
};

const minuteAt = (cell, y) => {
  if (!cell.hasAttribute("data-timed") || getComputedStyle(cell).display !== "grid") return null;
  const box = cell.getBoundingClientRect();
  const quarters = Math.floor(((y - box.top) / box.height) * 96);
  return Math.max(0, Math.min(95, quarters)) * QUARTER;
};

document.addEventListener("dragstart", (event) => {
  dragged = event.target instanceof Element ? event.target.closest("#calendar [data-drop]") : null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  dragged.dataset.held = String(event.clientY - dragged.getBoundingClientRect().top);
  dragged.classList.add("is-dragged");
});
document.addEventListener("dragover", (event) => {
  const cell = dragged && place(event.target);
  if (!cell) return;
  event.preventDefault();
  clear();
  cell.classList.add("is-target");
});
document.addEventListener("drop", (event) => {
  const cell = dragged && place(event.target);
  if (!cell) return;
  event.preventDefault();
  send(dragged, cell.dataset.day, minuteAt(cell, event.clientY - Number(dragged.dataset.held || 0)));
});
document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  clear();
});

const shifted = (day, by) => {
  const [year, month, date] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1, date + by)).toISOString().slice(0, 10);
};

document.addEventListener("keydown", (event) => {
  const focused = event.target instanceof Element && event.target.closest("#calendar [data-drop]");
  if (!focused) return;
  if (event.code === "KeyM" && !event.altKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    window.htmx.ajax("GET", focused.dataset.move, "#dialog");
    return;
  }
  if (!event.altKey || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const cell = place(focused);
  const slot = focused.closest(".pv-slot");
  const isVertical = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (isVertical && slot) {
    const row = Number(slot.dataset.r) + (event.key === "ArrowDown" ? 1 : -1);
    if (row >= 0 && row < 96) send(focused, cell.dataset.day, row * QUARTER);
    return;
  }
  const ahead = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const by = isVertical ? (event.key === "ArrowDown" ? 7 : -7) : event.key === ahead ? 1 : -1;
  send(focused, shifted(cell.dataset.day, by), null);
});

const scrollToMorning = () => {
  const hours = document.querySelector("#calendar [data-scroll-hours]");
  if (hours && !hours.dataset.scrolled && getComputedStyle(hours).display === "grid") {
    hours.scrollTop = 7 * 52;
    hours.dataset.scrolled = "yes";
  }
};
scrollToMorning();
document.addEventListener("htmx:afterSettle", scrollToMorning);

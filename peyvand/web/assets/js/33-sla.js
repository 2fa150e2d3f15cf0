// Deadlines tick once a minute while working time passes; the server decides, this only counts on.
const pv = window.pv;

const write = (minutes) => {
  const absolute = Math.abs(minutes);
  const two = (number) => String(number).padStart(2, "0");
  return pv.digits(`${two(Math.floor(absolute / 60))}:${two(absolute % 60)}`);
};

const tick = (clock) => {
  const minutes = Number(clock.dataset.slaMinutes) - 1;
  clock.dataset.slaMinutes = String(minutes);
  if (minutes < 0) {
    clock.dataset.s = "late";
    clock.querySelector("[data-sla-label]").textContent = pv.words.overdue;
  } else if (minutes <= Number(clock.dataset.slaWarn)) {
    clock.dataset.s = "warn";
  }
  if (Math.abs(minutes) < 6000) clock.querySelector("[data-sla-time]").textContent = write(minutes);
};

setInterval(() => document.querySelectorAll("[data-sla-running]").forEach(tick), 60000);

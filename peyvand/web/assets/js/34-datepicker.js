// A month to choose a day from, in the reader's calendar, under a plain text input that also takes typing.
const pv = window.pv;

const make = (tag, classes, text) => {
  const element = document.createElement(tag);
  element.className = classes;
  if (text !== undefined) element.textContent = text;
  if (tag === "button") element.type = "button";
  return element;
};

class Month {
  constructor(input) {
    this.input = input;
    this.calendar = pv.calendars[pv.settings.calendar] ?? pv.calendars.jalali;
    this.locale = pv.settings.language === "fa" ? this.calendar.names : this.calendar.english;
    this.shown = pv.monthStart(this.calendar, pv.parseDate(input.value) ?? pv.today());
    this.box = make("div", "pv-pop pv-dp");
    this.box.setAttribute("role", "dialog");
    this.box.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
    this.box.addEventListener("mousedown", (event) => event.preventDefault());
    this.draw();
  }

  names(options, date) {
    return new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", ...options }).format(date);
  }

  turn(step) {
    this.shown = pv.monthStart(this.calendar, this.shown, step);
    this.draw();
  }

  choose(date) {
    this.input.value = pv.writeDate(this.calendar, date);
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.close();
  }

  close() {
    this.box.remove();
    this.input.pvMonth = null;
  }

  draw() {
    this.box.replaceChildren(this.head(), this.grid(), this.shortcuts());
  }

  head() {
    const head = make("div", "pv-dp-h");
    const month = this.names({ month: "long" }, this.shown);
    const title = make("b", "", pv.digits(`${month} ${this.calendar.parts(this.shown).year}`));
    const [left, right] = document.getElementById("pv-words").content.children;
    for (const [step, word, sign] of [[-1, pv.words.previousMonth, left], [1, pv.words.nextMonth, right]]) {
      const button = make("button", "btn btn-ghost btn-xs btn-square");
      button.append(sign.cloneNode(true));
      button.setAttribute("aria-label", word);
      button.addEventListener("click", () => this.turn(step));
      if (step < 0) head.append(button, title);
      else head.append(button);
    }
    return head;
  }

  grid() {
    const grid = make("div", "pv-dp-g");
    const month = this.calendar.parts(this.shown).month;
    const offset = (this.shown.getUTCDay() - this.calendar.firstDay + 7) % 7;
    const first = new Date(this.shown.getTime() - offset * pv.DAY);
    for (let day = 0; day < 7; day += 1) {
      grid.append(make("span", "pv-lbl", this.names({ weekday: "narrow" }, new Date(first.getTime() + day * pv.DAY))));
    }
    const chosen = pv.parseDate(this.input.value)?.getTime();
    for (let day = 0; day < 42; day += 1) {
      const date = new Date(first.getTime() + day * pv.DAY);
      const parts = this.calendar.parts(date);
      if (day >= 35 && parts.month !== month) break;
      grid.append(this.day(date, parts, parts.month !== month, chosen));
    }
    return grid;
  }

  day(date, parts, isOut, chosen) {
    const button = make("button", "", pv.digits(parts.day));
    button.classList.toggle("is-out", isOut);
    button.classList.toggle("is-hol", date.getUTCDay() === 5);
    button.classList.toggle("is-today", date.getTime() === pv.today().getTime());
    button.classList.toggle("is-sel", date.getTime() === chosen);
    button.setAttribute("aria-label", this.names({ dateStyle: "full" }, date));
    button.addEventListener("click", () => this.choose(date));
    return button;
  }

  shortcuts() {
    const foot = make("div", "pv-dp-f");
    const today = pv.today();
    const toSaturday = (6 - today.getUTCDay() + 7) % 7 || 7;
    const end = new Date(pv.monthStart(this.calendar, today, 1).getTime() - pv.DAY);
    const days = [
      [pv.words.today, today],
      [pv.words.tomorrow, new Date(today.getTime() + pv.DAY)],
      [pv.words.nextWeek, new Date(today.getTime() + toSaturday * pv.DAY)],
      [pv.words.monthEnd, end],
    ];
    for (const [word, date] of days) {
      const button = make("button", "btn btn-line btn-xs", word);
      button.addEventListener("click", () => this.choose(date));
      foot.append(button);
    }
    return foot;
  }
}

const open = (input) => {
  if (input.pvMonth) return;
  input.pvMonth = new Month(input);
  input.parentElement.classList.add("pv-dp-wrap");
  input.after(input.pvMonth.box);
};

document.addEventListener("alpine:init", () => {
  window.Alpine.data("datepicker", () => ({
    init() {
      const input = this.$root;
      input.addEventListener("focus", () => open(input));
      input.addEventListener("click", () => open(input));
      input.addEventListener("blur", () => setTimeout(() => input.pvMonth && !input.pvMonth.box.contains(document.activeElement) && input.pvMonth.close(), 0));
      input.addEventListener("keydown", (event) => event.key === "Escape" && input.pvMonth?.close());
    },
  }));
});

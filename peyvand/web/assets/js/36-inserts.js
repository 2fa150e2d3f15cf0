// Canned answers and articles in an answer: «/» at the beginning of a word, or the button, opens the list; marks ⟦…⟧ are counted.
const pv = window.pv;
const SLASH = /(^|\s)\/([^\s/]{0,30}(?: [^\s/]{1,30}){0,2})$/u;
const MARK = /⟦[^⟦⟧\n]{1,80}⟧/u;

document.addEventListener("click", (event) => {
  // A variable goes where the cursor stood in the text of the same form.
  const chip = event.target.closest("[data-variable]");
  if (!chip) return;
  const fields = [...chip.closest("form").querySelectorAll("textarea")];
  const field = fields.find((each) => each === pv.lastField) ?? fields[0];
  field.setRangeText(`{{${chip.dataset.variable}}}`, field.selectionStart, field.selectionEnd, "end");
  field.focus();
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) pv.lastField = event.target;
});

document.addEventListener("alpine:init", () => {
  window.Alpine.data("inserts", () => ({
    asked: 0,
    byMenu: false,
    init() {
      this.count();
      this.field().addEventListener("input", () => this.look());
      this.field().addEventListener("keydown", (event) => this.steer(event));
      this.opener = (event) => {
        if (!event.target.closest("[data-open-inserts]")) return;
        event.preventDefault(); // without this script the button leads to a page of its own
        this.open();
      };
      document.addEventListener("click", this.opener);
      this.field().addEventListener("blur", () => setTimeout(() => this.byMenu || this.shut(), 150));
    },
    destroy() {
      document.removeEventListener("click", this.opener);
    },
    panel() {
      return this.$root.querySelector("[data-insert-panel]");
    },
    list() {
      return this.$root.querySelector("[data-insert-list]");
    },
    search() {
      return this.$root.querySelector("[data-insert-search]");
    },
    field() {
      return document.getElementById("composer-body");
    },
    typed() {
      const field = this.field();
      return SLASH.exec(field.value.slice(0, field.selectionStart));
    },
    count() {
      const warning = this.$root.querySelector("[data-marks]");
      if (warning) warning.hidden = !MARK.test(this.field().value);
    },
    toMark() {
      const found = MARK.exec(this.field().value);
      if (!found) return;
      this.field().focus();
      this.field().setSelectionRange(found.index, found.index + found[0].length);
    },
    look() {
      this.count();
      clearTimeout(this.asked);
      const found = this.typed();
      if (!found) return this.shut();
      this.byMenu = false;
      this.search().closest("label").hidden = true;
      this.asked = setTimeout(() => this.ask(found[2]), 150);
      return undefined;
    },
    open() {
      if (!this.panel().hidden) return this.shut();
      this.byMenu = true;
      this.search().closest("label").hidden = false;
      this.search().value = "";
      this.panel().hidden = false;
      this.search().focus();
      return this.ask("");
    },
    find() {
      clearTimeout(this.asked);
      this.asked = setTimeout(() => this.ask(this.search().value), 150);
    },
    async ask(words) {
      const answer = await fetch(`${this.$root.dataset.inserts}?q=${encodeURIComponent(words)}`, { credentials: "same-origin" });
      if (!answer.ok || (!this.byMenu && !this.typed())) return;
      const nodes = window.pv.nodes(await answer.text());
      const options = nodes.filter((each) => each.matches?.("[data-insert]"));
      if (!this.byMenu && !options.length) return this.shut();
      this.list().replaceChildren(...nodes);
      this.panel().hidden = false;
      for (const one of options) {
        one.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.take(one);
        });
      }
      this.mark(options[0]);
    },
    options() {
      return [...this.list().querySelectorAll("[data-insert]")];
    },
    mark(one) {
      for (const other of this.options()) other.setAttribute("aria-selected", String(other === one));
      const holder = this.byMenu ? this.search() : this.field();
      if (one) {
        holder.setAttribute("aria-activedescendant", one.id);
        one.scrollIntoView({ block: "nearest" });
      }
    },
    steer(event) {
      if (this.panel().hidden) return;
      const all = this.options();
      const at = all.findIndex((each) => each.getAttribute("aria-selected") === "true");
      if (event.key === "ArrowDown") this.mark(all[(at + 1) % all.length]);
      else if (event.key === "ArrowUp") this.mark(all[(at - 1 + all.length) % all.length]);
      else if ((event.key === "Enter" || event.key === "Tab") && all[at] && !event.ctrlKey) this.take(all[at]);
      else if (event.key === "Escape") this.shut(true);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    async take(one) {
      const field = this.field();
      const found = this.byMenu ? null : this.typed();
      const end = field.selectionStart;
      const start = found ? end - found[2].length - 1 : end;
      const url = one.dataset.insert;
      const answer = one.dataset.method === "POST" ? await pv.post(url, new FormData()) : await fetch(url, { credentials: "same-origin" });
      if (!answer.ok) return;
      const { text } = await answer.json();
      field.setRangeText(text, start, this.byMenu ? field.selectionEnd : end, "end");
      this.shut(true);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      this.toMark();
    },
    shut(back = false) {
      const panel = this.panel();
      if (!panel || panel.hidden) return;
      panel.hidden = true;
      this.byMenu = false;
      this.list().replaceChildren();
      this.field().removeAttribute("aria-activedescendant");
      if (back) this.field().focus();
    },
    leave(event) {
      if (this.$root.querySelector("[data-insert-panel]").contains(event.relatedTarget)) return;
      setTimeout(() => this.shut(), 150);
    },
  }));
});

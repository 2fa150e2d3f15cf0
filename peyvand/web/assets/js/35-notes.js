// Notes: `data-opens="id"` shows a form and `data-shuts="id"` hides it; «@» offers colleagues who may read it.
const pv = window.pv;
const NAME = /(^|[\s(«"])@([^\s@]{0,40}(?: [^\s@]{1,40})?)$/u;

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens], [data-shuts]");
  if (!opener) return;
  const place = document.getElementById(opener.dataset.opens ?? opener.dataset.shuts);
  if (!place) return;
  event.preventDefault();
  place.hidden = opener.dataset.opens === undefined;
  if (!place.hidden) place.querySelector("textarea, input:not([type=hidden])")?.focus();
});

document.addEventListener("alpine:init", () => {
  window.Alpine.data("mentions", () => ({
    asked: 0,
    list() {
      return this.$root.querySelector("[data-list]");
    },
    field() {
      return this.$root.querySelector("textarea");
    },
    typed() {
      const field = this.field();
      return NAME.exec(field.value.slice(0, field.selectionStart));
    },
    look() {
      clearTimeout(this.asked);
      const found = this.typed();
      if (!found) return this.shut();
      this.asked = setTimeout(() => this.ask(found[2]), 180);
      return undefined;
    },
    async ask(name) {
      const answer = await fetch(`${this.$root.dataset.people}?q=${encodeURIComponent(name)}`, { credentials: "same-origin" });
      if (!answer.ok || !this.typed()) return;
      const list = this.list();
      list.replaceChildren(...window.pv.nodes(await answer.text()));
      list.hidden = !list.childElementCount;
      for (const one of list.children) {
        one.addEventListener("mousedown", (event) => {
          event.preventDefault();
          this.take(one);
        });
      }
      this.mark(list.firstElementChild);
    },
    mark(one) {
      for (const other of this.list().children) other.setAttribute("aria-selected", String(other === one));
      if (one) {
        this.field().setAttribute("aria-activedescendant", one.id);
        one.scrollIntoView({ block: "nearest" });
      }
    },
    steer(event) {
      const list = this.list();
      if (list.hidden) return;
      const on = list.querySelector('[aria-selected="true"]');
      if (event.key === "ArrowDown") this.mark(on?.nextElementSibling ?? list.firstElementChild);
      else if (event.key === "ArrowUp") this.mark(on?.previousElementSibling ?? list.lastElementChild);
      else if ((event.key === "Enter" || event.key === "Tab") && on && !event.ctrlKey) this.take(on);
      else if (event.key === "Escape") this.shut();
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    take(one) {
      const field = this.field();
      const found = this.typed();
      if (!found) return this.shut();
      const end = field.selectionStart;
      field.setRangeText(`@${one.dataset.name} `, end - found[2].length - 1, end, "end");
      const chosen = document.createElement("input");
      chosen.type = "hidden";
      chosen.name = "mentions";
      chosen.value = one.dataset.id;
      this.$root.querySelector("[data-chosen]").append(chosen);
      this.shut();
      field.focus();
      return undefined;
    },
    leave() {
      setTimeout(() => this.shut(), 120);
    },
    shut() {
      const list = this.list();
      if (!list) return;
      list.hidden = true;
      list.replaceChildren();
      this.field().removeAttribute("aria-activedescendant");
    },
  }));
});

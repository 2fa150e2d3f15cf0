// Drafts: saved two seconds after the last key, kept in the browser until the server has them.
const pv = window.pv;
const PAUSE = 2000;

document.addEventListener("alpine:init", () => {
  window.Alpine.data("draft", () => ({
    timer: 0,
    isDirty: false,
    init() {
      this.form = this.$root.matches("form") ? this.$root : this.$root.closest("form") ?? this.$root.querySelector("form");
      this.url = this.$root.dataset.draftUrl;
      this.place = `pv-draft:${this.url}`;
      this.restore();
      this.form.addEventListener("input", () => this.changed());
      this.form.addEventListener("change", () => this.changed());
      this.form.addEventListener("htmx:afterRequest", (event) => {
        if (event.target === this.form && event.detail.successful) this.forget();
      });
      this.form.addEventListener("submit", () => clearTimeout(this.timer));
      window.addEventListener("pagehide", () => this.isDirty && this.keep());
    },
    text() {
      return this.form.querySelector("textarea");
    },
    restore() {
      const kept = localStorage.getItem(this.place);
      const field = this.text();
      if (kept && field && kept !== field.value) {
        field.value = kept;
        this.changed();
      }
    },
    keep() {
      const value = this.text()?.value;
      if (value) localStorage.setItem(this.place, value);
    },
    forget() {
      clearTimeout(this.timer);
      this.isDirty = false;
      localStorage.removeItem(this.place);
    },
    changed() {
      this.isDirty = true;
      this.keep();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), PAUSE);
    },
    say(text) {
      const state = this.$root.querySelector("[data-draft-state]");
      if (state) state.textContent = text;
    },
    save() {
      this.say(pv.words.saving);
      const sent = this.text()?.value;
      pv.post(this.url, new FormData(this.form))
        .then((answer) => {
          if (!answer.ok) throw new Error(String(answer.status));
          this.say(pv.words.saved);
          if (this.text()?.value === sent) this.forget();
        })
        .catch(() => {
          this.say(pv.words.unsaved);
          this.timer = setTimeout(() => this.save(), 15000);
        });
    },
  }));
});

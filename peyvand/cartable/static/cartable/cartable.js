/* The cartable's own behaviour: the composer with its kept draft, and swaps that keep one's place. */
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const SAVE_AFTER = 2000;
  const AGAIN_AFTER = 10000;
  const CLOSE_TO_END = 40;

  // A session that has ended answers with the way to the login page: nothing was taken then, and nothing is forgotten.
  const isTaken = (event) => event.detail.successful && !event.detail.xhr.getResponseHeader("HX-Redirect");

  /* ---- the composer ---- */

  const composer = () => ({
    tab: "reply",
    timer: 0,
    dirty: false,
    pending: null,

    init() {
      this.tab = this.$root.dataset.start || "reply";
      this.$root.addEventListener("htmx:afterRequest", (event) => {
        if (event.target.id !== "note-form" || !isTaken(event)) return;
        event.target.reset();
        if (byId("reply-form")) this.tab = "reply";
      });
      this.form = this.$root.querySelector("#reply-form[data-draft]");
      this.place = `pv-draft:${this.$root.dataset.draftUrl}`;
      if (!this.form) return;
      for (const name of ["input", "change"]) this.$root.addEventListener(name, (event) => this.wrote(event));
      this.form.addEventListener("htmx:afterRequest", (event) => {
        if (event.target === this.form && isTaken(event)) this.sentOff();
      });
      this.form.addEventListener("htmx:confirm", (event) => {
        if (event.target !== this.form || !this.pending) return;
        event.preventDefault();
        this.pending.then(() => event.detail.issueRequest(true));
      });
      for (const button of this.form.querySelectorAll("[data-clash]")) {
        button.addEventListener("click", () => this.settle(button.dataset.clash));
      }
      this.form.querySelector("[data-save-draft]")?.addEventListener("click", (event) => {
        event.preventDefault();
        this.dirty = true;
        this.save();
      });
      this.restore();
      this.label();
    },
    destroy() {
      clearTimeout(this.timer);
    },
    get isReply() {
      return this.tab === "reply";
    },
    get isNote() {
      return this.tab === "note";
    },
    get replyClass() {
      return { "is-on": this.tab === "reply" };
    },
    get noteClass() {
      return { "is-on": this.tab === "note" };
    },
    toReply() {
      this.tab = "reply";
      this.$nextTick(() => byId("composer-body")?.focus());
    },
    toNote() {
      this.tab = "note";
      this.$nextTick(() => byId("note-body")?.focus());
    },

    wrote(event) {
      if (event.target.closest("#note-form")) return;
      if (event.target.id === "composer-reviewer") this.label();
      this.changed();
    },
    changed() {
      this.dirty = true;
      this.$root.dataset.typed = "";
      localStorage.setItem(this.place, byId("composer-body").value);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), SAVE_AFTER);
    },
    forget() {
      clearTimeout(this.timer);
      this.dirty = false;
      delete this.$root.dataset.typed;
      localStorage.removeItem(this.place);
    },
    sentOff() {
      this.forget();
      byId("composer-body").value = ""; // at once; the page, drawn anew, may take a moment
      byId("composer-version").value = 0;
    },
    restore() {
      const kept = localStorage.getItem(this.place);
      const field = byId("composer-body");
      if (!kept || field.value.trim()) return;
      field.value = kept;
      this.changed();
    },
    label() {
      const choice = byId("composer-reviewer");
      const text = byId("composer-send-text");
      if (choice && text) text.textContent = choice.value ? text.dataset.review : text.dataset.send;
    },
    say(what) {
      const place = byId("composer-saved");
      if (place) place.textContent = place.dataset[what] || "";
    },
    complain(text) {
      const place = byId("composer-error");
      if (!place) return;
      place.textContent = text;
      place.hidden = !text;
    },

    save() {
      if (this.pending || !this.dirty || !this.form.isConnected) return;
      clearTimeout(this.timer);
      this.pending = this.send().finally(() => {
        this.pending = null;
        if (this.dirty) this.changed();
      });
    },
    async send() {
      this.dirty = false;
      this.say("saving");
      const data = new FormData(this.form);
      data.delete("uploads");
      try {
        const headers = { Accept: "application/json" };
        const answer = await fetch(this.$root.dataset.draftUrl, { method: "POST", body: data, headers });
        const found = await answer.json();
        if (answer.ok) this.saved(found.version);
        else this.refused(found);
      } catch {
        this.unsaved();
      }
    },
    saved(version) {
      byId("composer-version").value = version;
      if (!this.dirty) this.forget();
      this.say("saved");
      this.complain("");
    },
    refused(found) {
      this.say("offline");
      this.complain(found.detail || "");
      if (found.stored === undefined) return;
      byId("composer-stored").textContent = found.stored;
      byId("composer-clash").hidden = false;
      byId("composer-clash").dataset.version = found.version;
    },
    settle(choice) {
      const clash = byId("composer-clash");
      clash.hidden = true;
      this.complain("");
      byId("composer-version").value = clash.dataset.version;
      if (choice === "stored") byId("composer-body").value = byId("composer-stored").textContent;
      this.changed();
    },
    unsaved() {
      this.say("offline");
      this.timer = setTimeout(() => this.changed(), AGAIN_AFTER);
    },
  });

  document.addEventListener("alpine:init", () => window.Alpine.data("composer", composer));

  document.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-remove-file]");
    if (!remove) return;
    const form = remove.closest("form");
    remove.closest(".pv-file").remove();
    form?.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* ---- swaps: the open row is marked, scrolled lists stay where they were ---- */

  const kept = {};

  const markOpened = () => {
    const code = byId("detail")?.dataset.code;
    const page = byId("cartable");
    if (page) page.dataset.view = code ? "detail" : "list";
    for (const row of document.querySelectorAll("#rows .pv-req")) {
      const opened = row.id === `row-${code}`;
      row.classList.toggle("is-sel", opened);
      if (!opened) {
        row.removeAttribute("aria-current");
        continue;
      }
      row.setAttribute("aria-current", "true");
      row.classList.remove("is-unread");
      row.scrollIntoView({ block: "nearest" });
    }
  };

  const showFolder = () => document.querySelector("#folders .is-on")?.scrollIntoView({ block: "nearest", inline: "center" });

  const toEnd = () => {
    const thread = byId("thread");
    if (thread) thread.scrollTop = thread.scrollHeight;
  };

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const thread = event.detail.target;
    if (thread?.id !== "thread") return;
    kept.thread = thread.scrollTop;
    kept.atEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < CLOSE_TO_END;
  });
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    // What somebody has typed and nobody has stored is not taken from under his hands by news.
    const composer = event.detail.target;
    if (composer?.id === "composer" && composer.querySelector("[data-typed]")) event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const thread = byId("thread");
    if (event.detail.target?.id === "thread" && thread) thread.scrollTop = kept.atEnd ? thread.scrollHeight : kept.thread;
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const target = event.detail.target;
    if (target?.id === "rows") kept.list = byId("reqs")?.scrollTop;
    kept.choice = target?.matches?.(".pv-pick") ? target.querySelector("input:checked")?.closest(".pv-pick-row, label") : null;
    if (event.detail.xhr?.status !== 409) return;
    // Somebody was quicker: the dialog comes back with what was typed, the page shows what is there now.
    if (target?.id === "dialog") event.detail.shouldSwap = true;
    document.body.dispatchEvent(new CustomEvent("pv:live:cartable"));
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    // What was chosen while a search was running stays chosen, and in the list.
    if (!kept.choice || !event.target.matches?.(".pv-pick")) return;
    const { value } = kept.choice.querySelector("input");
    const same = [...event.target.querySelectorAll("input")].find((each) => each.value === value);
    if (same) same.checked = true;
    else event.target.prepend(kept.choice);
    kept.choice = null;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const id = event.detail.elt?.id;
    if (id === "rows" && byId("reqs") && event.detail.requestConfig?.elt?.id === "rows") byId("reqs").scrollTop = kept.list;
    if (["detail", "rows", "list"].includes(id)) markOpened();
    if (id === "folders") showFolder();
    if (id === "detail") toEnd();
  });
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    // A part of the page that did not come says so where it should stand.
    document.addEventListener(name, (event) => {
      const place = event.target.closest?.("[aria-busy]");
      if (!place) return;
      place.removeAttribute("aria-busy");
      place.querySelector("[data-retry]")?.removeAttribute("hidden");
      place.querySelector(".pv-skel")?.remove();
    });
  }
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt?.id === "rows") {
      event.detail.parameters.size = Math.max(40, document.querySelectorAll("#rows .pv-req").length);
    }
    if (event.detail.elt?.id !== "live") return;
    event.detail.parameters.composer = byId("composer")?.dataset.key || "";
    event.detail.parameters.stamp = byId("thread")?.dataset.stamp || "";
  });
  document.addEventListener("DOMContentLoaded", () => {
    toEnd();
    document.querySelector("#rows .is-sel")?.scrollIntoView({ block: "nearest" });
    showFolder();
  });
})();

/* One's own desk: who else is at the open request, and notes that survive. The page says every few seconds that it is open, and asks. */
"use strict";
(() => {
  const BEAT = 15000;
  const TYPED = 5000; // how often typing is said
  const RESTS = 8000; // after which typing is over
  const byId = (id) => document.getElementById(id);
  let at = ""; // the address of the request that this page has said it looks at
  let state = "looking";
  let said = 0;
  let timer = 0;

  const form = (what) => {
    const data = new FormData();
    data.append("state", what);
    return data;
  };

  const say = async () => {
    if (!at || document.hidden) return;
    const asked = at;
    try {
      const answer = await window.pv.post(asked, form(state));
      if (!answer.ok || answer.redirected || asked !== at) return;
      const text = await answer.text();
      const place = byId("presence");
      if (place && place.outerHTML !== text.trim()) place.outerHTML = text;
    } catch {
      // offline: the others stop seeing us by themselves
    }
  };

  const leave = (address) => {
    if (!address) return;
    const data = form("gone");
    data.append("csrfmiddlewaretoken", window.pv.csrf());
    navigator.sendBeacon(address, data);
  };

  const look = () => {
    const here = byId("detail")?.dataset.presence || "";
    if (here === at) return;
    leave(at);
    at = here;
    state = "looking";
    say();
  };

  const rest = () => {
    state = "looking";
    say();
  };

  document.addEventListener("input", (event) => {
    if (!at || !event.target.closest?.("#composer")) return;
    clearTimeout(timer);
    timer = setTimeout(rest, RESTS);
    const now = Date.now();
    if (state === "typing" && now - said < TYPED) return;
    state = "typing";
    said = now;
    say();
  });
  /* ---- a note stays in this browser until the server has it ---- */

  const place = () => `pv-note:${byId("detail")?.dataset.code || ""}`;
  const restore = () => {
    const field = byId("note-body");
    const text = localStorage.getItem(place());
    if (field && text && !field.value.trim()) field.value = text;
  };
  document.addEventListener("input", (event) => {
    if (event.target.id !== "note-body") return;
    if (event.target.value.trim()) localStorage.setItem(place(), event.target.value);
    else localStorage.removeItem(place());
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const isTaken = event.detail.successful && !event.detail.xhr.getResponseHeader("HX-Redirect");
    if (event.target.id === "note-form" && isTaken) localStorage.removeItem(place());
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    look();
    if (["detail", "composer"].includes(event.detail.elt?.id)) restore();
  });
  document.addEventListener("DOMContentLoaded", () => {
    look();
    restore();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? leave(at) : say()));
  window.addEventListener("pagehide", () => leave(at));
  document.body?.addEventListener("pv:live:presence", (event) => {
    if (String(event.detail?.request) === byId("detail")?.dataset.request) say();
  });
  setInterval(say, BEAT);
  look();
})();

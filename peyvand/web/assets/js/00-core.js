// The few things that every other script uses, under one name.
const read = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

const pv = {
  settings: read("pv-settings"),
  words: document.getElementById("pv-words")?.dataset ?? {},

  csrf() {
    return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  },

  /** Write digits as this person reads them. */
  digits(text) {
    const plain = String(text);
    if (pv.settings.digits !== "persian") return plain;
    return plain.replace(/[0-9]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]);
  },

  latin(text) {
    return String(text).replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 15));
  },

  /** Read markup that our server wrote; nothing in it runs. */
  nodes(html) {
    return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
  },

  post(url, body) {
    const headers = { "X-CSRFToken": pv.csrf(), "X-Requested-With": "fetch" };
    return fetch(url, { method: "POST", body, headers, credentials: "same-origin" });
  },

  /** Tell screen readers something that the eye sees at once. */
  announce(text) {
    const place = document.getElementById("announce");
    if (place) place.textContent = text;
  },

  isTyping(target) {
    return target instanceof Element && target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  },

  isVisible(element) {
    return Boolean(element.offsetParent || element.getClientRects().length);
  },
};
window.pv = pv;

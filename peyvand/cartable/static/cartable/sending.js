/* Answers that wait a moment before they go out, and the composer after it was addressed. */
"use strict";
(() => {
  let addressed = false;

  // «8»: so many seconds are left to take it back. The server decides; this only counts down.
  const tick = () => {
    for (const place of document.querySelectorAll("[data-held]")) {
      const left = Math.ceil((Date.parse(place.dataset.held) - Date.now()) / 1000);
      place.dataset.text ||= place.textContent;
      place.textContent = left > 0 ? `${place.dataset.text} (${window.pv.digits(String(left))})` : place.dataset.soon;
    }
  };
  setInterval(tick, 1000);
  if (window.pv) tick();

  document.addEventListener("pv:compose", () => {
    addressed = true;
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target?.id !== "composer" || !addressed) return;
    addressed = false;
    const to = document.getElementById("composer-recipient");
    const field = to && to.closest("details").open && !to.value && document.querySelector('input[name="to"][value="mail:"]') ? to : document.getElementById("composer-body");
    field?.focus();
    if (field?.setSelectionRange) field.setSelectionRange(0, 0);
  });
})();

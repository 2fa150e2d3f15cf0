// Boxes of choices show as chips what is ticked in them, without asking the server.
const MOST = 3;

document.addEventListener("change", (event) => {
  const box = event.target.closest?.(".pv-multi");
  const place = box?.querySelector("[data-chips]");
  if (!place) return;
  const names = [...box.querySelectorAll("input:checked")].map((input) => input.closest("label").textContent.trim());
  const chip = (text) => {
    const found = document.createElement("span");
    found.className = "pv-chip";
    const name = document.createElement("bdi");
    name.textContent = text;
    found.append(name);
    return found;
  };
  place.replaceChildren(...names.slice(0, MOST).map(chip));
  if (names.length > MOST) place.append(chip("…"));
});

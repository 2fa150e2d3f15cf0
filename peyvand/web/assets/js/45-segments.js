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

// A condition is dragged by its grip into another place, of its own group or of another; a click opens the menu of steps.
const FAR = 6; // pixels from which a press is a drag
let held = null;
let isJustDropped = false;
document.addEventListener(
  "click",
  (event) => {
    if (isJustDropped && event.target.closest?.("[data-rule-grip]")) event.preventDefault();
  },
  true,
);

const placeAt = (event) => {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  const rule = under?.closest(".pv-rule");
  if (!rule) {
    const group = under?.closest("[data-rules]");
    return group ? { shown: group, path: `${group.dataset.rules}.rules.999` } : null;
  }
  const box = rule.getBoundingClientRect();
  const isAfter = event.clientY > box.top + box.height / 2;
  const path = rule.querySelector("[data-move]").dataset.move;
  const [, above, number] = path.match(/^(.*\.)(\d+)$/);
  return { shown: rule, path: above + (Number(number) + (isAfter ? 1 : 0)), isAfter };
};
const unmark = () => {
  for (const each of document.querySelectorAll(".is-drop, .is-drop-after, .is-dragged-rule")) {
    each.classList.remove("is-drop", "is-drop-after", "is-dragged-rule");
  }
};
document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-rule-grip]");
  if (grip && event.button === 0) held = { rule: grip.closest(".pv-rule"), x: event.clientX, y: event.clientY };
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  if (!held.isMoving && Math.hypot(event.clientX - held.x, event.clientY - held.y) < FAR) return;
  held.isMoving = true;
  event.preventDefault();
  unmark();
  held.rule.classList.add("is-dragged-rule");
  held.place = placeAt(event);
  held.place?.shown.classList.add(held.place.isAfter ? "is-drop-after" : "is-drop");
});
document.addEventListener("pointerup", () => {
  const { isMoving, place, rule } = held ?? {};
  held = null;
  if (!isMoving) return;
  unmark();
  isJustDropped = true; // the press ends with a click on the grip, which would open the menu
  setTimeout(() => (isJustDropped = false), 0);
  const step = rule.querySelector("[data-move]");
  if (!place || place.shown === rule) return;
  step.value = `move:${step.dataset.move}:${place.path}`;
  setTimeout(() => step.click(), 0);
});
document.addEventListener("pointercancel", () => {
  held = null;
  unmark();
});

/* The board: cards are dragged with the pointer, or lifted with Space, moved with the arrows and dropped with Enter. */
"use strict";
(() => {
  const board = () => document.querySelector(".pv-kan[data-movable]");
  const columnOf = (card) => card.closest(".pv-col");
  const cardsOf = (column) => [...column.querySelectorAll(".pv-deal")];

  /** Send where a card stands now; the answer is the whole board, also when the move was refused. */
  const drop = (card) => {
    const column = columnOf(card);
    const above = card.previousElementSibling?.closest(".pv-deal");
    const values = Object.fromEntries(new URLSearchParams(board().dataset.query));
    Object.assign(values, { stage: column.dataset.stage, version: card.dataset.version, csrfmiddlewaretoken: window.pv.csrf() });
    if (above) values.below = above.dataset.deal;
    const url = card.querySelector("form[hx-post]").getAttribute("hx-post");
    const number = card.dataset.deal;
    window.htmx.ajax("POST", url, { target: "#board", swap: "outerHTML", values }).then(() => focus(number));
  };
  const focus = (number) => document.querySelector(`.pv-deal[data-deal="${number}"] a`)?.focus();

  /* ---- pointer ---- */
  const start = () => {
    if (!board() || !window.Sortable) return;
    for (const list of board().querySelectorAll(".pv-cards")) {
      if (list.dataset.sorted) continue;
      list.dataset.sorted = "1";
      window.Sortable.create(list, {
        group: "deals",
        draggable: ".pv-deal",
        filter: "details, form, button",
        preventOnFilter: false,
        animation: 120,
        delay: 180,
        delayOnTouchOnly: true,
        ghostClass: "is-drag",
        dragClass: "is-ghost",
        forceFallback: true,
        fallbackOnBody: true,
        scrollSensitivity: 80,
        onMove: (event) => {
          for (const column of board().querySelectorAll(".pv-col")) column.classList.toggle("is-drop", column === columnOf(event.to));
        },
        onEnd: (event) => {
          for (const column of board().querySelectorAll(".is-drop")) column.classList.remove("is-drop");
          if (event.from !== event.to || event.oldIndex !== event.newIndex) drop(event.item);
        },
      });
    }
  };
  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:afterSettle", start);
  start();

  /* ---- keyboard ---- */
  let lifted = null;
  const put = (card, column, above) => {
    const place = column.querySelector(".pv-cards");
    if (above) above.after(card);
    else place.prepend(card);
  };
  const lift = (card) => {
    lifted = { card, column: columnOf(card), above: card.previousElementSibling?.closest(".pv-deal") ?? null };
    card.classList.add("is-lifted");
    window.pv.announce(board().dataset.lifted);
  };
  const leave = () => {
    lifted.card.classList.remove("is-lifted");
    lifted = null;
  };
  const sideways = (card, step) => {
    const columns = [...board().querySelectorAll(".pv-col")];
    const next = columns[columns.indexOf(columnOf(card)) + step];
    if (!next) return;
    put(card, next, null);
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    window.pv.announce(next.getAttribute("aria-label"));
  };
  const along = (card, step) => {
    const cards = cardsOf(columnOf(card));
    const at = cards.indexOf(card) + step;
    if (at < 0 || at >= cards.length) return;
    if (step > 0) cards[at].after(card);
    else cards[at].before(card);
  };
  const moves = {
    ArrowUp: (card) => along(card, -1),
    ArrowDown: (card) => along(card, 1),
    ArrowLeft: (card) => sideways(card, document.dir === "rtl" ? 1 : -1),
    ArrowRight: (card) => sideways(card, document.dir === "rtl" ? -1 : 1),
    Escape: (card) => {
      put(card, lifted.column, lifted.above);
      leave();
    },
    Enter: (card) => {
      leave();
      drop(card);
    },
    " ": (card) => {
      leave();
      drop(card);
    },
  };
  document.addEventListener(
    "keydown",
    (event) => {
      const card = event.target.closest?.("[data-movable] .pv-deal");
      if (!card || event.target.closest("details, form") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!lifted) {
        if (event.key !== " ") return;
        event.preventDefault();
        lift(card);
        return;
      }
      const act = moves[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      const { card: held } = lifted;
      act(held);
      if (lifted) held.querySelector("a")?.focus();
    },
    true,
  );
})();

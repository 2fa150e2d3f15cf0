/* The board: cards are dragged with the pointer, or lifted with Space, moved with the arrows and dropped with Enter. */
"use strict";
(() => {
  const board = () => document.querySelector(".pv-kan[data-movable]");
  const columnOf = (card) => card.closest(".pv-col");
  const cardsOf = (column) => [...column.querySelectorAll(".pv-deal")];

  /** What the board shows of the columns that a move does not touch; with it the answer can tell the sums of all. */
  const rest = (from, to) => {
    const others = [...board().querySelectorAll(".pv-col")].filter(({ dataset }) => dataset.stage !== from && dataset.stage !== to);
    const sum = (name) => String(others.reduce((all, column) => all + BigInt(column.querySelector(".pv-col-sum").dataset[name]), 0n));
    return { ...Object.fromEntries(new URLSearchParams(board().dataset.query)), rest_weighted: sum("weighted"), rest_rotten: sum("rotten") };
  };
  /** Send where a card stands now; the answer is what changed, or the whole board when the move was refused. */
  const drop = (card, origin) => {
    const column = columnOf(card);
    const above = card.previousElementSibling?.closest(".pv-deal");
    const values = rest(origin.dataset.stage, column.dataset.stage);
    Object.assign(values, { stage: column.dataset.stage, version: card.dataset.version, csrfmiddlewaretoken: window.pv.csrf() });
    if (above) values.below = above.dataset.deal;
    const url = card.querySelector("form[hx-post]").getAttribute("hx-post");
    const number = card.dataset.deal;
    if (origin !== column) mine.push({ from: origin.dataset.stage, to: column.dataset.stage, at: Date.now() });
    sending = true;
    window.htmx
      .ajax("POST", url, { target: "#board", swap: "outerHTML", values })
      .finally(() => (sending = false))
      .then(() => focus(number));
  };
  const focus = (number) => document.querySelector(`.pv-deal[data-deal="${number}"] a`)?.focus();

  let sending = false; // a card that is dropped is lifted again only when its new version is here
  let dragging = false;
  let lifted = null;

  /* ---- news of colleagues: the columns between which somebody moved a card are looked at again ---- */
  const PAUSE = 600; // ms: many moves at once are one look
  const mine = []; // own moves, of which the news is no news here
  const waiting = new Set();
  let timer = 0;
  const isBusy = () => dragging || lifted || document.querySelector("#board .pv-col details[open]");
  const look = () => {
    clearTimeout(timer);
    if (waiting.size) timer = setTimeout(fetchColumns, PAUSE);
  };
  const fetchColumns = () => {
    if (!board()) return;
    if (isBusy()) {
      look();
      return;
    }
    const stages = [...waiting].filter((stage) => document.getElementById(`stage-${stage}`));
    waiting.clear();
    if (!stages.length) return;
    const sizes = stages.map((stage) => cardsOf(document.getElementById(`stage-${stage}`)).length);
    const query = new URLSearchParams(board().dataset.query);
    for (const stage of stages) query.append("stage", stage);
    query.set("size", Math.ceil(Math.max(...sizes) / 10) * 10);
    window.htmx.ajax("GET", `${board().dataset.columns}?${query}`, { source: board(), swap: "none" });
  };
  const isMine = ({ from, to }) => {
    const at = mine.findIndex((move) => move.from === String(from) && move.to === String(to) && Date.now() - move.at < 5000);
    return at >= 0 && mine.splice(at, 1).length > 0;
  };
  document.body.addEventListener("pv:live:sales", (event) => {
    const { from, to } = event.detail ?? {};
    if (!board() || !to || isMine({ from, to })) return;
    waiting.add(String(from)).add(String(to));
    look();
  });
  // When news were missed the whole board is asked for anew (data-live); during a drag its columns are, after it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id !== "board" || event.detail.requestConfig.verb !== "get" || !(dragging || lifted)) return;
    event.detail.shouldSwap = false;
    for (const column of board().querySelectorAll(".pv-col")) waiting.add(column.dataset.stage);
    look();
  });
  // A drag that began while the answer was on its way wins: the columns are asked for again after it.
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const column = event.detail.target.closest?.(".pv-col");
    if (!column || !isBusy()) return;
    event.detail.shouldSwap = false;
    waiting.add(column.dataset.stage);
    look();
  });
  // A moved card goes to its column when it is not there yet, and the bars under the sums follow.
  const arrive = () => {
    for (const card of board().querySelectorAll(".pv-deal[data-to]")) {
      const column = document.getElementById(`stage-${card.dataset.to}`);
      card.removeAttribute("data-to");
      if (!column || column === columnOf(card)) continue;
      put(card, column, null);
      card.querySelector("a").focus({ preventScroll: true });
    }
    const sums = [...board().querySelectorAll(".pv-col-sum")];
    const largest = Math.max(1, ...sums.map((sum) => Number(sum.dataset.amount)));
    for (const sum of sums) sum.nextElementSibling.lastElementChild.setAttribute("width", Math.floor((Number(sum.dataset.amount) * 100) / largest));
  };
  document.addEventListener("htmx:oobAfterSwap", () => {
    if (!board()) return;
    arrive();
    start();
  });
  // From the menu of a card it goes on top of the column that was chosen.
  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    const card = target.closest?.("[data-movable] .pv-deal");
    if (!card || detail.verb !== "post") return;
    const from = columnOf(card).dataset.stage;
    const to = String(detail.parameters.stage);
    Object.assign(detail.parameters, rest(from, to));
    mine.push({ from, to, at: Date.now() });
    target.closest("details").open = false;
  });

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
        onChoose: () => {
          dragging = true; // from the press on: a card that is written anew under the pointer would be lost to it
        },
        onUnchoose: () => {
          dragging = false;
          look();
        },
        onMove: (event) => {
          for (const column of board().querySelectorAll(".pv-col")) column.classList.toggle("is-drop", column === columnOf(event.to));
        },
        onEnd: (event) => {
          for (const column of board().querySelectorAll(".is-drop")) column.classList.remove("is-drop");
          if (event.from !== event.to || event.oldIndex !== event.newIndex) drop(event.item, columnOf(event.from));
        },
      });
    }
  };
  document.addEventListener("DOMContentLoaded", start);
  document.addEventListener("htmx:afterSettle", start);
  start();

  /* ---- keyboard ---- */
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
    look();
  };
  const settle = (card) => {
    const { column } = lifted;
    leave();
    drop(card, column);
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
    Enter: (card) => settle(card),
    " ": (card) => settle(card),
  };
  document.addEventListener(
    "keydown",
    (event) => {
      const card = event.target.closest?.("[data-movable] .pv-deal");
      if (!card || event.target.closest("details, form") || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!lifted) {
        if (event.key !== " ") return;
        event.preventDefault();
        if (sending) return;
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

// What is shown stays fresh: an element with an id, data-live="cartable nav" and hx-trigger="pv:fresh" is asked for
// anew when there are news of one of these names. No news is lost: a text is as old as the beginning of its request,
// and whoever shows a text older than the last news asks once more, also after an answer that was under way meanwhile.
// Between two questions of one element lie data-every milliseconds.
const pv = window.pv;
const GATHER = 200; // news come in flocks
const AGAIN = 15000; // after an answer that did not come
const told = new Map(); // name: number of its last news
const begun = new WeakMap(); // request: number of the last news at its beginning
const texts = new WeakMap(); // element: number of the last news that its text may know
const asked = new Map(); // id: when it was asked for last
const waiting = new Map(); // id: when it will be asked for, and the timer
const asking = new WeakSet();
let everything = 0;
let count = 0;

const names = (element) => element.dataset.live.split(" ").filter(Boolean);
const newest = (element) => Math.max(everything, ...names(element).map((name) => told.get(name) ?? 0));
const isOld = (element) => (texts.get(element) ?? 0) < newest(element);

const ask = (id) => {
  waiting.delete(id);
  const element = document.getElementById(id);
  if (!element?.dataset.live || !isOld(element) || asking.has(element)) return; // under way: looked at when it is back
  asked.set(id, Date.now());
  element.dispatchEvent(new CustomEvent("pv:fresh"));
};

const look = (element, pause = GATHER) => {
  if (!isOld(element)) return;
  const next = (asked.get(element.id) ?? 0) + Number(element.dataset.every ?? 0);
  const at = Math.max(Date.now() + pause, next);
  const before = waiting.get(element.id);
  if (before?.at <= at) return;
  clearTimeout(before?.timer);
  waiting.set(element.id, { at, timer: setTimeout(() => ask(element.id), at - Date.now()) });
};

/** There are news: of `name`, or of everything when something was missed. */
pv.news = (name) => {
  count += 1;
  if (name) told.set(name, count);
  else everything = count;
  for (const element of document.querySelectorAll("[data-live]")) look(element);
};

const heard = new Set();
const hear = (element) => {
  for (const name of names(element)) {
    if (heard.has(name)) continue;
    heard.add(name);
    document.body.addEventListener(`pv:live:${name}`, () => pv.news(name));
  }
};

const within = (element) => {
  const inside = [...(element.querySelectorAll?.("[data-live]") ?? [])];
  return element.matches?.("[data-live]") ? [element, ...inside] : inside;
};
const written = (element, request) => {
  texts.set(element, begun.get(request) ?? 0);
  hear(element);
  look(element);
};

within(document.body).forEach(hear);
document.addEventListener("htmx:beforeRequest", (event) => {
  begun.set(event.detail.xhr, count);
  if (event.detail.elt.matches?.("[data-live]")) asking.add(event.detail.elt);
});
document.addEventListener("htmx:afterSwap", (event) => {
  for (const element of within(event.target)) written(element, event.detail.xhr);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, xhr } = event.detail;
  if (!asking.delete(elt) || !elt.isConnected) return;
  if (xhr.status && xhr.status < 500) written(elt, xhr);
  else look(elt, AGAIN);
});

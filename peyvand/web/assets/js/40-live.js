// Live news: server-sent events, or a look every 15 seconds when the stream does not stay up.
// A message of topic "cartable.request" with data.id 42 becomes these events on <body>:
// pv:live:cartable.request, pv:live:cartable.request:42 and pv:live:cartable; what shows them is asked anew (39-fresh.js).
const pv = window.pv;
const FAILURES = 3;
const PAUSE = 15000;
const RESYNC = "live.resync"; // something was missed: everything live asks anew
let last = pv.settings.since; // at first the moment at which this page's text was begun
let failures = 0;

const dispatch = (name, detail) => {
  pv.news(name);
  document.body.dispatchEvent(new CustomEvent(`pv:live:${name}`, { detail }));
};

const tell = (message) => {
  if (message.id) last = message.id;
  const data = message.data ?? {};
  if (message.topic === RESYNC) {
    pv.news();
    return;
  }
  const parent = message.topic.split(".")[0];
  dispatch(message.topic, data);
  if (data.id) dispatch(`${message.topic}:${data.id}`, data);
  if (parent !== message.topic) dispatch(parent, data);
  // News of a request is also news for the file of its customer.
  if (data.party) for (const id of String(data.party).split(",")) dispatch(`parties.party:${id}`, data);
};

const ask = () =>
  fetch(`${pv.settings.live}/poll?since=${encodeURIComponent(last)}`, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((body) => {
      body.messages.forEach(tell);
      last = body.last ?? last;
    });

const poll = () => {
  const answer = document.hidden ? Promise.resolve() : ask();
  answer.catch(() => undefined).finally(() => setTimeout(poll, PAUSE));
};

const listen = () => {
  const source = new EventSource(`${pv.settings.live}?since=${encodeURIComponent(last)}`);
  source.addEventListener("open", () => (failures = 0));
  source.addEventListener("message", (event) => tell(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    failures += 1;
    if (failures < FAILURES && source.readyState !== EventSource.CLOSED) return;
    source.close();
    poll();
  });
  window.addEventListener("pagehide", () => source.close());
};

if (pv.settings.live) listen();
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

// Live news: server-sent events, or a look every 15 seconds when the stream does not stay up.
// Each message becomes `pv:live:<topic>` on <body>, and `pv:live:<topic>:<id>` when its data has an id.
const pv = window.pv;
const FAILURES = 3;
const PAUSE = 15000;
let last = "";
let failures = 0;

const tell = (message) => {
  if (message.id) last = message.id;
  if (message.topic === "live.resync") {
    for (const topic of ["cartable", "request"]) document.body.dispatchEvent(new CustomEvent(`pv:live:${topic}`));
    return;
  }
  const data = message.data ?? {};
  const names = [`pv:live:${message.topic}`];
  if (data.id) names.push(`pv:live:${message.topic}:${data.id}`);
  for (const name of names) document.body.dispatchEvent(new CustomEvent(name, { detail: data }));
};

const poll = () => {
  if (document.hidden) {
    setTimeout(poll, PAUSE);
    return;
  }
  fetch(`${pv.settings.live}/poll?since=${last}`, { credentials: "same-origin", headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((body) => {
      body.messages.forEach(tell);
      last = body.last;
    })
    .catch(() => undefined)
    .finally(() => setTimeout(poll, PAUSE));
};

const listen = () => {
  const source = new EventSource(pv.settings.live);
  source.addEventListener("open", () => {
    if (failures) document.body.dispatchEvent(new CustomEvent("pv:live:cartable"));
    failures = 0;
  });
  source.addEventListener("message", (event) => tell(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    failures += 1;
    if (failures < FAILURES && source.readyState !== EventSource.CLOSED) return;
    source.close();
    poll();
  });
};

if (pv.settings.live) listen();

// A file for the import goes up in pieces of a megabyte, so that its size does not matter and a lost connection
// costs one piece. Without this script the form sends the whole file at once.
const pv = window.pv;
const PIECE = 1024 * 1024;
const TRIES = 6;
let sending = null; // the form that sends, while it sends

const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

class Refused extends Error {}

const call = async (url, body) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const headers = { "X-CSRFToken": pv.csrf(), Accept: "application/json" };
      const answer = await fetch(url, { method: "POST", body, headers, credentials: "same-origin" });
      if (answer.ok) return answer.status === 204 ? {} : await answer.json();
      if (answer.status < 500 && answer.status !== 429) {
        const told = await answer.json().catch(() => ({}));
        throw new Refused(told.error || (answer.status === 413 ? pv.words.tooLarge : pv.words.failed));
      }
    } catch (error) {
      if (error instanceof Refused || attempt === TRIES) throw error;
    }
    if (attempt === TRIES) throw new Refused(pv.words.failed);
    await wait(2 ** (attempt - 1));
  }
};

const begin = (form, file) => {
  const body = new FormData();
  body.append("name", file.name);
  body.append("size", file.size);
  return call(form.dataset.begin, body);
};

const show = (form, share) => {
  const place = form.querySelector("[data-import-progress]");
  place.hidden = false;
  place.querySelector("progress").value = share;
  place.querySelector("[data-import-share]").textContent = pv.digits(`${Math.floor(share)}${pv.settings.digits === "persian" ? "٪" : "%"}`);
};

const send = async (form, file) => {
  const place = form.querySelector("[data-import-progress]");
  place.querySelector("[data-import-name]").textContent = file.name;
  form.querySelector("[data-import-error]").hidden = true;
  show(form, 0);
  const made = await begin(form, file);
  for (let at = 0; at < file.size; ) {
    if (sending !== form) return;
    const answer = await call(`${made.chunk}?at=${at}`, file.slice(at, at + PIECE));
    at = Math.max(at + 1, answer.size); // what the server has: a piece that came twice is passed over
    show(form, (Math.min(file.size, at) / file.size) * 100);
  }
  const done = await call(made.finish, new FormData());
  if (sending !== form) return;
  sending = null;
  window.location.assign(done.url);
};

const fail = (form, text) => {
  const place = form.querySelector("[data-import-error]");
  place.querySelector("span").textContent = text;
  place.hidden = false;
  form.querySelector("[data-import-progress]").hidden = true;
};

const start = (form, file) => {
  if (!file || sending) return;
  const most = Number(form.dataset.most);
  if (file.size > most) return fail(form, form.dataset.tooLarge);
  if (!file.size) return fail(form, form.dataset.empty);
  sending = form;
  send(form, file).catch((error) => {
    sending = null;
    fail(form, error instanceof Refused ? error.message : pv.words.failed);
  });
  return undefined;
};

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("[data-import-form]");
  if (form && event.target.type === "file") start(form, event.target.files[0]);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-import-form]")) return;
  event.preventDefault();
  start(event.target, event.target.querySelector("input[type=file]").files[0]);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-import-stop]");
  if (!button) return;
  const form = button.closest("[data-import-form]");
  sending = null;
  form.querySelector("[data-import-progress]").hidden = true;
  form.querySelector("input[type=file]").value = "";
});
// The rows that a choice of columns writes anew keep what was unfolded.
let unfolded = [];
document.addEventListener("htmx:beforeSwap", () => {
  unfolded = [...document.querySelectorAll("#map details[open][data-keep]")].map((each) => each.dataset.keep);
});
document.addEventListener("htmx:afterSettle", () => {
  for (const key of unfolded) document.querySelector(`#map details[data-keep="${key}"]`)?.setAttribute("open", "");
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const place = event.target.closest?.("[data-import-form] .pv-drop");
    if (!place) return;
    event.preventDefault();
    place.classList.toggle("is-over", name === "dragover");
    if (name === "drop") start(place.closest("form"), event.dataTransfer.files[0]);
  });
}
window.addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});

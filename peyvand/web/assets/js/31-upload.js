// Upload: each chosen file goes up at once with its progress; the server answers with a hidden input.
const pv = window.pv;

const send = (url, name, file, list) => {
  const line = document.createElement("span");
  line.className = "pv-file";
  const title = document.createElement("bdi");
  title.dir = "ltr";
  title.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", file.name);
  const drop = document.createElement("button");
  drop.type = "button";
  drop.textContent = "×";
  drop.setAttribute("aria-label", pv.words.remove);
  line.append(title, drop, bar);
  list.append(line);

  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append(name, file);
  drop.addEventListener("click", () => {
    request.abort();
    line.remove();
  });
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (event.loaded / event.total) * 100;
  });
  request.addEventListener("load", () => finish(request, line, bar));
  request.addEventListener("error", () => fail(line, pv.words.failed));
  request.open("POST", url);
  request.setRequestHeader("X-CSRFToken", pv.csrf());
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
};

const finish = (request, line, bar) => {
  bar.remove();
  if (request.status === 413) return fail(line, pv.words.tooLarge);
  if (request.status >= 400) return fail(line, pv.words.failed);
  const answer = JSON.parse(request.responseText);
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "file_ids";
  field.value = answer.id;
  line.append(field);
  line.dispatchEvent(new Event("change", { bubbles: true }));
  return undefined;
};

const fail = (line, text) => {
  line.classList.add("is-bad");
  line.querySelector("progress")?.remove();
  line.title = text;
  pv.toast({ text: `${line.querySelector("bdi").textContent}: ${text}`, level: "bad" });
};

document.addEventListener("alpine:init", () => {
  window.Alpine.data("upload", () => ({
    add(files) {
      const list = this.$root.querySelector("[data-upload-list]");
      for (const file of files) send(this.$root.dataset.url, this.$root.dataset.name, file, list);
    },
    choose(event) {
      this.add(event.target.files);
      event.target.value = "";
    },
    drop(event) {
      this.out();
      this.add(event.dataTransfer.files);
    },
    over() {
      this.$root.querySelector(".pv-drop")?.classList.add("is-over");
    },
    out() {
      this.$root.querySelector(".pv-drop")?.classList.remove("is-over");
    },
  }));
});

// Forms of a record with rows: `data-rows-add="contacts"` adds one from the template `contacts-empty`, the box of
// `data-rows-remove` takes its row out when the form is saved; [data-for] is shown for the chosen kind only.
const numbered = (row, number) => {
  for (const part of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...part.attributes]) {
      if (value.includes("__prefix__")) part.setAttribute(name, value.replaceAll("__prefix__", number));
    }
  }
  return row;
};

const addRow = (button) => {
  const prefix = button.dataset.rowsAdd;
  const form = button.closest("form");
  const total = form.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const empty = form.querySelector(`template[data-rows-empty="${prefix}"]`);
  const list = form.querySelector(`[data-rows="${prefix}"]`);
  if (!total || !empty || !list) return;
  const row = numbered(empty.content.firstElementChild.cloneNode(true), total.value);
  total.value = String(Number(total.value) + 1);
  list.append(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
};

const removeRow = (box) => {
  const row = box.closest("[data-rows-row]");
  if (!row) return;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.hidden = box.checked;
  next?.querySelector("input:not([type=hidden]), select")?.focus();
};

const showKind = (form) => {
  const chosen = form.querySelector('[name="kind"]:checked');
  if (!chosen) return;
  for (const part of form.querySelectorAll("[data-for]")) {
    part.hidden = !part.dataset.for.split(" ").includes(chosen.value);
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows-add]");
  if (button) addRow(button);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-rows-remove]")) removeRow(event.target);
  if (event.target.matches('[data-record-form] [name="kind"]')) showKind(event.target.form);
});
const prepare = () => {
  for (const form of document.querySelectorAll("[data-record-form]")) {
    showKind(form);
    for (const box of form.querySelectorAll("[data-rows-remove]:checked")) removeRow(box);
  }
};
document.addEventListener("DOMContentLoaded", prepare);
document.addEventListener("htmx:afterSettle", prepare);
prepare();

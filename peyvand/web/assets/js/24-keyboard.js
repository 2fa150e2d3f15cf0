// Keys by `event.code`, so that they work on a Persian layout. Pages name their own with data-key:
// data-key="KeyF" is pressed alone, data-key="Ctrl+Enter" works inside fields too.
const pv = window.pv;
const keys = pv.settings.keys ?? [];
let leading = false;

const shown = (selector) => [...document.querySelectorAll(selector)].find(pv.isVisible);

const press = (name, from) => {
  const selector = `[data-key~="${name}"]`; // several names stand apart: data-key="KeyF KeyR"
  const element = from?.closest?.("form, dialog, section")?.querySelector(selector) ?? shown(selector);
  if (!element) return false;
  if (element.matches("input, textarea")) element.focus();
  else element.click();
  return true;
};

const goto = (entry) => {
  if (entry.dialog && window.htmx) window.htmx.ajax("GET", entry.url, { target: "#dialog" });
  else window.location.assign(entry.url);
  return true;
};

const withControl = (event) => {
  if (event.code === "KeyK" && !event.shiftKey) {
    pv.openPalette?.();
    return true;
  }
  return press(`Ctrl+${event.shiftKey ? "Shift+" : ""}${event.code}`, event.target);
};

const alone = (event) => {
  if (leading) {
    leading = false;
    const page = keys.find((entry) => entry.go && entry.code === event.code);
    if (page) return goto(page);
  }
  if (event.code === "KeyG" && !event.shiftKey) {
    leading = true;
    setTimeout(() => (leading = false), 1500);
    return true;
  }
  if (event.key === "?" || event.key === "؟") return openKeys();
  if (event.code === "BracketLeft" && !event.shiftKey) return pv.toggleRail?.();
  if (pv.rowKey?.(event)) return true;
  if (press(event.code, null)) return true;
  const entry = keys.find((one) => !one.go && one.code === event.code);
  return Boolean(entry && !event.shiftKey && goto(entry));
};

const openKeys = () => {
  document.getElementById("keys")?.showModal();
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) {
    if (withControl(event)) event.preventDefault();
    return;
  }
  if (!pv.settings.shortcuts || pv.isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (alone(event)) event.preventDefault();
});

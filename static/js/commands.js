// Everything that can be done at the workbench, by name: keys, palette and buttons all end here.

import { say } from "./said.js";

const frame = document.querySelector(".workbench__frame");
const byId = (id) => document.getElementById(id);

// Where a place lies: its panel, the tab inside it, and what takes the focus there.
const PLACES = {
  ticket: { panel: "ticket", field: "#t-category" },
  talk: { panel: "talk", field: "#text" },
  research: { panel: "desk", tab: "tab-research", field: "#kb" },
  directory: { panel: "desk", tab: "tab-records", field: "#who" },
  tools: { panel: "desk", tab: "tab-tools", field: "#console .tool" },
  close: { panel: "close", field: "#resolution [name=type]:checked, #resolution [name=type]" },
};

function show(name) {
  const place = PLACES[name];
  frame.querySelector(`[data-shows="${place.panel}"]`).click();
  if (place.tab) byId(place.tab).click();
  document.querySelector(place.field)?.focus();
}

function ask(place, field, text) {
  show(place);
  byId(field).value = text;
  byId(field).form.requestSubmit();
}

function choose(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function end(type) {
  show("close");
  const choice = frame.querySelector(`#resolution [name=type][value=${type}]`);
  choice.click();
  choice.focus();
}

function write(text) {
  show("talk");
  const field = byId("text");
  const glue = field.value && !/\s$/.test(field.value) ? " " : "";
  field.value += glue + text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function cite(slug, button) {
  const box = frame.querySelector(`#cited [value="${CSS.escape(slug)}"]`);
  box.click();
  button.ariaPressed = box.checked;
  if (box.checked) say(button.dataset.says);
}

function closeArticle() {
  byId("article").replaceChildren();
  (frame.querySelector("#hits a") ?? byId("kb")).focus();
}

/** `open`: {palette, tour} as functions. Returns run(name, what, button); names of others are let be. */
export function commands(open) {
  const all = {
    show,
    end,
    write,
    cite,
    closeArticle,
    lookUp: (name) => ask("directory", "who", name),
    search: (words) => ask("research", "kb", words),
    clock: (state) => choose(byId("t-status"), state),
    press: (selector) => document.querySelector(selector)?.click(),
    leave: (address) => { location.href = address; },
    help: () => byId("keys").showModal(),
    use(action) {
      show("tools");
      byId(`tool-${action}`).focus();
      byId(`tool-${action}`).click();
    },
    ...open,
  };
  const run = (name, what, button) => all[name]?.(what, button);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-does]");
    if (!button || !(button.dataset.does in all)) return;
    button.closest("dialog")?.close();
    run(button.dataset.does, button.dataset.with, button);
  });
  return run;
}

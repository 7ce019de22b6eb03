// Tabs: a [data-tabs] box holds a tablist and its panels; arrow keys, Home and End move between tabs.
// Tabs with data-shows="NAME" instead set data-tab on the nearest [data-switch] and leave the rest to CSS.

const tabsOf = (list) => [...list.querySelectorAll("[role=tab]")];

function select(tab) {
  const list = tab.closest("[role=tablist]");
  for (const each of tabsOf(list)) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", chosen);
    each.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(each.getAttribute("aria-controls"));
    if (panel && !tab.dataset.shows) panel.hidden = !chosen;
  }
  if (tab.dataset.shows) {
    const frame = tab.closest("[data-switch]");
    frame.dataset.tab = tab.dataset.shows;
    frame.querySelector(`details[data-panel="${tab.dataset.shows}"]`)?.setAttribute("open", "");
    frame.dispatchEvent(new CustomEvent("tab", { detail: tab.dataset.shows }));
  }
}

function move(event) {
  const tabs = tabsOf(event.currentTarget);
  const here = tabs.indexOf(document.activeElement);
  const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to === undefined || here < 0) return;
  event.preventDefault();
  const next = tabs.at(to % tabs.length);
  next.focus();
  select(next);
}

for (const list of document.querySelectorAll("[role=tablist]")) {
  list.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) select(tab);
  });
  list.addEventListener("keydown", move);
  const first = list.querySelector("[aria-selected=true]") ?? list.querySelector("[role=tab]");
  if (first) select(first);
}

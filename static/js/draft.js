// The resolution as it is written: kept in this browser with each key, saved on the server after a short rest.

const REST_MS = 1500;
const AGAIN_MS = 4000;

export function startDraft(session, keeper) {
  const key = `resolution ${session}`;
  const form = () => document.getElementById("resolution");
  let timer = 0;
  let version = 0; // rises with each key, so that a save knows whether it is the last word

  const keep = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => { htmx.trigger(keeper, "keep"); }, wait);
  };

  function changed() {
    version += 1;
    store(key, [...new FormData(form())].filter(([name]) => name !== "csrfmiddlewaretoken"));
    say("draft-waiting");
    tick();
    keep(REST_MS);
  }

  /** Ticks off what is written, and what is not. */
  function tick() {
    const written = new FormData(form());
    for (const item of form().querySelectorAll("[data-field]")) {
      item.dataset.done = Boolean(written.get(item.dataset.field)?.trim());
    }
  }

  keeper.addEventListener("htmx:beforeRequest", (event) => { event.detail.xhr.version = version; });
  keeper.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful && detail.xhr.version === version) return void store(key, null);
    if (!detail.successful) say("draft-failed");
    keep(detail.successful ? REST_MS : AGAIN_MS);
  });
  addEventListener("online", () => { if (read(key)) keep(0); });
  addEventListener("visibilitychange", () => { if (document.hidden && read(key)) keep(0); });
  document.addEventListener("input", (event) => { if (event.target.form === form()) changed(); });
  // Finishing brings the text along; a draft that came after it would be refused.
  document.addEventListener("htmx:beforeRequest", ({ target }) => { if (target.id === "resolution") clearTimeout(timer); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "checklist" || event.target.id === "resolution") tick();
    if (event.target.id === "resolution") form().querySelector("[aria-invalid=true]")?.focus();
  });
  // Articles that were opened join the list; what was ticked stays ticked.
  document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    if (detail.target.id !== "cited") return;
    const ticked = new FormData(form()).getAll("cited");
    for (const box of detail.fragment.querySelectorAll("[name=cited]")) box.checked = ticked.includes(box.value);
  });

  const unsaved = read(key);
  if (unsaved) {
    restore(form(), unsaved);
    changed();
  }

  /** The ticket is closed: nothing is owed any more. */
  return { forget: () => { clearTimeout(timer); store(key, null); } };
}

function restore(form, entries) {
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken") continue;
    const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
}

function say(template) {
  const words = document.getElementById(template).content.firstElementChild.cloneNode(true);
  const line = document.getElementById("draft-state");
  if (line.textContent !== words.textContent) line.replaceWith(words);
}

function store(key, entries) {
  try {
    if (entries) localStorage.setItem(key, JSON.stringify(entries));
    else localStorage.removeItem(key);
  } catch { /* then the server alone keeps it */ }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

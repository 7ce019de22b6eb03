// Lists to choose from while one writes: canned replies at `/`, articles at `??`. The focus stays in the text.

import { words } from "./words.js";

const PAUSE_MS = 400;
const SHORTEST_QUERY = 3;

export class Suggestions {
  #list = null;
  #active = null;
  #timer = 0;
  #dismissed = "";

  /** `insert(text, length)` puts the text in the place of the `length` characters before the caret. */
  constructor(area, insert) {
    this.area = area;
    this.insert = insert;
    this.box = document.getElementById("suggestions");
    this.hint = document.getElementById("suggestions-hint");
    this.canned = document.getElementById("canned");
    this.articles = document.getElementById("quotable");
    area.addEventListener("input", () => this.#look());
    area.addEventListener("blur", () => this.#close());
    this.box.addEventListener("pointerdown", (event) => event.preventDefault()); // the text keeps the focus
    this.box.addEventListener("click", (event) => this.#choose(event.target.closest("[role=option]")));
  }

  /** True where the key was for the list. */
  key(event) {
    if (!this.#list) return false;
    const options = this.#options();
    const at = options.indexOf(this.#active);
    const keys = {
      ArrowDown: () => this.#activate(options[(at + 1) % options.length]),
      ArrowUp: () => this.#activate(options.at((at < 0 ? options.length : at) - 1)),
      Enter: () => this.#choose(this.#active),
      Tab: () => this.#choose(this.#active),
      Escape: () => { this.#dismissed = this.#asked().token; this.#close(); },
    };
    if (!keys[event.key] || (event.key !== "Escape" && !options.length) || event.shiftKey) return false;
    keys[event.key]();
    event.stopPropagation();
    return true;
  }

  /** What is being asked for right before the caret: a list, a query and how it was typed. */
  #asked() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const [slash, article] = [/(?:^|\n)(\/([\w-]*))$/.exec(before), /(\?\?([^?\n]*))$/.exec(before)];
    if (slash) return { list: this.canned, token: slash[1], query: slash[2].toLowerCase() };
    if (article) return { list: this.articles, token: article[1], query: article[2].trim() };
    return { list: null, token: "" };
  }

  #look() {
    clearTimeout(this.#timer);
    const { list, token, query } = this.#asked();
    if (!list || token === this.#dismissed) return this.#close();
    this.#dismissed = "";
    if (list === this.canned) return this.#filter(query);
    if (query.length < SHORTEST_QUERY) return this.#close();
    this.#timer = setTimeout(() => this.#search(token, query), PAUSE_MS);
  }

  #filter(query) {
    for (const option of this.canned.children) {
      const parts = `${option.dataset.name} ${option.dataset.text}`.toLowerCase().split(/\s+/);
      option.hidden = !parts.some((word) => word.startsWith(query));
    }
    if (query && !this.#options(this.canned).length) this.#close(); // a path, perhaps
    else this.#open(this.canned);
  }

  async #search(token, query) {
    const address = `${this.articles.dataset.from}?${new URLSearchParams({ q: query })}`;
    const html = await fetch(address).then((answer) => (answer.ok && !answer.redirected ? answer.text() : null), () => null);
    if (this.#asked().token !== token) return; // meanwhile something else was typed
    this.articles.innerHTML = html ?? "";
    this.#open(this.articles, html === null ? "choices-failed" : undefined);
  }

  #options(list = this.#list) {
    return [...list.querySelectorAll("[role=option]:not([hidden])")];
  }

  #open(list, said) {
    this.#list = list;
    this.box.hidden = false;
    for (const each of [this.canned, this.articles]) each.hidden = each !== list;
    this.area.setAttribute("aria-controls", list.id);
    const options = this.#options();
    this.hint.textContent = words(said ?? (options.length ? "choices" : "choices-none"), { count: options.length });
    this.#activate(options[0] ?? null);
  }

  #close() {
    clearTimeout(this.#timer);
    this.#list = null;
    this.box.hidden = true;
    this.area.removeAttribute("aria-controls");
    this.#activate(null);
  }

  #activate(option) {
    this.#active?.setAttribute("aria-selected", "false");
    this.#active = option;
    if (!option) return this.area.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.area.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  async #choose(option) {
    if (!option) return;
    const { token } = this.#asked();
    const { text, from } = option.dataset;
    this.#close();
    const chosen = text ?? (await quotation(from));
    if (chosen) this.insert(chosen, token.length);
  }
}

/** Fetched by htmx, since the answer also brings the article into the list of those to cite. */
async function quotation(from) {
  await htmx.ajax("GET", from, { target: "#quoted", swap: "innerHTML" });
  return document.getElementById("quotation")?.textContent;
}

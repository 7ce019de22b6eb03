// Writing: Enter sends, Shift+Enter breaks the line, the draft survives a reload and is the same in every tab.

import { Suggestions } from "./suggestions.js";
import { words } from "./words.js";

const LONGEST = 1000;
const NEAR = 900;

export class Composer {
  constructor(form, store, send) {
    this.form = form;
    this.store = store;
    this.send = send;
    this.text = form.elements.text;
    this.count = form.querySelector("#count");
    this.tooLong = form.querySelector("#too-long");
    this.placeholders = { reply: this.text.placeholder, note: this.text.dataset.note };
    this.suggestions = new Suggestions(this.text, (text, length) => this.#insert(text, length));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    form.addEventListener("click", (event) => this.#type(event.target.closest("[data-types]")?.dataset.types));
    form.addEventListener("change", () => this.#keep());
    this.text.addEventListener("input", () => this.#keep());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    this.show(store.get("draft"));
  }

  focus() {
    if (matchMedia("(min-width: 901px)").matches) this.text.focus();
  }

  /** Shows a draft; null: there is none. */
  show(draft) {
    this.text.value = draft?.text ?? "";
    this.form.elements.mode.value = draft?.mode ?? "reply";
    this.#draw();
  }

  /** Takes a message back to be edited, before what is being written. */
  take({ text, messageType }) {
    this.show({ text: [text, this.text.value].filter(Boolean).join("\n"), mode: messageType });
    this.#keep();
    this.text.focus();
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // 229: an input method that does not say so
    if (this.suggestions.key(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    }
  }

  /** A button that stands for keys: on a line of its own, as they are typed. */
  #type(keys) {
    if (!keys) return;
    this.text.focus();
    const end = this.text.value.length;
    this.text.setRangeText(this.text.value && !this.text.value.endsWith("\n") ? `\n${keys}` : keys, end, end, "end");
    this.text.dispatchEvent(new Event("input"));
  }

  #insert(text, instead) {
    const end = this.text.selectionStart;
    this.text.focus();
    this.text.setRangeText(text, end - instead, end, "end");
    this.text.dispatchEvent(new Event("input"));
  }

  #keep() {
    const { text: { value: text }, mode: { value: mode } } = this.form.elements;
    if (text || mode === "note") this.store.set("draft", { text, mode });
    else this.store.remove("draft");
    this.#draw();
  }

  #draw() {
    const mode = this.form.elements.mode.value;
    this.form.dataset.mode = mode;
    this.text.placeholder = this.placeholders[mode];
    const length = lengthOf(this.text.value);
    const room = length > LONGEST ? "none" : length >= NEAR ? "little" : "enough";
    const over = { little: ["room", length], none: ["room-none", length - LONGEST] }[room];
    this.count.textContent = over ? words(over[0], { count: over[1] }) : "";
    this.count.dataset.room = room;
    this.tooLong.textContent = room === "none" ? this.tooLong.dataset.words : "";
    this.text.setAttribute("aria-invalid", room === "none");
  }

  #submit() {
    const text = this.text.value.trim();
    if (!text || lengthOf(text) > LONGEST) return;
    this.send(text, this.form.elements.mode.value);
    this.show(null);
    this.#keep();
  }
}

/** In code points, as the server counts. */
const lengthOf = (text) => [...text].length;

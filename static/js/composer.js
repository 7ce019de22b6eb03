// Writing: Enter sends, Shift+Enter breaks the line, the draft survives a reload, `/` opens the canned replies.

const LONGEST = 1000;

export class Composer {
  constructor(form, session, send) {
    this.form = form;
    this.text = form.elements.text;
    this.count = form.querySelector(".composer__count");
    this.draft = `draft ${session}`;
    this.send = send;
    this.text.value = localStorage.getItem(this.draft) ?? "";
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(); });
    this.text.addEventListener("input", () => this.#changed());
    this.text.addEventListener("keydown", (event) => this.#key(event));
    form.addEventListener("change", () => { form.dataset.mode = form.elements.mode.value; });
    form.querySelector("#canned").addEventListener("click", (event) => this.#insert(event.target.dataset.text));
    this.#changed();
  }

  focus() {
    if (matchMedia("(min-width: 901px)").matches) this.text.focus();
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#submit();
    }
    if (event.key === "/" && !this.text.value) {
      event.preventDefault();
      const menu = this.form.querySelector("details.menu");
      menu.open = true;
      menu.querySelector("button").focus();
    }
  }

  #insert(text) {
    if (!text) return;
    this.text.value = text;
    this.form.querySelector("details.menu").open = false;
    this.text.focus();
    this.#changed();
  }

  #changed() {
    const length = [...this.text.value].length;
    const tooMany = length - LONGEST;
    this.count.textContent = tooMany > 0 ? `${length} / ${LONGEST}: shorten it by ${tooMany}` : `${length} / ${LONGEST}`;
    this.count.dataset.room = tooMany > 0 ? "none" : length > LONGEST * 0.9 ? "little" : "enough";
    if (length) localStorage.setItem(this.draft, this.text.value);
    else localStorage.removeItem(this.draft);
  }

  #submit() {
    const text = this.text.value.trim();
    if (!text || [...text].length > LONGEST) return;
    this.send(text, this.form.elements.mode.value);
    this.text.value = "";
    this.#changed();
  }
}

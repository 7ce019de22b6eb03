// Reading along: who is at the end stays there, nobody else is moved. What came meanwhile is counted and divided off.

import { copy } from "./words.js";

const NEAR_PX = 80;

export class Reading {
  #atEnd = true;
  #missed = 0;
  #top = 0;
  #title = document.title;

  constructor(bubbles) {
    this.bubbles = bubbles;
    this.list = bubbles.list;
    this.scroller = document.getElementById("log");
    this.button = document.getElementById("latest");
    this.count = this.button.querySelector(".count");
    this.button.addEventListener("click", () => this.#jump());
    this.scroller.addEventListener("scroll", () => this.#look(), { passive: true });
    this.scroller.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("visibilitychange", () => this.#look());
    const grown = new ResizeObserver(() => this.#keep());
    for (const box of [this.scroller, this.list]) grown.observe(box);
    this.#toEnd();
  }

  /** A message of somebody else stands in the list. */
  arrived(bubble) {
    if (this.#atEnd && this.#watched()) return;
    if (!this.#missed) this.#divide(bubble);
    this.#missed += 1;
    this.#draw();
  }

  /** One's own: it is seen, and with it all above. */
  wrote() {
    this.#divide(null);
    this.#jump();
  }

  /** Runs `change` above what is being read, which stays where it is. */
  hold(change) {
    const below = this.scroller.scrollHeight - this.scroller.scrollTop;
    change();
    this.scroller.scrollTop = this.scroller.scrollHeight - below;
  }

  #watched() {
    return !document.hidden && this.scroller.clientHeight > 0;
  }

  #look() {
    if (!this.#watched()) return;
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    // Only a move upwards leaves the end: what grows or shrinks around the reader does not.
    this.#atEnd = near || (this.#atEnd && scrollTop >= this.#top);
    this.#top = scrollTop;
    if (this.#atEnd) this.#missed = 0;
    this.#draw();
  }

  #keep() {
    if (!this.scroller.clientHeight) return;
    if (this.#atEnd) this.#toEnd();
    this.#look();
  }

  #jump() {
    this.#toEnd();
    this.#look();
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #draw() {
    this.button.hidden = this.#atEnd;
    this.count.textContent = this.#missed;
    this.count.hidden = !this.#missed;
    document.title = this.#missed ? `(${this.#missed}) ${this.#title}` : this.#title;
  }

  /** What stands below the line is new; null: nothing is. */
  #divide(bubble) {
    const old = this.list.querySelector(".conversation__divider");
    const parted = old && this.bubbles.following(old);
    old?.remove();
    if (parted) this.bubbles.arrange(parted);
    if (!bubble) return;
    const day = bubble.previousElementSibling;
    (day?.matches(".conversation__day") ? day : bubble).before(copy("divider"));
    this.bubbles.arrange(bubble);
  }

  /** Arrow keys go from message to message, Home and End to the first and the last. */
  #key(event) {
    const here = event.target.closest(".bubble");
    if (!here && event.target !== this.scroller) return;
    const all = [...this.list.querySelectorAll(".bubble")];
    const at = here ? all.indexOf(here) : all.length;
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    all[to]?.focus();
  }
}

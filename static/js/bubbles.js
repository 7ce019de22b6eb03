// Bubbles: how a message is drawn, and how those of one speaker stand together (as chat/transcript.py has it).

import { copy } from "./words.js";

const TOGETHER_MS = 2 * 60 * 1000;
const JOINING = new Set(["in", "out"]);
const { lang } = document.documentElement;
const LOCALE = lang === "en" ? "en-GB" : lang; // English dates are written the British way here

export class Bubbles {
  constructor(list) {
    this.list = list;
    const timeZone = list.dataset.zone;
    const day = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
    const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const format = (parts, locale = LOCALE) => new Intl.DateTimeFormat(locale, { ...parts, timeZone });
    this.formats = { day: format(day), time: format(time), date: format({}, "sv") }; // sv writes 2026-03-02
  }

  /** kind: in, out, note or system. */
  draw(kind, text, at) {
    const bubble = copy(`bubble-${kind}`).firstElementChild;
    bubble.querySelector(".bubble__text").textContent = text;
    this.stamp(bubble, at);
    return bubble;
  }

  stamp(bubble, at) {
    const [day, time] = [this.formats.day.format(at), this.formats.time.format(at)];
    Object.assign(bubble.querySelector("time"), { dateTime: at.toISOString(), textContent: time });
    bubble.querySelector(".bubble__full").textContent = `${day.replaceAll(",", "")}, ${time}`;
    bubble.dataset.day = this.formats.date.format(at);
  }

  /** Puts it before `next`, or last; it and its neighbours join or part. */
  place(bubble, next = null) {
    const left = bubble.isConnected && this.following(bubble);
    if (left !== next || !bubble.isConnected) {
      this.#bare(bubble);
      this.list.insertBefore(bubble, next && this.#head(next));
      if (left) this.arrange(left);
    }
    this.arrange(bubble);
    const after = this.following(bubble);
    if (after) this.arrange(after);
  }

  remove(bubble) {
    const after = this.following(bubble);
    this.#bare(bubble);
    bubble.remove();
    if (after) this.arrange(after);
  }

  /** Says what day begins with it, and whether it goes on what the bubble above began. */
  arrange(bubble) {
    this.#bare(bubble);
    const divided = bubble.previousElementSibling?.matches(".conversation__divider");
    const above = this.preceding(bubble);
    const sameDay = above?.dataset.day === bubble.dataset.day;
    const soon = at(bubble) - at(above) < TOGETHER_MS;
    const joined = sameDay && soon && !divided && kind(above) === kind(bubble) && JOINING.has(kind(bubble));
    bubble.classList.toggle("bubble--joined", joined);
    if (!sameDay) bubble.before(this.#day(bubble));
  }

  preceding(bubble) {
    return sibling(bubble, "previousElementSibling");
  }

  following(bubble) {
    return sibling(bubble, "nextElementSibling");
  }

  /** Where the lines that belong to a bubble begin: divider and day, if it has them. */
  #head(bubble) {
    let head = bubble;
    while (head.previousElementSibling && !head.previousElementSibling.matches(".bubble")) head = head.previousElementSibling;
    return head;
  }

  #bare(bubble) {
    const above = bubble.previousElementSibling;
    if (above?.matches(".conversation__day")) above.remove();
  }

  #day(bubble) {
    const line = copy("day").firstElementChild;
    const text = this.formats.day.format(at(bubble)).replaceAll(",", "");
    Object.assign(line.querySelector("time"), { dateTime: bubble.dataset.day, textContent: text });
    return line;
  }
}

const kind = (bubble) => bubble?.dataset.kind;
const at = (bubble) => new Date(bubble?.querySelector("time").dateTime ?? 0);

function sibling(bubble, direction) {
  let found = bubble[direction];
  while (found && !found.matches(".bubble")) found = found[direction];
  return found;
}

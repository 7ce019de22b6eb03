// The transcript on the page: every message once, in order; the customer's appear at a human pace.

import { Bubbles } from "./bubbles.js";
import { Reading } from "./reading.js";
import { announce, copy } from "./words.js";

const PACE = { start: 400, perSecond: 35, cap: 4000 };
const MOST_HELD = 2; // what was missed for longer comes at once

export class Conversation {
  #held = [];
  #revealing = false;
  #composing = false;

  /** `on`: {shown(frame), retry(clientId), edit(clientId)}. */
  constructor({ pacing, on }) {
    this.pacing = pacing;
    this.on = on;
    this.list = document.getElementById("conversation");
    this.typing = document.getElementById("typing");
    this.bubbles = new Bubbles(this.list);
    this.reading = new Reading(this.bubbles);
    this.lastSeq = Math.max(0, ...this.#stored().map(seqOf));
    this.list.addEventListener("click", (event) => this.#decide(event.target.closest("[data-does]")));
  }

  /** Shows a message frame. True where messages before it are missing. */
  add(frame) {
    if (frame.seq <= this.lastSeq) return false;
    if (frame.seq > this.lastSeq + 1) return true;
    this.lastSeq = frame.seq;
    if (this.#own(frame.clientId)) this.settle(frame);
    else this.#held.push(frame);
    this.#reveal();
    return false;
  }

  /** Shows what was just written here. */
  wrote(message) {
    this.addOwn(message);
    this.reading.wrote();
  }

  /** Shows a message of one's own before the server has it. */
  addOwn({ clientId, text, messageType, at, failed }) {
    if (!this.#own(clientId)) {
      const bubble = this.bubbles.draw(messageType === "note" ? "note" : "out", text, new Date(at));
      bubble.dataset.clientId = clientId;
      this.bubbles.place(bubble);
    }
    if (failed) this.fail(clientId, failed);
    else this.#mark(clientId, "waiting");
  }

  /** The server has it: under this number, from this time if it says so. */
  settle({ clientId, seq, createdAt }) {
    const bubble = this.#own(clientId);
    if (!bubble) return;
    if (seq < seqOf(this.#stored()[0])) return void this.bubbles.remove(bubble); // it comes with the earlier ones
    if (createdAt) this.bubbles.stamp(bubble, new Date(createdAt));
    this.#number(bubble, seq);
    this.#mark(clientId, "sent");
  }

  fail(clientId, why) {
    this.#mark(clientId, "failed", { why });
    announce(copy("said-failed", { why, text: this.#own(clientId)?.querySelector(".bubble__text").textContent }));
  }

  /** Takes back one that was not sent. */
  withdraw(clientId) {
    const bubble = this.#own(clientId);
    if (bubble && !bubble.dataset.seq) this.bubbles.remove(bubble);
  }

  /** The customer is composing, or has stopped. */
  expectReply(on) {
    this.#composing = on;
    this.#drawTyping();
  }

  #decide(button) {
    if (button) this.on[button.dataset.does](button.closest("[data-client-id]").dataset.clientId);
  }

  async #reveal() {
    if (this.#revealing) return;
    this.#revealing = true;
    for (let frame = this.#held.shift(); frame; frame = this.#held.shift()) {
      const paced = this.pacing && frame.senderType === "ai" && this.#held.length < MOST_HELD && !document.hidden;
      this.#drawTyping();
      if (paced) await pause(frame.text);
      this.#show(frame);
    }
    this.#revealing = false;
    this.#drawTyping();
  }

  #drawTyping() {
    this.typing.dataset.on = this.#composing || this.#revealing;
  }

  #show(frame) {
    if (this.#own(frame.clientId)) return void this.settle(frame); // another tab has told of it meanwhile
    const bubble = this.bubbles.draw(kindOf(frame), frame.text, new Date(frame.createdAt));
    if (frame.clientId) bubble.dataset.clientId = frame.clientId;
    this.#number(bubble, frame.seq);
    if (frame.senderType === "user") return; // written in another tab
    this.reading.arrived(bubble);
    announce(copy("said-message", { who: bubble.querySelector(".bubble__who").textContent, text: frame.text }));
    this.on.shown(frame);
  }

  /** Numbered messages stand in the order of their numbers, those that wait after them. */
  #number(bubble, seq) {
    bubble.id = `m-${seq}`;
    bubble.dataset.seq = seq;
    const later = this.#stored().find((each) => seqOf(each) > seq);
    this.bubbles.place(bubble, later ?? this.list.querySelector(".bubble:not([data-seq])"));
  }

  #mark(clientId, mark, slots) {
    const sign = this.#own(clientId)?.querySelector(".bubble__mark");
    if (!sign || sign.dataset.mark === mark) return;
    sign.dataset.mark = mark;
    sign.replaceChildren(copy(`mark-${mark}`, slots));
  }

  #stored() {
    return [...this.list.querySelectorAll("[data-seq]")];
  }

  #own(clientId) {
    return clientId ? this.list.querySelector(`[data-client-id="${clientId}"]`) : null;
  }
}

const seqOf = (bubble) => Number(bubble?.dataset.seq ?? 0);

function kindOf({ messageType, senderType }) {
  return messageType === "note" ? "note" : ({ user: "out", system: "system" }[senderType] ?? "in");
}

function pause(text) {
  const wait = Math.min(PACE.start + (text.length / PACE.perSecond) * 1000, PACE.cap);
  return new Promise((done) => setTimeout(done, wait));
}

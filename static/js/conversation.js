// The transcript on the page: every message once, in order; the customer's appear at a human pace.

const PACE = { start: 400, perSecond: 35, cap: 4000 };

export class Conversation {
  #held = [];
  #revealing = false;

  constructor({ pacing }) {
    this.pacing = pacing;
    this.list = document.getElementById("conversation");
    this.scroller = document.getElementById("log");
    this.typing = document.getElementById("typing");
    this.onRetry = () => {};
    this.lastSeq = Math.max(0, ...[...this.list.querySelectorAll("[data-seq]")].map((each) => Number(each.dataset.seq)));
    this.list.addEventListener("click", (event) => {
      const failed = event.target.closest("[data-mark=failed]");
      if (failed) this.#retry(failed.closest("[data-client-id]"));
    });
    new ResizeObserver(() => this.#toEnd()).observe(this.scroller); // the drawer opens below it
  }

  /** Shows a message frame. True where messages before it are missing. */
  add(frame) {
    if (frame.seq <= this.lastSeq) return false;
    if (frame.seq > this.lastSeq + 1) return true;
    this.lastSeq = frame.seq;
    const own = frame.clientId && this.#own(frame.clientId);
    if (own) this.#settle(own, frame);
    else this.#held.push(frame);
    this.#reveal();
    return false;
  }

  /** Shows a message of one's own before the server has it. */
  addOwn({ clientId, text, messageType }) {
    if (this.#own(clientId)) return;
    const bubble = this.#bubble(messageType === "note" ? "note" : "out", text, new Date());
    bubble.dataset.clientId = clientId;
    this.list.append(bubble);
    this.mark(clientId, "waiting");
    this.#toEnd();
  }

  mark(clientId, mark, words = mark) {
    const sign = this.#own(clientId)?.querySelector(".bubble__mark");
    if (!sign) return;
    sign.dataset.mark = mark;
    sign.textContent = mark === "failed" ? `not sent: ${words} Click to try again.` : words;
    if (mark === "failed") sign.tabIndex = 0;
  }

  /** The customer is composing, or has stopped. */
  expectReply(on) {
    this.typing.hidden = !on && !this.#held.length;
    if (on) this.#toEnd();
  }

  #retry(bubble) {
    this.mark(bubble.dataset.clientId, "waiting");
    this.onRetry(bubble.dataset.clientId);
  }

  async #reveal() {
    if (this.#revealing) return;
    this.#revealing = true;
    for (let frame = this.#held.shift(); frame; frame = this.#held.shift()) {
      if (this.pacing && frame.senderType === "ai") await this.#pause(frame.text);
      this.#show(frame);
    }
    this.typing.hidden = true;
    this.#revealing = false;
  }

  #pause(text) {
    this.typing.hidden = false;
    this.#toEnd();
    const wait = Math.min(PACE.start + (text.length / PACE.perSecond) * 1000, PACE.cap);
    return new Promise((done) => setTimeout(done, wait));
  }

  #show(frame) {
    const kind = frame.messageType === "note" ? "note" : { user: "out", system: "system" }[frame.senderType] ?? "in";
    const bubble = this.#bubble(kind, frame.text, new Date(frame.createdAt));
    this.#settle(bubble, frame);
    this.list.append(bubble);
    this.#toEnd();
  }

  #settle(bubble, frame) {
    bubble.id = `m-${frame.seq}`;
    bubble.dataset.seq = frame.seq;
    const sign = bubble.querySelector(".bubble__mark");
    if (sign) Object.assign(sign, { textContent: "sent" }).dataset.mark = "sent";
  }

  #bubble(kind, text, at) {
    const bubble = document.getElementById(`bubble-${kind}`).content.firstElementChild.cloneNode(true);
    bubble.querySelector(".bubble__text").textContent = text;
    const time = bubble.querySelector("time");
    time.dateTime = at.toISOString();
    time.textContent = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
    return bubble;
  }

  #own(clientId) {
    return this.list.querySelector(`[data-client-id="${clientId}"]`);
  }

  #toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}

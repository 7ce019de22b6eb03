// A socket that opens itself again, with growing pauses, until the server says that it is over.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const OVER = new Set([4401, 4404, 4409]);

export class Link {
  #wait = FIRST_WAIT_MS;
  #socket = null;

  /** `on`: {opened(), lost(), frame(object), ended(code)}. */
  constructor(path, on) {
    this.address = new URL(path, location.href);
    this.address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.on = on;
  }

  open() {
    this.#socket = new WebSocket(this.address);
    this.#socket.addEventListener("open", () => {
      this.#wait = FIRST_WAIT_MS;
      this.on.opened();
    });
    this.#socket.addEventListener("message", (event) => this.on.frame(JSON.parse(event.data)));
    this.#socket.addEventListener("close", (event) => this.#closed(event.code));
  }

  /** Sends now, or not at all: whoever needs it to arrive keeps it and sends it again when opened. */
  send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #closed(code) {
    if (OVER.has(code)) return void this.on.ended(code);
    this.on.lost();
    setTimeout(() => this.open(), this.#wait * (0.5 + Math.random()));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }
}

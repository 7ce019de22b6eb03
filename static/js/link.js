// A socket that opens itself again, with growing pauses, until the server says that it is over.

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const QUIET_MS = 20000; // then we ask whether anybody is there
const PATIENCE_MS = 8000;
const OVER = new Set([4401, 4404, 4409]);

export class Link {
  #wait = FIRST_WAIT_MS;
  #socket = null;
  #over = false;
  #next = 0;
  #watch = 0;

  /** `on`: {opened(), lost(), frame(object), ended(code)}. */
  constructor(path, on) {
    this.address = new URL(path, location.href);
    this.address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.on = on;
    addEventListener("offline", () => this.#drop());
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  open() {
    clearTimeout(this.#next);
    const socket = new WebSocket(this.address);
    const whileOurs = (handle) => (event) => { if (socket === this.#socket) handle(event); };
    this.#socket = socket;
    this.#expect(() => this.#drop(), PATIENCE_MS);
    socket.addEventListener("open", whileOurs(() => {
      this.#wait = FIRST_WAIT_MS;
      this.#heard();
      this.on.opened();
    }));
    socket.addEventListener("message", whileOurs((event) => {
      this.#heard();
      this.on.frame(JSON.parse(event.data));
    }));
    socket.addEventListener("close", whileOurs((event) => this.#closed(event.code)));
  }

  /** True where it left. That it arrived is for the server to say. */
  send(frame) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** A network can die without closing anything: silence is asked about. */
  #heard() {
    this.#expect(() => {
      this.send({ type: "ping" });
      this.#expect(() => this.#drop(), PATIENCE_MS);
    }, QUIET_MS);
  }

  #expect(otherwise, after) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(otherwise, after);
  }

  /** Does not wait for a closing handshake that nobody answers. */
  #drop() {
    const socket = this.#socket;
    this.#closed();
    socket?.close();
  }

  #closed(code) {
    this.#socket = null;
    clearTimeout(this.#watch);
    clearTimeout(this.#next);
    this.#over ||= OVER.has(code);
    if (this.#over) return void (OVER.has(code) && this.on.ended(code));
    // Spread out, so that a restarted server does not meet everyone in the same moment.
    this.#next = setTimeout(() => this.open(), this.#wait * (0.5 + Math.random()));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.on.lost();
  }

  #hurry() {
    if (this.#socket || this.#over) return;
    this.#wait = FIRST_WAIT_MS;
    this.open();
  }
}

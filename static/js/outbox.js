// Messages that are not acknowledged yet, kept over reloads. They leave one after the other, in order, from one
// tab at a time. The server stores a client id once, so that sending again is safe.

export class Outbox {
  #sending = false;
  #current = null;
  #answered = () => {};

  /** `send(message)` is true where it left; `changed()` is called when what waits has changed. */
  constructor(store, send, changed) {
    this.store = store;
    this.send = send;
    this.changed = changed;
  }

  /** Oldest first; those with `failed` stay until somebody decides about them. */
  messages() {
    const found = this.store.keys("out ").map((key) => this.store.get(key)).filter(Boolean);
    return found.sort((one, other) => one.at - other.at);
  }

  find(clientId) {
    return this.store.get(`out ${clientId}`);
  }

  keep(message) {
    this.store.set(`out ${message.clientId}`, message);
    this.changed();
    this.flush();
  }

  forget(clientId) {
    if (!this.find(clientId)) return;
    this.store.remove(`out ${clientId}`);
    this.changed();
  }

  retry(clientId) {
    const { failed, ...message } = this.find(clientId);
    this.keep(message);
  }

  async flush() {
    if (this.#sending) return;
    this.#sending = true;
    await alone(this.store.name, async () => {
      while (await this.#deliver(this.messages().find((message) => !message.failed)));
      this.#sending = false;
    });
  }

  acknowledged(clientId) {
    this.forget(clientId);
    if (clientId === this.#current) this.#answered(true);
  }

  /** True where the message is given up: somebody has to decide. */
  refused({ clientId = this.#current, retryable, retryAfter = 2, message }) {
    const refused = clientId && this.find(clientId);
    if (!refused) return false;
    if (retryable) {
      setTimeout(this.#answered, retryAfter * 1000, true);
      return false;
    }
    this.store.set(`out ${clientId}`, { ...refused, failed: message });
    this.changed();
    if (clientId === this.#current) this.#answered(true);
    return true;
  }

  /** The connection is lost; what waits is sent again with the next one. */
  interrupted() {
    this.#answered(false);
  }

  /** Resolves when there is an answer: true to go on with the next. */
  #deliver(message) {
    this.#current = message?.clientId ?? null;
    return new Promise((answered) => {
      this.#answered = answered;
      if (!message || !this.send(message)) answered(false);
    });
  }
}

/** Runs it while no other tab does; where there are no locks (no https), the server tells doubles apart. */
function alone(name, run) {
  return navigator.locks ? navigator.locks.request(name, run) : run();
}

// Messages that are not acknowledged yet, kept over reloads. The same client id is stored once, so resending is safe.

export class Outbox {
  constructor(session) {
    this.key = `outbox ${session}`;
  }

  waiting() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? [];
    } catch {
      return [];
    }
  }

  find(clientId) {
    return this.waiting().find((message) => message.clientId === clientId);
  }

  keep(message) {
    this.#store([...this.waiting(), message]);
  }

  forget(clientId) {
    this.#store(this.waiting().filter((message) => message.clientId !== clientId));
  }

  #store(messages) {
    if (messages.length) localStorage.setItem(this.key, JSON.stringify(messages));
    else localStorage.removeItem(this.key);
  }
}

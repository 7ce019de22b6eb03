// What has to survive a reload. Where the browser refuses to keep it, it is held for as long as the page is open.

export class Store {
  #held = new Map();
  #refused;

  /** `refused(boolean)` tells whether anything is held by this page alone. */
  constructor(name, refused) {
    this.name = `${name} `;
    this.#refused = refused;
    addEventListener("beforeunload", (event) => { if (this.#held.size) event.preventDefault(); });
  }

  get(key) {
    return this.#held.has(key) ? this.#held.get(key) : read(() => localStorage.getItem(this.name + key));
  }

  set(key, value) {
    try {
      localStorage.setItem(this.name + key, JSON.stringify(value));
      this.#held.delete(key);
    } catch {
      this.#held.set(key, value);
    }
    this.#refused(this.#held.size > 0);
  }

  remove(key) {
    this.#held.delete(key);
    this.#refused(this.#held.size > 0);
    try {
      localStorage.removeItem(this.name + key);
    } catch { /* then nothing is there to be removed */ }
  }

  /** All keys that begin with `start`. */
  keys(start) {
    const stored = read(() => JSON.stringify(Object.keys(localStorage))) ?? [];
    const own = stored.filter((key) => key.startsWith(this.name)).map((key) => key.slice(this.name.length));
    return [...new Set([...own, ...this.#held.keys()])].filter((key) => key.startsWith(start));
  }

  /** Calls back with (key, value) when another tab has changed something; value null: removed. */
  watch(changed) {
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(this.name)) changed(event.key.slice(this.name.length), read(() => event.newValue));
    });
  }
}

function read(text) {
  try {
    return JSON.parse(text());
  } catch {
    return null;
  }
}

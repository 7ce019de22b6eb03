// A brief message in the corner. It stays while it is looked at or holds the focus.

const STAYS_MS = 7000;
const LOOKS_AGAIN_MS = 1000;

const shelf = document.querySelector(".toasts");
const shape = document.getElementById("toast");

/** Show `title` with an optional `body` and link `url`; tone: info, success, joy or danger. */
export function toast({ title, body = "", url = "", tone = "info" }) {
  const card = shape.content.firstElementChild.cloneNode(true);
  card.dataset.tone = tone;
  card.querySelector(".toast__title").append(url ? link(title, url) : title);
  card.querySelector(".toast__body").textContent = body;
  card.querySelector("button").addEventListener("click", () => card.remove());
  shelf.append(card);

  const leave = () => (card.matches(":hover, :focus-within") ? setTimeout(leave, LOOKS_AGAIN_MS) : card.remove());
  setTimeout(leave, STAYS_MS);
}

function link(text, url) {
  const element = document.createElement("a");
  element.href = new URL(url, location.href).href;
  element.textContent = text;
  return element;
}

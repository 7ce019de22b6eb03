// A brief message in the corner. It stays while it is looked at or holds the focus.

const STAYS_MS = 7000;

function shelf() {
  let box = document.querySelector(".toasts");
  if (!box) {
    box = document.createElement("div");
    box.className = "toasts";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  return box;
}

function part(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

/** Show `title` with an optional `body` and link `url`; tone: info, success, joy or danger. */
export function toast({ title, body = "", url = "", tone = "info" }) {
  const card = part("div", "toast", "");
  card.dataset.tone = tone;
  const heading = part("p", "toast__title", url ? "" : title);
  if (url) {
    const link = part("a", "", title);
    link.href = new URL(url, location.href).href;
    heading.append(link);
  }
  const close = part("button", "button button--quiet button--icon button--small", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Dismiss");
  close.addEventListener("click", () => card.remove());
  card.append(heading, close);
  if (body) card.append(part("p", "", body));
  shelf().append(card);

  const leave = () => (card.matches(":hover, :focus-within") ? setTimeout(leave, 1000) : card.remove());
  setTimeout(leave, STAYS_MS);
}

// Script holds no words: they stand in the page, in <template> elements with a [data-slot] for each value.

/** A copy of what the template `id` holds, its slots filled with text. */
export function copy(id, slots = {}) {
  const content = document.getElementById(id).content.cloneNode(true);
  for (const slot of content.querySelectorAll("[data-slot]")) slot.textContent = slots[slot.dataset.slot] ?? "";
  return content;
}

/** The words of the template `id`. */
export function words(id, slots) {
  return copy(id, slots).textContent.trim();
}

/** Adds to a polite live region, which reads each once; gone before anybody meets it a second time. */
export function announce(content) {
  const line = content.firstElementChild;
  document.getElementById("log-said").append(line);
  setTimeout(() => line.remove(), 10000);
}

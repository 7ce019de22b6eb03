// How many new things wait behind a tab that is not looked at.

const all = (name) => document.querySelectorAll(`[data-badge="${name}"]`);

export function countUp(name) {
  for (const badge of all(name)) {
    const count = badge.querySelector(".count");
    count.textContent = Number(count.textContent) + 1;
    badge.hidden = false;
  }
}

export function clear(name) {
  for (const badge of all(name)) {
    badge.querySelector(".count").textContent = "0";
    badge.hidden = true;
  }
}

// One polite voice for the workbench's frame: what changes without being looked at is said once.

const line = document.getElementById("said");

/** Says `words`, also when they are the same as before. */
export function say(words) {
  line.textContent = "";
  requestAnimationFrame(() => { line.textContent = words; });
}

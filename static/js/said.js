// One polite voice for the workbench's frame: what changes without being looked at is said once.

const line = document.getElementById("said");
const STAYS_MS = 10000;

/** Says `words` after what is being said already; gone before anybody meets them a second time. */
export function say(words) {
  const said = document.createElement("p");
  said.textContent = words;
  line.append(said);
  setTimeout(() => said.remove(), STAYS_MS);
}

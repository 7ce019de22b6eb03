// The keys of the workbench are the rows of its cheat sheet: data-key names the key, data-does what it does.
// Those of one character are deaf in a field, and everywhere once the sheet's switch is off.

const FIELDS = "input, textarea, select, [contenteditable]";
const MAC = navigator.platform.startsWith("Mac");

export function startKeys(sheet, run) {
  const rows = new Map([...sheet.querySelectorAll("[data-key]")].map((row) => [row.dataset.key, row.dataset]));
  const off = sheet.querySelector("[name=shortcuts][value=off]");
  const isDeaf = (name, field) => name.length === 1 && (field.matches(FIELDS) || off.ariaPressed === "true");
  document.addEventListener("keydown", (event) => {
    const name = nameOf(event);
    const row = rows.get(name);
    if (!row || document.querySelector("dialog:modal") || isDeaf(name, event.target)) return;
    event.preventDefault();
    run(row.does, row.with);
  });
  if (MAC) for (const key of document.querySelectorAll("[data-mac]")) key.textContent = key.dataset.mac;
}

/** `mod+k`, `alt+1`, `?`. Alt and Ctrl together are AltGr, which writes. */
function nameOf({ key, code, ctrlKey, metaKey, altKey }) {
  if (altKey && !ctrlKey && !metaKey) return `alt+${code.replace(/^(Digit|Numpad)/, "")}`;
  if (MAC ? metaKey : ctrlKey) return altKey ? "" : `mod+${key.toLowerCase()}`;
  return key;
}

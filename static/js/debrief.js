// A link to a line moves the transcript beside the text and leaves the page where it is; Escape leads back.

const lines = document.getElementById("lines");
let origin = null;

const isBeside = () => lines !== null && getComputedStyle(lines).overflowY === "auto";

function show(line) {
  for (const cited of lines.querySelectorAll("[aria-current]")) cited.removeAttribute("aria-current");
  line.setAttribute("aria-current", "location");
  const above = line.getBoundingClientRect().top - lines.getBoundingClientRect().top;
  lines.scrollBy({ top: above - lines.clientHeight / 3, behavior: "smooth" });
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const line = link && document.getElementById(link.hash.slice(1));
  if (!line || !isBeside() || !lines.contains(line)) return;
  event.preventDefault();
  origin = link;
  show(line);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !origin || !lines.contains(document.activeElement)) return;
  origin.focus();
  origin = null;
});

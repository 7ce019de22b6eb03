// A button with data-opens="ID" opens the dialog of that id; a click on its backdrop closes it.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (event.target.matches("dialog[open]") && outside(event.target, event)) event.target.close();
});

// Keyboard clicks have no place (0, 0): they never count as outside.
function outside(dialog, { clientX: x, clientY: y, detail }) {
  const box = dialog.getBoundingClientRect();
  return detail > 0 && (x < box.left || x > box.right || y < box.top || y > box.bottom);
}

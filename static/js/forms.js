// Small helps for forms that work without them.

// A filter form with data-autosubmit is sent as soon as a choice is made.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
});

// A form is sent once, however often one clicks; coming back to the page frees it again.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A textarea with data-counter says how much room is left.
for (const area of document.querySelectorAll("textarea[data-counter][maxlength]")) {
  const count = document.createElement("p");
  count.className = "field__count";
  const show = () => {
    count.textContent = `${area.value.length} / ${area.maxLength}`;
    count.dataset.near = area.value.length > area.maxLength * 0.9;
  };
  area.after(count);
  area.addEventListener("input", show);
  show();
}

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
  // Filters say what the address says, not what the browser remembers of the page it left.
  for (const form of document.querySelectorAll("form[data-autosubmit]")) form.reset();
});

// A textarea with data-counter says how much room is left; one that came with an answer, too.
function count() {
  for (const area of document.querySelectorAll("textarea[data-counter][maxlength]:not(:has(+ .field__count))")) {
    const line = document.createElement("p");
    line.className = "field__count";
    const show = () => {
      line.textContent = `${area.value.length} / ${area.maxLength}`;
      line.dataset.near = area.value.length > area.maxLength * 0.9;
    };
    area.after(line);
    area.addEventListener("input", show);
    show();
  }
}
count();
document.addEventListener("htmx:afterSettle", count);

// After a refusal one stands at the first field to put right, or at the sentence that says why.
const wrong = document.querySelector("form[method=post] [aria-invalid=true], form[method=post] [role=alert]:not([hidden])");
wrong?.focus();

// A page that is one short form begins in its first field, unless somebody was quicker: a password must not go on in
// the field of the address. A finger would only open its keyboard.
const begin = document.querySelector("form[data-begin] input:not([type=hidden])");
const isUntouched = document.activeElement === document.body;
if (begin && !wrong && isUntouched && matchMedia("(pointer: fine)").matches) begin.focus();

// A password can be shown while one types it; sent, it is a password again.
for (const button of document.querySelectorAll(".secret__switch")) {
  const field = document.getElementById(button.getAttribute("aria-controls"));
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  };
  button.hidden = false;
  button.addEventListener("click", () => show(field.type === "password"));
  field.form?.addEventListener("submit", () => show(false));
}

for (const hint of document.querySelectorAll("[data-caps]")) {
  const field = document.getElementById(hint.dataset.caps);
  const look = (event) => { hint.hidden = !event.getModifierState?.("CapsLock"); };
  field.addEventListener("keydown", look);
  field.addEventListener("keyup", look);
  field.addEventListener("blur", () => { hint.hidden = true; });
}

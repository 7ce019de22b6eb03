// A switch of theme, density or keys takes effect at once; the form is sent behind it, so that it stays.

const PLAIN = { theme: "system", density: "comfortable", shortcuts: "on" };

for (const form of document.querySelectorAll("form[data-look]")) {
  form.addEventListener("submit", (event) => {
    const { name, value } = event.submitter;
    event.preventDefault();
    wear(name, value);
    const body = new FormData(form);
    body.set(name, value);
    // Without a network it is worn on this page only; there is nothing to mend.
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  });
}

function wear(name, value) {
  const page = document.documentElement;
  if (value === PLAIN[name]) delete page.dataset[name];
  else page.dataset[name] = value;
  for (const button of document.querySelectorAll(`form[data-look] button[name="${name}"]`)) {
    button.setAttribute("aria-pressed", button.value === value);
  }
}

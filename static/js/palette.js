// Find or do: a combobox over the options in the page. Typing filters, arrows choose, Enter does.

const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

export function startPalette(dialog, run) {
  const field = dialog.querySelector("[role=combobox]");
  const options = [...dialog.querySelectorAll("[role=option]")];
  const shown = () => options.filter((option) => !option.hidden);
  const said = new Map(options.map((option) => [option, option.textContent.toLowerCase()]));
  let chosen = null;

  function choose(option) {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option ?? null;
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", chosen?.id ?? "");
  }

  function filter() {
    const typed = field.value.trim();
    for (const option of options) {
      const wanted = "needsText" in option.dataset ? typed : words(typed).every((word) => said.get(option).includes(word));
      option.hidden = !wanted;
    }
    for (const slot of dialog.querySelectorAll("[data-typed]")) slot.textContent = typed;
    for (const group of dialog.querySelectorAll("[role=group]")) {
      group.hidden = !group.querySelector("[role=option]:not([hidden])");
    }
    choose(shown().find((option) => !("needsText" in option.dataset)) ?? shown()[0]);
  }

  function act(option) {
    if (!option) return;
    const what = "needsText" in option.dataset ? field.value.trim() : option.dataset.with;
    dialog.close();
    run(option.dataset.does, what);
  }

  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    const all = shown();
    const here = all.indexOf(chosen);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1 }[event.key];
    if (to !== undefined) choose(all.at(to % all.length));
    else if (event.key === "Enter" && !event.isComposing) act(chosen);
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => act(event.target.closest("[role=option]")));

  return () => {
    field.value = "";
    filter();
    dialog.showModal();
  };
}

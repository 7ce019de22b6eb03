// The tour: five steps beside what they are about. Escape skips it; once over, the server remembers.

const GAP = 12;

export function startTour(dialog, frame) {
  const steps = [...dialog.querySelectorAll("[data-beside]")];
  const button = (name) => dialog.querySelector(`[data-tour=${name}]`);
  const last = dialog.querySelector("[data-last]");
  let at = 0;

  const target = () => frame.querySelector(`.workbench__${steps[at].dataset.beside}, [data-panel="${steps[at].dataset.beside}"]`);

  function show(step) {
    at = step;
    steps.forEach((each, number) => { each.hidden = number !== at; });
    dialog.setAttribute("aria-labelledby", steps[at].querySelector("h2").id);
    dialog.querySelector("[data-at]").textContent = at + 1;
    button("back").disabled = at === 0;
    button("next").hidden = at === steps.length - 1;
    last.hidden = !button("next").hidden;
    frame.querySelector(`[data-shows="${steps[at].dataset.beside}"]`)?.click();
    point();
    (last.hidden ? button("next") : last).focus();
  }

  function unmark() {
    for (const each of frame.querySelectorAll("[data-toured]")) delete each.dataset.toured;
  }

  /** Beside the panel where there is room, else below or above it, else at the foot of the screen. */
  function point() {
    unmark();
    const panel = target();
    panel.dataset.toured = "";
    const [box, own] = [panel.getBoundingClientRect(), dialog.getBoundingClientRect()];
    const fits = (at, length, room) => at >= GAP && at + length + GAP <= room;
    const beside = [box.right + GAP, box.left - own.width - GAP].find((x) => fits(x, own.width, innerWidth));
    const under = [box.bottom + GAP, box.top - own.height - GAP].find((y) => fits(y, own.height, innerHeight));
    const x = beside ?? Math.max((box.left + box.right - own.width) / 2, GAP);
    const y = beside ? Math.max(Math.min(box.top + GAP, innerHeight - own.height - GAP), GAP) : under ?? innerHeight - own.height - GAP;
    dialog.style.setProperty("--x", `${x}px`);
    dialog.style.setProperty("--y", `${y}px`);
  }

  dialog.addEventListener("click", ({ target: { dataset } }) => {
    if (dataset.tour === "skip") dialog.close();
    if (dataset.tour === "back") show(at - 1);
    if (dataset.tour === "next") show(at + 1);
  });
  dialog.addEventListener("close", () => {
    unmark();
    frame.querySelector("details[data-panel]").open = false;
    frame.querySelector('[data-shows="talk"]').click();
    // Where this fails, the tour is offered once more: no harm.
    fetch(dialog.dataset.done, { method: "POST", body: new FormData(dialog.querySelector("form")), keepalive: true }).catch(() => {});
  });
  addEventListener("resize", () => { if (dialog.open) point(); });

  return () => {
    delete dialog.dataset.opensItself;
    dialog.showModal();
    show(0);
  };
}

// The two service level clocks: they run, stand still while we wait for the customer, warn and are late.

const WARN_SHARE_S = 60;

export function startClocks(box) {
  const first = box.querySelector("[data-clock=first]");
  const resolution = box.querySelector("[data-clock=resolution]");

  function draw() {
    const met = first.dataset.met && new Date(first.dataset.met);
    paint(first, met ? secondsBetween(met, first.dataset.due) : secondsBetween(new Date(), first.dataset.due), met ? "done" : "");
    const paused = resolution.dataset.paused;
    paint(resolution, secondsBetween(paused ? new Date(paused) : new Date(), resolution.dataset.due), paused ? "paused" : "");
  }

  draw();
  setInterval(draw, 1000);
  return {
    show(ticket) {
      Object.assign(first.dataset, { due: ticket.firstResponseDue, met: ticket.firstResponseAt ?? "" });
      Object.assign(resolution.dataset, { due: ticket.resolutionDue, paused: ticket.pausedAt ?? "" });
      draw();
    },
  };
}

function secondsBetween(from, due) {
  return Math.round((new Date(due) - from) / 1000);
}

function paint(clock, left, fixed) {
  const late = left < 0;
  const running = late ? "late" : left < WARN_SHARE_S ? "warning" : "running";
  clock.dataset.state = fixed && !(late && fixed === "done") ? fixed : running;
  const all = Math.abs(left);
  const text = `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
  clock.querySelector("time").textContent = late ? `−${text}` : text;
}

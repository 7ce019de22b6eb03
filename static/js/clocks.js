// The two service level clocks: they run, stand still while we wait for the customer, warn and are late.
// Each part of a clock with data-when shows in that state; a change for the worse is said once.

import { say } from "./said.js";

const WARN_SHARE = 0.75;

export function startClocks(box) {
  const start = new Date(box.dataset.start);
  const clocks = [...box.querySelectorAll("[data-clock]")];
  const draw = () => clocks.forEach((clock) => paint(clock, start));
  draw();
  setInterval(draw, 1000);
  return {
    show(ticket) {
      const paused = ticket.pausedAt ?? "";
      for (const { dataset } of clocks) {
        const due = { first: ticket.firstResponseDue, resolution: ticket.resolutionDue }[dataset.clock];
        const met = dataset.clock === "first" ? ticket.firstResponseAt ?? "" : "";
        Object.assign(dataset, { due, met, paused });
      }
      draw();
    },
  };
}

function paint(clock, start) {
  const { due, met, paused } = clock.dataset;
  const stopped = met || paused;
  const now = stopped ? new Date(stopped) : new Date();
  const left = Math.round((new Date(due) - now) / 1000);
  show(clock, stateOf({ met, paused, left, share: (now - start) / (new Date(due) - start) }));
  clock.querySelector("time").textContent = inWords(left);
}

function stateOf({ met, paused, left, share }) {
  if (left < 0) return "late";
  if (met) return "done";
  if (paused) return "paused";
  return share > WARN_SHARE ? "warning" : "running";
}

function show(clock, state) {
  const before = clock.dataset.state;
  if (before === state) return;
  clock.dataset.state = state;
  for (const part of clock.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== state;
  const words = { warning: clock.dataset.saysWarning, late: clock.dataset.saysLate }[state];
  if (before && words && !clock.dataset.met) say(words);
}

function inWords(left) {
  const all = Math.abs(left);
  const text = `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
  return left < 0 ? `−${text}` : text;
}

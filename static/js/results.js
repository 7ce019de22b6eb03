// Results of tools: a progress line while they are fetched, said once when they run and once when they are here.

import { clear, countUp } from "./badges.js";
import { say } from "./said.js";

const TICK_MS = 100;

export function startResults(frame) {
  const heard = new Set(found(frame).map((each) => each.dataset.says));
  document.addEventListener("htmx:afterSwap", () => {
    for (const each of found(frame)) {
      if (heard.has(each.dataset.says)) continue;
      heard.add(each.dataset.says);
      const result = each.closest(".result");
      say(result.dataset.state === "done" ? result.innerText : each.textContent);
      if (result.dataset.state !== "done") continue;
      document.body.dispatchEvent(new Event("desk-changed")); // a call-back that is over is something to compare
      if (!isLookedAt(frame)) countUp("results");
    }
    // Results take their room from the list of tools: whoever stands in it keeps seeing where.
    frame.querySelector("#console .tool:focus")?.scrollIntoView({ block: "nearest" });
  });
  for (const shown of ["tab", "click"]) frame.addEventListener(shown, () => { if (isLookedAt(frame)) clear("results"); });
  setInterval(() => advance(frame), TICK_MS);
}

const found = (frame) => [...frame.querySelectorAll("#runs [data-says]")];

function isLookedAt(frame) {
  return frame.querySelector("#runs").checkVisibility();
}

function advance(frame) {
  for (const line of frame.querySelectorAll("progress[data-left]")) {
    line.dataset.left = Math.max(line.dataset.left - TICK_MS, 0);
    line.value = line.max - line.dataset.left;
  }
}

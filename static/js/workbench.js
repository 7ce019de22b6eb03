// The workbench: wires conversation, clocks, panels, keys, palette, tour, tools and draft of one session.

import { clear, countUp } from "./badges.js";
import { startClocks } from "./clocks.js";
import { commands } from "./commands.js";
import { startDraft } from "./draft.js";
import { startKeys } from "./keys.js";
import { startNews } from "./news.js";
import { startPalette } from "./palette.js";
import { startPanes } from "./panes.js";
import { startResults } from "./results.js";
import { startTalk } from "./talk.js";
import { startTour } from "./tour.js";
import { startTrouble } from "./trouble.js";

const byId = (id) => document.getElementById(id);
const page = byId("workbench-script").dataset;
const frame = document.querySelector(".workbench__frame");
const keeper = byId("draft-keeper");
const debrief = `/sessions/${page.session}/debrief/`;

const clocks = startClocks(byId("clocks"));
const composer = startTalk({
  session: page.session,
  pacing: page.pacing === "on" && !matchMedia("(prefers-reduced-motion: reduce)").matches,
  on: { shown: countUnread, state: showState, over: () => { location.href = debrief; } },
});

const tour = startTour(byId("tour"), frame);
const run = commands({ ...startTrouble(byId("trouble"), keeper), palette: () => openPalette(), tour });
const openPalette = startPalette(byId("palette"), run);
startKeys(byId("keys"), run);
startPanes(frame);
startResults(frame);
startNews(frame);
const draft = startDraft(page.session, keeper);

function showState(session) {
  clocks.show(session.ticket);
  // Not before the first reply: nobody reads a tour while that clock runs.
  if ("opensItself" in byId("tour").dataset && session.ticket.firstResponseAt) tour();
  const clock = byId("t-status");
  if (clock !== document.activeElement && session.status === "active") clock.value = session.ticket.status;
  for (const name of ["desk-changed", "ticket-changed"]) document.body.dispatchEvent(new Event(name));
  if (session.status === "active") return;
  draft.forget();
  if (session.status === "completed") location.href = debrief;
  else location.href = page.tickets;
}

function countUnread() {
  if (!byId("log").checkVisibility()) countUp("unread");
}

frame.addEventListener("tab", (event) => { if (event.detail === "talk") clear("unread"); });

// A question that came with the console is asked at once, and only once. An article is read from its title.
document.addEventListener("htmx:afterSwap", ({ target }) => {
  const question = document.querySelector("#console dialog:not([open])");
  question?.addEventListener("close", () => question.remove());
  question?.showModal();
  if (target.id === "article") target.querySelector("h3")?.focus();
});

document.addEventListener("htmx:beforeRequest", ({ target }) => target.closest("#console dialog")?.close());

composer.focus();

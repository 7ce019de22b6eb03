// Notices that arrive while a page is open: the badge counts up and a toast says what happened.

import { toast } from "./toast.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60000;
const NOT_SIGNED_IN = 4401;
const JOYFUL = new Set(["level", "achievement"]);

let wait = FIRST_WAIT_MS;

function connect() {
  const address = new URL("/ws/me/", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(address);
  socket.addEventListener("open", () => { wait = FIRST_WAIT_MS; });
  socket.addEventListener("message", (event) => receive(JSON.parse(event.data)));
  socket.addEventListener("close", (event) => {
    if (event.code !== NOT_SIGNED_IN) reconnectLater();
  });
}

// Spread out, so that a restarted server does not meet everyone in the same moment.
function reconnectLater() {
  setTimeout(connect, wait * (0.5 + Math.random()));
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
}

function receive(frame) {
  if (frame.type !== "notice") return;
  countUp();
  if (document.querySelector("[data-quiet]")) return; // the page asks for a guess that the news would spoil
  toast({ title: frame.title, body: frame.body, url: frame.url, tone: JOYFUL.has(frame.kind) ? "joy" : "info" });
}

function countUp() {
  for (const badge of document.querySelectorAll("[data-notice-count]")) {
    badge.textContent = Number(badge.textContent || 0) + 1;
    badge.hidden = false;
  }
}

connect();

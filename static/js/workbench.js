// The workbench: wires the conversation, the clocks and the keyboard of one session.

import { startClocks } from "./clocks.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";

const page = document.getElementById("workbench-script").dataset;
const conversation = new Conversation({ pacing: page.pacing === "on" && !matchMedia("(prefers-reduced-motion: reduce)").matches });
const outbox = new Outbox(page.session);
const clocks = startClocks(document.getElementById("clocks"));

const link = new Link(`/ws/sessions/${page.session}/`, {
  opened() {
    say("open", "");
    link.send({ type: "resume", after: conversation.lastSeq });
    for (const message of outbox.waiting()) link.send(message);
  },
  lost() { say("lost", "Connection lost. What you write is kept and sent when it is back."); },
  frame: receive,
  ended(code) {
    if (code === 4409) location.href = `/sessions/${page.session}/debrief/`;
    else say("lost", code === 4401 ? "You are signed out. Sign in again to go on." : "This conversation is not open to you.");
  },
});

function receive(frame) {
  const handlers = { message: showMessage, ack: acknowledge, typing: (f) => conversation.expectReply(f.on), state: showState, error: showError };
  handlers[frame.type]?.(frame);
}

function showMessage(frame) {
  if (frame.clientId) outbox.forget(frame.clientId);
  const hole = conversation.add(frame);
  if (hole) link.send({ type: "resume", after: conversation.lastSeq });
  countUnread(frame);
}

function acknowledge(frame) {
  outbox.forget(frame.clientId);
  conversation.mark(frame.clientId, "sent");
}

function showError(frame) {
  if (!frame.clientId) return;
  if (frame.retryable) return void setTimeout(() => resend(frame.clientId), (frame.retryAfter ?? 2) * 1000);
  conversation.mark(frame.clientId, "failed", frame.message);
}

function resend(clientId) {
  const message = outbox.find(clientId);
  if (message) link.send(message);
}

function showState({ session }) {
  clocks.show(session.ticket);
  const clock = document.getElementById("t-status");
  if (clock !== document.activeElement && session.status === "active") clock.value = session.ticket.status;
  for (const name of ["desk-changed", "ticket-changed"]) document.body.dispatchEvent(new Event(name));
  if (session.status !== "active") location.href = `/sessions/${page.session}/debrief/`;
}

function say(state, words) {
  const line = document.getElementById("link-state");
  line.dataset.state = state;
  line.textContent = words;
}

function countUnread(frame) {
  const frameBox = document.querySelector(".workbench__frame");
  const badge = document.getElementById("unread");
  if (frame.senderType === "user" || frameBox.dataset.tab === "talk") return;
  badge.textContent = Number(badge.textContent) + 1;
  badge.hidden = false;
}

document.querySelector(".workbench__frame").addEventListener("tab", (event) => {
  if (event.detail !== "talk") return;
  const badge = document.getElementById("unread");
  badge.textContent = "0";
  badge.hidden = true;
});

const composer = new Composer(document.getElementById("composer"), page.session, (text, messageType) => {
  const message = { type: "message.send", clientId: crypto.randomUUID(), text, messageType };
  outbox.keep(message);
  conversation.addOwn(message);
  link.send(message);
});

for (const message of outbox.waiting()) conversation.addOwn(message);
conversation.onRetry = resend;

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "?" && !typing) document.getElementById("keys").showModal();
  if (!event.altKey || !/^[1-4]$/.test(event.key)) return;
  event.preventDefault();
  const [panel, field] = [["ticket", "#t-category"], ["talk", "#text"], ["desk", "#kb"], ["close", "#id_problem"]][event.key - 1];
  document.querySelector(`[data-shows="${panel}"]`).click();
  if (panel === "desk") document.getElementById("tab-research").click();
  document.querySelector(field)?.focus();
});

link.open();
composer.focus();

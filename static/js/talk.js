// The conversation panel: wires what is read, what is written and the line to the server.

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { offerEarlier } from "./earlier.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { Store } from "./store.js";
import { announce, copy, words } from "./words.js";

/** `on`: {shown(frame): a message of somebody else, state(session), over()}. */
export function startTalk({ session, pacing, on }) {
  const store = new Store(`talk ${session}`, sayWhetherKept);
  const outbox = new Outbox(store, (message) => link.send(frameOf(message)), drawLine);
  const conversation = new Conversation({ pacing, on: { shown: on.shown, retry, edit } });
  const composer = new Composer(document.getElementById("composer"), store, write);
  const frames = {
    message: show,
    ack: acknowledge,
    typing: (frame) => conversation.expectReply(frame.on),
    state: (frame) => learn(frame.session),
    error: refuse,
  };
  let line = "open";

  const link = new Link(`/ws/sessions/${session}/`, {
    opened() {
      drawLine("open");
      link.send({ type: "resume", after: conversation.lastSeq });
      outbox.flush();
    },
    lost() {
      outbox.interrupted();
      conversation.expectReply(false);
      drawLine(navigator.onLine ? "lost" : "offline");
    },
    frame: (frame) => frames[frame.type]?.(frame),
    ended(code) {
      if (code === 4409) on.over();
      else drawLine(code === 4401 ? "signed-out" : "closed");
    },
  });

  function learn(state) {
    if (state.status !== "active") for (const key of store.keys("")) store.remove(key); // nobody can send it any more
    on.state(state);
  }

  function write(text, messageType) {
    const message = { clientId: newId(), text, messageType, at: Date.now() };
    conversation.wrote(message);
    outbox.keep(message);
  }

  function show(frame) {
    if (conversation.add(frame)) link.send({ type: "resume", after: conversation.lastSeq });
    if (frame.clientId) outbox.acknowledged(frame.clientId);
  }

  function acknowledge(frame) {
    conversation.settle(frame);
    outbox.acknowledged(frame.clientId);
  }

  function refuse(frame) {
    if (outbox.refused(frame)) conversation.fail(frame.clientId, frame.message);
  }

  function retry(clientId) {
    outbox.retry(clientId);
    conversation.addOwn(outbox.find(clientId));
    composer.focus();
  }

  function edit(clientId) {
    composer.take(outbox.find(clientId));
    outbox.forget(clientId);
    conversation.withdraw(clientId);
  }

  /** How the line is, and while it is down how many messages wait. */
  function drawLine(state = line) {
    if (state === "open" && line !== "open") announce(copy("link-back"));
    line = state;
    const said = document.getElementById("link-state");
    const waiting = outbox.messages().filter((message) => !message.failed).length;
    const waits = words(["waiting-none", "waiting-one"][waiting] ?? "waiting-many", { count: waiting });
    const ends = state === "signed-out" || state === "closed";
    const text = state === "open" ? "" : [words(`link-${state}`), ends && !waiting ? "" : waits].join(" ").trim();
    said.dataset.state = state;
    if (said.textContent !== text) said.textContent = text;
  }

  store.watch((key, value) => {
    if (key === "draft") return composer.show(value);
    const clientId = key.replace(/^out /, "");
    if (!value) conversation.withdraw(clientId); // sent: then it comes as a message; or taken back
    else conversation.addOwn(value);
    drawLine();
    outbox.flush();
  });

  for (const message of outbox.messages()) conversation.addOwn(message);
  offerEarlier(conversation);
  link.open();
  return composer;
}

function frameOf({ clientId, text, messageType }) {
  return { type: "message.send", clientId, text, messageType };
}

function sayWhetherKept(refused) {
  const line = document.getElementById("storage-state");
  const text = refused ? words("storage-refused") : "";
  if (line.textContent !== text) line.textContent = text;
}

/** A UUID, also where there is no https and thus no crypto.randomUUID. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

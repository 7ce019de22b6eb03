// The stack that the source documents proposed, doing the work of one chat process: node server.js PORT
// Same database, rows, durability and frames as ours; DATABASE_URL and REDIS_URL say where.
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";

import { createAdapter } from "@socket.io/redis-adapter";
import express from "express";
import pg from "pg";
import { createClient } from "redis";
import { Server } from "socket.io";

const BURST = 20;
const PER_SECOND = 5;
const LEASE_MS = 8000;
const REPLY = "Nothing has changed here, I am afraid. What would you like me to try next?";
const TYPES = new Set(["reply", "note"]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const named = (name, text) => (values) => ({ name, text, values }); // prepared once per connection
const WHO = named("who", `
  SELECT t.user_id FROM accounts_apitoken t JOIN accounts_user u ON u.id = t.user_id
  WHERE t.token_hash = $1 AND t.expires_at > now() AND t.revoked_at IS NULL AND u.is_active`);
const OPENED = named("opened", "SELECT id, learner_id, status, last_seq FROM chat_session WHERE id = $1 AND learner_id = $2");
const ASKED = named("asked", `
  WITH session AS (
    UPDATE chat_session SET last_seq = last_seq + 1, last_activity_at = $5, turn_due_at = $8
    WHERE id = $1 AND learner_id = $2 AND status = 'active'
      AND NOT EXISTS (SELECT FROM chat_message WHERE session_id = $1 AND client_id = $4)
    RETURNING id, last_seq)
  INSERT INTO chat_message (id, session_id, seq, sender_type, message_type, text, created_at, client_id)
  SELECT $6, id, last_seq, 'user', $7, $3, $5, $4 FROM session RETURNING seq`);
const REPLIED = named("replied", `
  WITH session AS (
    UPDATE chat_session SET last_seq = last_seq + 1, revision = revision + 1, turn_due_at = NULL
    WHERE id = $1 AND status = 'active' RETURNING id, last_seq
  ), answered AS (
    UPDATE chat_message SET turn_id = $2 FROM session WHERE session_id = session.id AND chat_message.id = $3
  )
  INSERT INTO chat_message
    (id, session_id, seq, sender_type, message_type, text, created_at, turn_id, in_reply_to)
  SELECT $4, id, last_seq, 'ai', 'reply', $5, $6, $2, $3 FROM session RETURNING seq`);

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
const publisher = createClient({ url: process.env.REDIS_URL });
const subscriber = publisher.duplicate();
await Promise.all([publisher.connect(), subscriber.connect()]);

const app = express();
app.get("/health/ready", (_request, response) => response.json({ status: "ok" }));
const http = createServer(app);
const io = new Server(http, { adapter: createAdapter(publisher, subscriber), transports: ["websocket"] });

io.use(async (socket, next) => {
  const { token, session } = socket.handshake.auth;
  const hash = createHash("sha256").update(String(token)).digest("hex");
  const who = await pool.query(WHO([hash]));
  if (!who.rowCount || !UUID.test(session)) return next(new Error("4401"));
  const opened = await pool.query(OPENED([session, who.rows[0].user_id]));
  if (!opened.rowCount) return next(new Error("4404"));
  socket.data = { session: opened.rows[0], allowance: BURST, countedAt: performance.now() };
  next();
});

io.on("connection", async (socket) => {
  const { session } = socket.data;
  const room = `session-${session.id}`;
  await socket.join(room);
  socket.emit("frame", { type: "state", session, lastSeq: session.last_seq });
  socket.on("frame", async (frame) => {
    const problem = check(frame) ?? (allowed(socket.data) ? null : "rate_limited");
    if (problem) return socket.emit("frame", failure(problem, frame, problem === "rate_limited"));
    try {
      const asked = await storeMessage(session, frame);
      socket.emit("frame", ack(asked));
      io.to(room).emit("frame", shown(asked));
      if (asked.messageType === "note") return;
      io.to(room).emit("frame", shown(await storeReply(session, asked)));
    } catch (error) {
      console.error(error);
      socket.emit("frame", failure("unavailable", frame, true));
    }
  });
});

function check(frame) {
  if (frame?.type !== "message.send" || !UUID.test(frame.clientId) || typeof frame.text !== "string") return "bad_frame";
  if (!TYPES.has(frame.messageType ?? "reply")) return "bad_frame";
  const length = frame.text.trim().length;
  return length === 0 ? "empty" : length > 1000 ? "too_long" : null;
}

function allowed(data) {
  const now = performance.now();
  data.allowance = Math.min(BURST, data.allowance + ((now - data.countedAt) / 1000) * PER_SECOND);
  data.countedAt = now;
  if (data.allowance < 1) return false;
  data.allowance -= 1;
  return true;
}

async function storeMessage(session, frame) {
  const message = written("user", frame.text.trim(), frame.messageType ?? "reply", { clientId: frame.clientId });
  const { id, messageType, text, createdAt, clientId } = message;
  const due = new Date(createdAt.getTime() + LEASE_MS);
  return stored(message, ASKED([session.id, session.learner_id, text, clientId, createdAt, id, messageType, due]));
}

async function storeReply(session, asked) {
  const reply = written("ai", REPLY, "reply", { turnId: randomUUID(), inReplyTo: asked.id });
  const { id, text, createdAt, turnId } = reply;
  return stored(reply, REPLIED([session.id, turnId, asked.id, id, text, createdAt]));
}

async function stored(message, statement) {
  const { rows } = await pool.query(statement); // a transaction of its own: committed when it is answered
  if (!rows.length) throw new Error("sent before, or finished");
  return { ...message, seq: rows[0].seq };
}

const written = (senderType, text, messageType, { turnId = null, inReplyTo = null, clientId = null }) => ({
  id: randomUUID(), seq: 0, senderType, messageType, text, createdAt: new Date(), turnId, inReplyTo, clientId,
});

const shown = (message) => ({
  type: "message", ...message, turnId: message.senderType === "user" ? null : message.turnId,
});

const ack = ({ clientId, id, seq }) => ({ type: "ack", clientId, id, seq, duplicate: false });

const failure = (code, frame, retryable) => ({
  type: "error", code, message: code, retryable, clientId: frame?.clientId,
});

http.listen(Number(process.argv[2]), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));

-- The two transactions of one message and its reply, and nothing else: what PostgreSQL itself can do here.
\set n random(1, :seats)
SELECT session_id AS session, gen_random_uuid() AS asked, gen_random_uuid() AS reply, gen_random_uuid() AS turn
    FROM bench_seat WHERE n = :n \gset
WITH session AS (
    UPDATE chat_session SET last_seq = last_seq + 1, last_activity_at = now(), turn_due_at = now() + interval '8 s'
    WHERE id = :session AND status = 'active' RETURNING id, last_seq
)
INSERT INTO chat_message (id, session_id, seq, sender_type, message_type, text, created_at, client_id)
SELECT :asked, id, last_seq, 'user', 'reply', 'Could you read me what the screen says now, please?', now(), :reply
FROM session;
WITH session AS (
    UPDATE chat_session SET last_seq = last_seq + 1, revision = revision + 1, turn_due_at = NULL
    WHERE id = :session AND status = 'active' RETURNING id, last_seq
), answered AS (
    UPDATE chat_message SET turn_id = :turn FROM session WHERE session_id = session.id AND chat_message.id = :asked
)
INSERT INTO chat_message (id, session_id, seq, sender_type, message_type, text, created_at, turn_id, in_reply_to)
SELECT :reply, id, last_seq, 'ai', 'reply',
    'Nothing has changed here, I am afraid. What would you like me to try next?', now(), :turn, :asked
FROM session;

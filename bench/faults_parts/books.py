"""Reads the truth from PostgreSQL: the books of some sessions, in one snapshot."""

from collections import Counter
from collections.abc import Collection

import psycopg
from psycopg import Connection

from bench.faults_parts.history import Books, Row

MESSAGES = """
    SELECT session_id::text, id::text, seq, sender_type, message_type, text, turn_id::text, in_reply_to::text,
           client_id::text FROM chat_message WHERE session_id = ANY(%s::uuid[])
"""
SESSIONS = "SELECT id::text, last_seq, status FROM chat_session WHERE id = ANY(%s::uuid[])"
SCORES = """
    SELECT session_id::text FROM assessment_assessment WHERE status = 'done' AND session_id = ANY(%s::uuid[])
"""
REWARDS = """
    SELECT a.session_id::text FROM gamification_reward r JOIN assessment_assessment a ON a.id = r.assessment_id
    WHERE a.session_id = ANY(%s::uuid[])
"""
PAYS = "SELECT session_id::text, kind FROM gamification_xpentry WHERE session_id = ANY(%s::uuid[])"
XP = """
    SELECT u.id::text, u.xp, coalesce(sum(e.amount), 0)::int FROM accounts_user u
    LEFT JOIN gamification_xpentry e ON e.user_id = u.id GROUP BY u.id, u.xp
"""
OWED = """
    SELECT s.id::text FROM chat_session s LEFT JOIN assessment_assessment a ON a.session_id = s.id
    LEFT JOIN gamification_reward r ON r.assessment_id = a.id
    WHERE s.status = 'completed' AND r.assessment_id IS NULL
"""


def read_books(url: str, sessions: Collection[str]) -> Books:
    wanted = [list(sessions)]
    books = Books({}, {})
    with psycopg.connect(url) as db:
        db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for session, last_seq, status in db.execute(SESSIONS, wanted):
            books.last_seq[session] = last_seq
            if status == "completed":
                books.resolved.add(session)
        for session, *row in db.execute(MESSAGES, wanted):
            books.rows.setdefault(session, []).append(Row(*row))
        books.scores = _counted(db, SCORES, wanted)
        books.rewards = _counted(db, REWARDS, wanted)
        books.pays = Counter((session, kind) for session, kind in db.execute(PAYS, wanted))
        books.xp = {person: (column, ledger) for person, column, ledger in db.execute(XP)}
    return books


def sessions_owed(url: str) -> list[str]:
    """Resolved, and not yet scored and rewarded."""
    with psycopg.connect(url) as db:
        return [session for (session,) in db.execute(OWED)]


def _counted(db: "Connection[tuple[str]]", query: str, wanted: list[list[str]]) -> Counter[str]:
    return Counter(session for (session,) in db.execute(query, wanted))

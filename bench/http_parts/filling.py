"""A big database out of the demo: each session is a copy of one that was really played, scored and paid.

Ids of copies begin with the number of the copy, in columns and in JSON alike, so that a copy refers to itself.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

MARK = "made by bench/http, may be filled and dropped"
STEP = 64  # ids of one copy: its transcript is repeated fewer times than that
COPIED_IDS = ("id", "session_id", "assessment_id")
PEOPLE = ("learner_id", "user_id")
UUIDS = "[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
STAR, COACH, MANAGER = "person1@people.example", "coach@demo.example", "manager@demo.example"


@dataclass(frozen=True)
class Size:
    """`of_star`: sessions of the first learner; `members`: people of the first cohort."""

    people: int
    sessions: int
    messages: int
    of_star: int
    members: int

    def __floordiv__(self, part: int) -> "Size":
        return Size(*(number // part for number in vars(self).values()))


FULL = Size(people=10_000, sessions=50_000, messages=2_000_000, of_star=300, members=500)


def make_database(url: str, name: str, *, template: str) -> str:
    """A copy of the database `template` that `fill` may fill; answers its address."""
    with psycopg.connect(url, autocommit=True) as server:
        ours = sql.Identifier(name)
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                ours, sql.Identifier(template)
            )
        )
        server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(ours, MARK))
    return url.rpartition("/")[0] + f"/{name}"


def fill(url: str, size: Size) -> None:
    """Raises RuntimeError where the database was not made for it, or is filled already."""
    with psycopg.connect(url, autocommit=True) as own:
        _refuse_what_is_not_ours(own)
        with own.transaction(), own.cursor() as cursor:
            # Everything refers to rows of the same copy; asking again for each of millions takes minutes.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("SELECT setseed(0.5)")
            _people(cursor, size)
            _plan(cursor, size)
            _sessions(cursor)
            _standing(cursor)
            _others(cursor, size)
        own.execute("VACUUM (ANALYZE)")


def _refuse_what_is_not_ours(own: psycopg.Connection) -> None:
    asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    if (own.execute(asked).fetchone() or [None])[0] != MARK:
        raise RuntimeError("This database was not made for the bench; nothing is written to it.")
    if own.execute("SELECT 1 FROM accounts_user WHERE email = %s", [STAR]).fetchone():
        raise RuntimeError("This database is filled already.")


def _people(cursor: psycopg.Cursor, size: Size) -> None:
    """Learners in cohorts of 50, but for the first, which has `members`; one in fifty coaches, one in fifty manages."""
    cursor.execute(
        "CREATE FUNCTION pg_temp.copy_id(uuid, bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS"
        " $$ SELECT (lpad(to_hex($2), 8, '0') || substr($1::text, 9))::uuid $$"
    )
    cursor.execute(
        "CREATE TEMP TABLE person AS SELECT n, pg_temp.copy_id(o.id, n) AS id,"
        " CASE WHEN n %% 50 = 49 THEN 'coach' WHEN n %% 50 = 48 THEN 'cohort_manager' ELSE 'learner' END AS role,"
        " CASE WHEN n <= %(members)s THEN 0 ELSE (n - %(members)s) / 50 + 1 END AS cohort"
        " FROM accounts_user o, generate_series(1, %(people)s) n WHERE o.email = 'learner@demo.example'",
        vars(size),
    )
    first, last = (
        ["Ada", "Ben", "Cleo", "Dov", "Eun", "Finn", "Gül"],
        ["Abe", "Boll", "Cruz", "Dahl", "Eze"],
    )
    _copy(
        cursor,
        "accounts_user",
        "JOIN person p ON o.email = 'learner@demo.example'",
        id="p.id",
        email="'person' || p.n || '@people.example'",
        first_name=f"(ARRAY{first})[1 + p.n % {len(first)}]",
        last_name=f"(ARRAY{last})[1 + p.n % {len(last)}] || p.n",
        preferences="jsonb_set(o.preferences, '{leaderboard}', to_jsonb(p.n % 2 = 1))",
        xp="0",
        level="1",
        shift="interval '0'",
    )
    for statement in (
        "INSERT INTO accounts_user_groups (user_id, group_id)"
        " SELECT p.id, g.id FROM person p JOIN auth_group g ON g.name = p.role",
        'INSERT INTO account_emailaddress (user_id, email, verified, "primary")'
        " SELECT id, 'person' || n || '@people.example', true, true FROM person",
        "INSERT INTO accounts_personkey (key, user_id) SELECT gen_random_uuid(), id FROM person",
        "CREATE TEMP TABLE class AS SELECT number, gen_random_uuid() AS id"
        " FROM (SELECT DISTINCT cohort AS number FROM person) AS each",
        "INSERT INTO accounts_cohort (id, name, created_at)"
        " SELECT id, 'Class ' || number, now() - interval '1 year' FROM class",
        "INSERT INTO accounts_cohort_members (cohort_id, user_id)"
        " SELECT c.id, p.id FROM person p JOIN class c ON c.number = p.cohort",
        "INSERT INTO accounts_cohort_coaches (cohort_id, user_id)"
        " SELECT c.id, p.id FROM person p JOIN class c ON c.number = p.n / 50 WHERE p.role = 'coach'",
        "INSERT INTO accounts_cohort_managers (cohort_id, user_id)"
        " SELECT c.id, p.id FROM person p JOIN class c ON c.number = p.n / 50 WHERE p.role = 'cohort_manager'",
    ):
        cursor.execute(statement)
    for helpers, email in (("coaches", COACH), ("managers", MANAGER)):
        cursor.execute(
            f"INSERT INTO accounts_cohort_{helpers} (cohort_id, user_id)"
            " SELECT c.id, u.id FROM class c, accounts_user u WHERE c.number = 0 AND u.email = %s",
            [email],
        )


def _plan(cursor: psycopg.Cursor, size: Size) -> None:
    """Which session becomes whose, when within a year, and how often its transcript is repeated.

    A few learners have much, most have a little; one in a hundred is in the middle of a session.
    """
    cursor.execute(
        "CREATE TEMP TABLE mould AS SELECT *, row_number() OVER (ORDER BY id) - 1 AS number,"
        " count(*) OVER () AS all FROM chat_session WHERE status <> 'active'"
    )
    cursor.execute(
        f"CREATE TEMP TABLE plan AS SELECT each.n * {STEP} AS n, m.id AS mould, p.id AS person,"
        " now() - each.age - m.started_at AS shift,"
        " ceil(%(messages)s / %(sessions)s / m.last_seq::float)::int AS times FROM ("
        "   SELECT n, now() - now() + random() * interval '1 year' AS age,"
        "   CASE WHEN n <= %(of_star)s THEN 1"
        "     ELSE 2 + floor((%(people)s - 1) * power(random(), 1.4)) END AS whose"
        "   FROM generate_series(1, %(sessions)s) n"
        " ) each JOIN mould m ON m.number = each.n %% m.all JOIN person p ON p.n = each.whose",
        vars(size),
    )
    cursor.execute(
        f"INSERT INTO plan SELECT (p.n + %(sessions)s) * {STEP}, s.id, p.id,"
        " now() - interval '20 minutes' - s.started_at, 20"
        " FROM person p, chat_session s WHERE s.status = 'active' AND p.n %% 100 = 1",
        vars(size),
    )


def _sessions(cursor: psycopg.Cursor) -> None:
    """With everything that hangs on them."""
    of_session = "JOIN plan p ON p.mould = o.session_id"
    of_assessment = (
        "JOIN assessment_assessment a ON a.id = o.assessment_id JOIN plan p ON p.mould = a.session_id"
    )
    _copy(
        cursor,
        "chat_session",
        "JOIN plan p ON p.mould = o.id",
        last_seq="o.last_seq * p.times",
        desk=_own_ids("desk"),
    )
    _copy(cursor, "chat_ticket", of_session, number="'TKT-' || p.n")
    own = {
        name: f"pg_temp.copy_id(o.{name}, p.n + k)" for name in ("id", "turn_id", "in_reply_to", "client_id")
    }
    _copy(
        cursor,
        "chat_message",
        f"{of_session} JOIN chat_session s ON s.id = o.session_id, generate_series(0, p.times - 1) k",
        seq="o.seq + s.last_seq * k",
        created_at="o.created_at + p.shift + k * interval '1 second'",
        **own,
    )
    _copy(
        cursor,
        "chat_event",
        of_session,
        data=f"CASE o.kind WHEN 'article' THEN o.data ELSE {_own_ids('data')} END",
    )
    for table in ("assessment_assessment", "assessment_selfassessment", "gamification_xpentry"):
        _copy(cursor, table, of_session)
    for table in ("assessment_skilloutcome", "gamification_reward"):
        _copy(cursor, table, of_assessment)
    _copy(
        cursor,
        "accounts_notice",
        "JOIN plan p ON o.url = '/sessions/' || p.mould || '/debrief/'",
        url="'/sessions/' || pg_temp.copy_id(p.mould, p.n) || '/debrief/'",
        read_at="CASE WHEN o.created_at + p.shift < now() - interval '2 weeks' THEN now() END",
    )


def _standing(cursor: psycopg.Cursor) -> None:
    """What people have reached by their sessions: XP, skills, achievements."""
    cursor.execute(
        "UPDATE accounts_user u SET xp = e.xp, level = 1 + e.xp / 500 FROM"
        " (SELECT user_id, sum(amount) AS xp FROM gamification_xpentry GROUP BY user_id) e WHERE e.user_id = u.id"
    )
    with_sessions = "(SELECT DISTINCT ON (person) * FROM plan ORDER BY person, n) p"
    of_mould = f"JOIN mould m ON m.learner_id = o.user_id JOIN {with_sessions} ON p.mould = m.id"
    _copy(cursor, "assessment_learnerskill", of_mould)
    _copy(cursor, "gamification_earnedachievement", of_mould, session_id="pg_temp.copy_id(p.mould, p.n)")


def _others(cursor: psycopg.Cursor, size: Size) -> None:
    """What waits for a coach and what was decided, ratings of articles, the audit trail."""
    for statement in (
        "INSERT INTO assessment_contest (id, assessment_id, criterion_id, point, reason, created_at, outcome, decision)"
        " SELECT gen_random_uuid(), a.id, a.criteria->0->>'id', a.criteria->0, 'I did ask.', a.scored_at,"
        " CASE WHEN a.scored_at > now() - interval '1 month' THEN 'open' ELSE 'rejected' END, ''"
        " FROM assessment_assessment a WHERE random() < 0.03 AND a.status = 'done'",
        "INSERT INTO assessment_review (assessment_id, reviewed_at)"
        " SELECT id, scored_at + interval '1 day' FROM assessment_assessment"
        " WHERE (is_misread OR is_at_edge OR is_sampled) AND scored_at < now() - interval '1 month'",
        "INSERT INTO knowledge_articlerating (article_id, user_id, helpful, version, rated_at)"
        " SELECT a.id, p.id, random() < 0.8, 1, now() FROM knowledge_article a, person p WHERE random() < 0.02",
    ):
        cursor.execute(statement)
    cursor.execute(
        "INSERT INTO accounts_auditevent (at, actor, action, object_type, object_id, data, address, result)"
        " SELECT now() - minute * interval '1 minute', k.key, 'signed_in', 'accounts.user', k.key, '{}', '', 'done'"
        " FROM generate_series(1, %(people)s * 20) minute"
        " JOIN person p ON p.n = 1 + minute %% %(people)s JOIN accounts_personkey k ON k.user_id = p.id",
        vars(size),
    )


def _own_ids(column: str) -> str:
    return f"regexp_replace(o.{column}::text, '{UUIDS}', lpad(to_hex(p.n), 8, '0') || '\\1', 'g')::jsonb"


def _copy(cursor: psycopg.Cursor, table: str, source: str, *, shift: str = "p.shift", **columns: str) -> None:
    """Rows `o` of the table again for each `p` of `source`: own ids, another person, another time; `columns` as told."""
    cursor.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name = %s AND is_identity = 'NO'",
        [table],
    )
    values = {name: columns.get(name) or _value(name, kind, shift) for name, kind in cursor.fetchall()}
    names = ", ".join(f'"{name}"' for name in values)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values.values())} FROM {table} o {source}"
    )  # type: ignore[call-overload]


def _value(name: str, kind: str, shift: str) -> Any:
    if name in COPIED_IDS:
        return f"pg_temp.copy_id(o.{name}, p.n)"
    if name in PEOPLE:
        return "p.person"
    if kind.startswith("timestamp"):
        return f"o.{name} + {shift}"
    if kind == "date":
        return f"(o.{name} + {shift})::date"
    return f'o."{name}"'

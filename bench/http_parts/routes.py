"""What is asked for, by whom: people with much behind them."""

from dataclasses import dataclass

import psycopg

from bench.http_parts.filling import COACH, MANAGER, STAR

ADMIN = "admin@demo.example"


@dataclass(frozen=True)
class Route:
    """`path` is that of one row of the database; `name` stands in the table."""

    name: str
    path: str
    who: str


def routes(database: psycopg.Connection) -> list[Route]:
    def one(asked: str) -> str:
        found = database.execute(asked, {"star": STAR}).fetchone()
        assert found, asked
        return str(found[0])

    mine = "FROM chat_session s JOIN accounts_user u ON u.id = s.learner_id WHERE u.email = %(star)s"
    running = one(f"SELECT s.id {mine} AND s.status = 'active' LIMIT 1")
    finished = one(f"SELECT s.id {mine} AND s.status = 'completed' ORDER BY s.finished_at DESC LIMIT 1")
    slug = one("SELECT slug FROM scenarios_scenario ORDER BY slug LIMIT 1")
    article = one("SELECT slug FROM knowledge_article ORDER BY slug LIMIT 1")
    cohort = one("SELECT cohort_id FROM accounts_cohort_members GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
    learner = {
        "dashboard": "/dashboard/",
        "catalogue": "/catalogue/",
        "scenario": f"/catalogue/{slug}/",
        "tickets": "/tickets/",
        "tickets, sought": "/tickets/?q=print&sort=ticket__resolution_due",
        "workbench": f"/sessions/{running}/",
        "debrief": f"/sessions/{finished}/debrief/",
        "performance": "/performance/?timeframe=all",
        "achievements": "/achievements/",
        "leaderboard, week": "/leaderboard/",
        "leaderboard, ever": "/leaderboard/?period=all",
        "notices": "/notices/",
        "knowledge, sought": "/knowledge/?q=vpn+certificate",
        "article": f"/knowledge/{article}/",
        "GET /sessions": "/api/v1/sessions",
        "GET /sessions/{id}": f"/api/v1/sessions/{running}",
        "GET /sessions/{id}/messages": f"/api/v1/sessions/{running}/messages",
        "GET /sessions/{id}/assessment": f"/api/v1/sessions/{finished}/assessment",
        "GET /scenarios": "/api/v1/scenarios",
        "GET /users/me/progress": "/api/v1/users/me/progress",
        "GET /users/me/performance": "/api/v1/users/me/performance",
        "GET /leaderboard": "/api/v1/leaderboard?period=all",
        "GET /notices": "/api/v1/notices",
    }
    coach = {"coach's queue": "/reviews/", "coach's debrief": f"/sessions/{finished}/debrief/"}
    manager = {
        "cohorts": "/cohorts/",
        "cohort": f"/cohorts/{cohort}/",
        "cohort report": f"/cohorts/{cohort}/report/",
        "GET /cohorts/{id}/report": f"/api/v1/cohorts/{cohort}/report",
    }
    admin = {
        "admin's queue": "/reviews/",
        "admin": "/admin/",
        "admin: sessions": "/admin/chat/session/",
        "admin: sessions, sought": "/admin/chat/session/?q=person12@",
        "admin: session": f"/admin/chat/session/{finished}/change/",
        "admin: people": "/admin/accounts/user/",
        "admin: people, sought": "/admin/accounts/user/?q=ada",
        "admin: scores": "/admin/assessment/assessment/",
        "admin: scenarios": "/admin/scenarios/scenario/",
        "admin: ledger": "/admin/gamification/xpentry/",
        "admin: notices": "/admin/accounts/notice/",
        "admin: audit trail": "/admin/accounts/auditevent/",
        "GET /admin/users": "/api/v1/admin/users",
        "GET /admin/audit-log": "/api/v1/admin/audit-log",
    }
    of = {STAR: learner, COACH: coach, MANAGER: manager, ADMIN: admin}
    return [Route(name, path, who) for who, paths in of.items() for name, path in paths.items()]

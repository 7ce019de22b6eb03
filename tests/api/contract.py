"""The rows of the wire contract, by hand: method and path, and the query parameters that it names."""

ROWS = """
POST   auth/register
POST   auth/verify-email
POST   auth/login
POST   auth/refresh
POST   auth/logout
POST   auth/reset-password
POST   auth/reset-password/confirm
GET    users/me
PATCH  users/me
DELETE users/me
GET    users/me/progress
GET    users/me/performance             timeframe dimension
GET    users/me/performance/export      format
GET    users/me/export
GET    notices                          unread page limit sort
POST   notices/{id}/read
GET    scenarios                        difficulty category completed q page limit sort
GET    scenarios/{id}
POST   scenarios/{id}/start
GET    sessions                         status page limit sort
GET    sessions/{id}
GET    sessions/{id}/messages           after before limit
POST   sessions/{id}/messages
GET    sessions/{id}/directory          q page limit
GET    sessions/{id}/assets             q page limit
POST   sessions/{id}/verifications
GET    sessions/{id}/actions
POST   sessions/{id}/actions
GET    sessions/{id}/search             q category credibility page limit
GET    sessions/{id}/articles/{id}
GET    sessions/{id}/research           page limit
PATCH  sessions/{id}/ticket
PUT    sessions/{id}/draft
POST   sessions/{id}/hints
POST   sessions/{id}/resolve
POST   sessions/{id}/abandon
POST   sessions/{id}/self-assessment
GET    sessions/{id}/assessment
POST   sessions/{id}/contests
GET    contests                         page limit sort
POST   contests/{id}/decide
GET    knowledge/search                 q category credibility page limit
GET    knowledge/articles               page limit sort
GET    knowledge/articles/{id}
POST   knowledge/articles
PATCH  knowledge/articles/{id}
POST   knowledge/articles/{id}/publish
POST   knowledge/articles/{id}/rating
GET    leaderboard                      scope period limit
GET    achievements                     page limit
GET    cohorts                          page limit sort
POST   cohorts
GET    cohorts/{id}
PATCH  cohorts/{id}
GET    cohorts/{id}/members             page limit sort
POST   cohorts/{id}/members
DELETE cohorts/{id}/members
POST   cohorts/{id}/invitations
GET    cohorts/{id}/report
GET    cohorts/{id}/report/export       format
GET    admin/users                      page limit sort
POST   admin/users
PATCH  admin/users/{id}/role
GET    admin/audit-log                  actor action object since until page limit sort
"""
NOT_ONCE = {
    "auth/register",
    "auth/verify-email",
    "auth/login",
    "auth/refresh",
    "auth/reset-password",
    "auth/reset-password/confirm",
}
"""Asked by nobody known: a key would need an owner. Each is safe to repeat, or answers that it was done."""


def rows() -> list[tuple[str, str, set[str]]]:
    parts = [row.split() for row in ROWS.strip().splitlines()]
    return [(method, path, set(queries)) for method, path, *queries in parts]

"""Who earned most XP, among those who chose to be listed. XP of a period is what was learned in it, not a total."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Sum

from accounts.models import Cohort, User

DAYS = {"week": 7, "month": 30, "all": None}
SCOPES = ("cohort", "all")
BESIDE = 2  # people above and below oneself


@dataclass(frozen=True)
class Rank:
    """People with the same XP share a rank; it is None in the lower half, where a number would only shame."""

    rank: int | None
    person: User
    xp: int
    is_me: bool


@dataclass(frozen=True)
class Board:
    """`rows` are the best, all of them in the upper half: nobody is shown to be last.

    `mine` is the viewer's own row where they are listed. Where it is not among `rows`, `near` has it, with the two
    above and the two below as far as those are in the upper half; `is_apart`: others are between `rows` and `near`;
    `to_next`: XP to the next one above.
    """

    rows: list[Rank]
    mine: Rank | None = None
    near: list[Rank] = field(default_factory=list)
    is_apart: bool = False
    to_next: int | None = None


class Place(NamedTuple):
    person: Any
    xp: int
    rank: int | None


def leaderboard(
    viewer: User, *, now: datetime, period: str = "week", scope: str = "all", limit: int = 10
) -> Board:
    """`period`: the last 7 or 30 days, or all; `scope`: everybody, or the cohorts that the viewer is in."""
    people = _earned(_listed(viewer, scope), DAYS[period], now)
    places = _places(people.values_list("pk", "earned"))
    best = [place for place in places[:limit] if place.rank]
    at = next((n for n, place in enumerate(places) if place.person == viewer.pk), len(places))
    if not viewer.preferences.get("leaderboard") or at < len(best):
        rows = _rows(best, viewer)
        return Board(rows, next((row for row in rows if row.is_me), None))
    if at == len(places):
        places.append(Place(viewer.pk, 0, None))
    first = max(len(best), at - BESIDE)
    below = [place for place in places[at + 1 : at + 1 + BESIDE] if place.rank]
    rows = _rows([*best, *places[first : at + 1], *below], viewer)
    near = rows[len(best) :]
    ahead = next((place.xp for place in reversed(places[:at]) if place.xp > places[at].xp), None)
    return Board(
        rows=rows[: len(best)],
        mine=next(row for row in near if row.is_me),
        near=near,
        is_apart=first > len(best),
        to_next=None if ahead is None else ahead - places[at].xp,
    )


def _listed(viewer: User, scope: str) -> QuerySet[User]:
    people = User.objects.filter(is_active=True, preferences__leaderboard=True)
    if scope == "all":
        return people
    mates = Cohort.members.through.objects.filter(cohort__in=viewer.cohorts.current())
    return people.filter(Q(pk__in=mates.values("user")) | Q(pk=viewer.pk))


def _earned(people: QuerySet[User], days: int | None, now: datetime) -> QuerySet[Any]:
    """Those of them who earned something, each with `earned`, best first."""
    if days is None:
        earned = people.annotate(earned=F("xp"))  # what their lines of the ledger add up to
    else:
        recent = people.filter(xp_entries__created_at__gt=now - timedelta(days=days))
        earned = recent.annotate(earned=Sum("xp_entries__amount"))
    return earned.filter(earned__gt=0).order_by("-earned", "last_name", "first_name", "pk")


def _places(standing: Iterable[tuple[Any, int]]) -> list[Place]:
    """With their ranks, as far as those are in the upper half."""
    standing = list(standing)
    half = (len(standing) + 1) // 2
    places: list[Place] = []
    rank, before = 0, None
    for number, (person, xp) in enumerate(standing, start=1):
        if xp != before:
            rank, before = number, xp
        places.append(Place(person, xp, rank if rank <= half else None))
    return places


def _rows(places: list[Place], viewer: User) -> list[Rank]:
    people = User.objects.in_bulk([place.person for place in places])
    return [Rank(place.rank, people[place.person], place.xp, place.person == viewer.pk) for place in places]

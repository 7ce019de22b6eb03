"""Who earned most XP, among those who chose to be listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import Cohort, User

DAYS = {"week": 7, "month": 30, "all": None}
SCOPES = ("cohort", "all")


@dataclass(frozen=True)
class Rank:
    """People with the same XP share a rank."""

    rank: int
    person: User
    xp: int
    is_me: bool


@dataclass(frozen=True)
class Board:
    """`rows` are the best; `mine` is the viewer's own row where they are listed, also below the best."""

    rows: list[Rank]
    mine: Rank | None


def leaderboard(
    viewer: User, *, now: datetime, period: str = "week", scope: str = "all", limit: int = 10
) -> Board:
    """`period`: the last 7 or 30 days, or all; `scope`: everybody, or the cohorts that the viewer is in."""
    people = _earned(_listed(viewer, scope), DAYS[period], now)
    best = people.filter(earned__gt=0).order_by("-earned", "last_name", "first_name", "pk")[:limit]
    rows = list(_ranked(best, viewer))
    return Board(rows, next((row for row in rows if row.is_me), None) or _own(people, viewer))


def _listed(viewer: User, scope: str) -> QuerySet[User]:
    people = User.objects.filter(is_active=True, preferences__leaderboard=True)
    if scope == "all":
        return people
    mates = Cohort.members.through.objects.filter(cohort__in=viewer.cohorts.current())
    return people.filter(Q(pk__in=mates.values("user")) | Q(pk=viewer.pk))


def _earned(people: QuerySet[User], days: int | None, now: datetime) -> QuerySet[Any]:
    """The same people, each with `earned`."""
    since = Q() if days is None else Q(xp_entries__created_at__gt=now - timedelta(days=days))
    return people.annotate(earned=Coalesce(Sum("xp_entries__amount", filter=since), 0))


def _ranked(people: QuerySet[Any], viewer: User) -> Iterator[Rank]:
    rank, before = 0, None
    for place, person in enumerate(people, start=1):
        if person.earned != before:
            rank, before = place, person.earned
        yield Rank(rank, person, before or 0, person.pk == viewer.pk)


def _own(people: QuerySet[Any], viewer: User) -> Rank | None:
    me = people.filter(pk=viewer.pk).first()
    if me is None:
        return None
    ahead = people.filter(earned__gt=me.earned).count()
    return Rank(ahead + 1, me, me.earned, True)

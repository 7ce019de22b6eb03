"""The demo's people: five to sign in as, and the rest of the cohort."""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from accounts import services
from accounts.models import Cohort, Role, User
from gamification.demo.plan import cohort

PASSWORD = "helpdesk-demo"  # noqa: S105  (printed on purpose; demo mode listens on this machine alone)
LEARNER, COACH, MANAGER = "learner@demo.example", "coach@demo.example", "manager@demo.example"


def demo_is_there() -> bool:
    return User.objects.filter(email=LEARNER).exists()


def make_people(now: datetime) -> Cohort:
    """Everybody, and the cohort of the learners; they joined a week before the first ticket."""
    joined = now - timedelta(weeks=cohort()["weeks"] + 1)
    people = {
        email: _make(email, about["name"], about["role"], joined)
        for email, about in cohort()["staff"].items()
    }
    learners = [
        _make(email, about["name"], Role.LEARNER, joined) for email, about in cohort()["learners"].items()
    ]
    for learner in learners:
        if cohort()["learners"][learner.email].get("leaderboard"):
            services.change_preferences(person=learner, changes={"leaderboard": True})
    made = services.create_cohort(name=cohort()["name"], manager=people[MANAGER], now=joined)
    made.coaches.add(people[COACH])
    made.members.add(*learners)
    _give_password([*people.values(), *learners])
    return made


def _make(email: str, name: list[str], role: str, joined: datetime) -> User:
    first, last = name
    return services.create_person(
        email=email, password=None, first_name=first, last_name=last, roles=[role], now=joined
    )


def _give_password(people: list[User]) -> None:
    """Hashed once: a hash is slow on purpose."""
    User.objects.filter(pk__in=[person.pk for person in people]).update(password=make_password(PASSWORD))

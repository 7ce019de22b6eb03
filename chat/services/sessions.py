"""Starting a session: ticket, opening message, world."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.errors import Conflict, Forbidden, TooMany, Unavailable
from accounts.models import User
from chat.models import Mode, Sender, Session, Ticket, Voice
from chat.selectors import missing_prerequisites
from chat.services.log import add_message, append
from chat.services.voices import voice_for
from scenarios.models import Scenario, ScenarioVersion, world_of
from scenarios.world.document import World
from scenarios.world.state import opening_state
from scenarios.world.variants import USUAL

TICKETS_AT_ONCE = 5
STARTS_AN_HOUR = 60  # of one person; a quick ticket takes some minutes


@transaction.atomic
def start_session(
    *,
    learner: User,
    scenario: Scenario,
    mode: str,
    now: datetime,
    seed: int | None = None,
    variant: str | None = None,
    voice: str = "",
) -> Session:
    """Opens a ticket of this scenario for the learner; each new try gets the next variant, unless one is named.

    `voice` is the learner's wish, which counts where they may choose.

    Raises Forbidden with what is missing, TooMany after sixty in an hour, Conflict with `sessionId` where one
    is running.
    """
    if scenario.current_version is None or not scenario.is_active:
        raise Conflict(_("This scenario is not published."))
    _must_not_flood(learner, now)
    if missing := missing_prerequisites(learner, scenario):
        titles = [s.title for s in missing]
        raise Forbidden(
            _("First complete: %(titles)s.") % {"titles": ", ".join(titles)},
            extra={"missing": [str(s.pk) for s in missing]},
        )
    version = scenario.current_version
    next_variant, next_seed = _draw(learner, version)
    session = _create(
        learner=learner,
        scenario=scenario,
        version=version,
        variant=variant or next_variant,
        mode=Mode(mode),
        voice=voice_for(scenario, voice),
        seed=next_seed if seed is None else seed,
        now=now,
    )
    _open_ticket(session, now)
    world = session.document
    opening = add_message(session, at=now, sender_type=Sender.AI, text=world.ticket.opening, turn_id=uuid4())
    append(
        session,
        [
            (
                "started",
                {
                    "mode": session.mode,
                    "seed": session.seed,
                    "variant": session.variant,
                    "opening": str(opening.pk),
                },
            )
        ],
        at=now,
    )
    session.plan_next_event()
    session.save()
    return session


def _must_not_flood(learner: User, now: datetime) -> None:
    hour = timedelta(hours=1)
    begun = Session.objects.of(learner).filter(started_at__gt=now - hour, started_at__lte=now)
    if begun.count() >= STARTS_AN_HOUR:
        words = _("You have opened %(most)s tickets within an hour. Finish what you began, then go on later.")
        raise TooMany(words % {"most": STARTS_AN_HOUR}, extra={"retry_after": int(hour.total_seconds()) // 4})


def briefed_world(learner: User, scenario: Scenario) -> World:
    """What a briefing may tell from: the world of the session that runs, or of the one that would begin now."""
    if running := Session.objects.active().of(learner).filter(scenario=scenario).first():
        return running.document
    assert scenario.current_version is not None
    variant, seed = _draw(learner, scenario.current_version)
    return world_of(scenario.current_version.pk, variant, seed=seed, today=timezone.localdate())


def _draw(learner: User, version: ScenarioVersion) -> tuple[str, int]:
    """Variant and seed of the next try, the same until it begins; nobody can foretell them.

    Everyone begins with the usual variant, so that first tries compare; a retry is no memory test.
    """
    tries = Session.objects.of(learner).filter(scenario=version.scenario_id).count()
    names: list[str] = sorted(version.paths, key=lambda name: (name != USUAL, name))
    seed = salted_hmac("chat.draw", f"{learner.pk}:{version.pk}:{tries}").hexdigest()[:10]
    return names[tries % len(names)], int(seed, 16)


def _create(
    *,
    learner: User,
    scenario: Scenario,
    version: ScenarioVersion,
    variant: str,
    mode: Mode,
    voice: Voice,
    seed: int,
    now: datetime,
) -> Session:
    """One active session per scenario: the database decides, also between two clicks in the same moment."""
    try:
        with transaction.atomic():
            return Session.objects.create(
                learner=learner,
                scenario=scenario,
                version=version,
                variant=variant,
                mode=mode,
                voice=voice,
                seed=seed,
                started_at=now,
                started_on=timezone.localdate(now),
                last_activity_at=now,
                world=opening_state(world_of(version.pk, variant, seed=seed)).as_json(),
                desk={"said": {}, "marks": {}, "runs": [], "opened": []},
            )
    except IntegrityError as error:
        running = Session.objects.active().of(learner).get(scenario=scenario)
        words = _("You are already working on this ticket.")
        raise Conflict(words, extra={"sessionId": str(running.pk)}) from error


def _open_ticket(session: Session, now: datetime) -> Ticket:
    """Gives the next free number of the day, also when several are opened in the same moment."""
    world = session.document
    day = f"TKT-{now:%Y%m%d}-"
    for _turn in range(TICKETS_AT_ONCE):
        last = Ticket.objects.filter(number__startswith=day).order_by("-number").first()
        number = int(last.number[-5:]) + 1 if last else 1
        try:
            with transaction.atomic():
                return Ticket.objects.create(
                    session=session,
                    number=f"{day}{number:05d}",
                    category=world.ticket.arrives.category,
                    impact=world.ticket.arrives.impact,
                    urgency=world.ticket.arrives.urgency,
                    first_response_due=now + timedelta(seconds=world.time.first_response_s),
                    resolution_due=now + timedelta(minutes=world.time.target_min),
                )
        except IntegrityError:
            continue
    raise Unavailable(_("Many tickets are being opened just now; try again."))

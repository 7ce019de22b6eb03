"""One learner works one ticket."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Cohort, User
from accounts.models.owed import OwedQuerySet
from scenarios.models import Scenario, ScenarioVersion, world_of
from scenarios.world.document import World
from scenarios.world.passing import next_event
from scenarios.world.state import State
from scenarios.world.variants import USUAL

LEASE = timedelta(seconds=12)
"""How long a process that took a turn upon itself is left alone with it."""


def group_of(session_id: UUID) -> str:
    """The group of the sockets of everyone who watches this session."""
    return f"session-{session_id.hex}"


class Mode(models.TextChoices):
    PRACTICE = "practice", _("Practice")
    EXAM = "exam", _("Exam")


class Voice(models.TextChoices):
    """Who puts the customer's words; what they say is the world's."""

    SCRIPTED = "scripted", _("Scripted")
    MODEL = "model", _("Model")


class Status(models.TextChoices):
    ACTIVE = "active", _("Active")
    COMPLETED = "completed", _("Completed")
    ABANDONED = "abandoned", _("Abandoned")


class EndedBy(models.TextChoices):
    LEARNER = "learner", _("Learner")
    CUSTOMER = "customer", _("Customer")
    TIMEOUT = "timeout", _("Timeout")


HEAVY = ("world", "desk", "draft", "resolution")
"""What a list of sessions shows nothing of."""


class SessionQuerySet(OwedQuerySet["Session"]):
    attempts, error, due_at = "turn_attempts", "turn_error", "turn_due_at"
    lease, kind = LEASE, "turn"

    def active(self) -> "SessionQuerySet":
        return self.filter(status=Status.ACTIVE)

    def finished(self) -> "SessionQuerySet":
        return self.exclude(status=Status.ACTIVE)

    def completed(self) -> "SessionQuerySet":
        return self.filter(status=Status.COMPLETED)

    def of(self, user: User) -> "SessionQuerySet":
        return self.filter(learner=user)

    def for_lists(self) -> "SessionQuerySet":
        """Rows to be named, without what a turn needs of them."""
        return self.select_related("scenario", "ticket").defer(*HEAVY)

    def visible_to(self, user: User) -> "SessionQuerySet":
        """Transcript, draft and notes: the learner, a coach of a cohort they are in, an admin."""
        if user.is_admin:
            return self
        coached = Cohort.objects.coached_by(user).filter(members=OuterRef("learner"))
        return self.filter(Q(learner=user) | Exists(coached))

    def unanswered(self) -> "SessionQuerySet":
        """A message to the customer waits for its turn."""
        from chat.models.log import Message

        return self.active().filter(Exists(Message.objects.waiting().filter(session=OuterRef("pk"))))

    def owed(self) -> "SessionQuerySet":
        """What a session owes is the customer's turn."""
        return self.unanswered()

    def speaking_up(self, moment: datetime) -> "SessionQuerySet":
        """The customer has something to say by now, though nobody asked."""
        return self.active().filter(next_event_at__lte=moment)

    def idle_since(self, moment: datetime) -> "SessionQuerySet":
        return self.active().filter(last_activity_at__lt=moment)


class Session(models.Model):
    """The state that a turn needs is in `world`; the history is in messages and events, never read per message."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sessions")
    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="sessions")
    version = models.ForeignKey(ScenarioVersion, on_delete=models.PROTECT, related_name="sessions")
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.EXAM)
    voice = models.CharField(
        max_length=10, choices=Voice.choices, default=Voice.SCRIPTED, db_default=Voice.SCRIPTED
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    ended_by = models.CharField(max_length=10, choices=EndedBy.choices, blank=True)
    seed = models.PositiveBigIntegerField()
    variant = models.CharField(max_length=60, default=USUAL)
    started_at = models.DateTimeField()
    started_on = models.DateField(
        help_text=_("The learner's date at the start, which the world's dates count from.")
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField()
    next_event_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the customer speaks up by themselves.")
    )
    last_seq = models.PositiveIntegerField(default=0)
    last_event = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0, help_text=_("Rises with every change of the world."))
    world = models.JSONField(default=dict, help_text=_("scenarios.world.state.State"))
    turn_due_at = models.DateTimeField(
        null=True, blank=True, help_text=_("From when another process may make the turn that is owed.")
    )
    turn_attempts = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text=_("Of the turn that is owed, those that came to nothing.")
    )
    turn_error = models.TextField(default="", db_default="", blank=True)
    desk = models.JSONField(
        default=dict, help_text=_("What the learner recorded and ran: said, marks, runs.")
    )
    draft = models.JSONField(default=dict, blank=True)
    resolution = models.JSONField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True, help_text=_("Name of the goal that was reached."))

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["learner", "status", "-started_at"], name="session_of_learner"),
            models.Index(fields=["-started_at"], name="session_latest"),
            models.Index(
                fields=["next_event_at"], condition=models.Q(status="active"), name="session_next_event"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "scenario"],
                condition=Q(status=Status.ACTIVE),
                name="one_active_session_per_scenario",
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.scenario}"

    def belongs_to(self, user: User) -> bool:
        return self.learner_id == user.pk

    @property
    def is_active(self) -> bool:
        return self.status == Status.ACTIVE

    @property
    def document(self) -> World:
        return world_of(self.version_id, self.variant, seed=self.seed, today=self.started_on)

    @property
    def shortest_path(self) -> list[str]:
        """The solver's shortest justified way through this variant."""
        moves: list[str] = self.version.paths[self.variant]
        return moves

    @property
    def state(self) -> State:
        return State(**self.world)

    @property
    def group(self) -> str:
        return group_of(self.pk)

    def plan_next_event(self) -> None:
        """Sets when the customer will speak up; the caller saves."""
        seconds = next_event(self.document, self.state) if self.is_active else None
        self.next_event_at = None if seconds is None else self.started_at + timedelta(seconds=seconds)

    def seconds_at(self, moment: datetime) -> float:
        return (moment - self.started_at).total_seconds()

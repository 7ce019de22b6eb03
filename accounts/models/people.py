"""People and what they may be."""

import uuid
from functools import partial
from typing import Any, Self

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractUser, BaseUserManager, Group
from django.db import models, transaction
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.live import ask_again, person_group
from accounts.models.cohorts import Cohort
from accounts.models.notices import Notice
from accounts.names import plain_name


class Role(models.TextChoices):
    """Roles add up: a person may be learner and coach. Each is a Django group of that name."""

    LEARNER = "learner", _("Learner")
    COACH = "coach", _("Coach")
    COHORT_MANAGER = "cohort_manager", _("Cohort manager")
    TRAINER = "trainer", _("Trainer")
    ADMIN = "admin", _("Administrator")


ERASED_DOMAIN = "erased.invalid"  # of nobody, and nobody can ever get mail there
ACCESS_FIELDS = frozenset({"is_active", "is_staff", "password"})
STAFF_ROLES = frozenset({Role.TRAINER.value, Role.ADMIN.value})
HELPER_ROLES = {
    "coaches": (Role.COACH,),
    "managers": (Role.COHORT_MANAGER, Role.ADMIN),
}  # as `founds_cohorts` says


def default_preferences() -> dict[str, Any]:
    return {
        "theme": "system",
        "reduced_motion": False,
        "no_pacing": False,
        "text_size": "normal",
        "leaderboard": False,
        "notify": dict.fromkeys(Notice.Kind.values, "page"),
    }


class UserQuerySet(models.QuerySet["User"]):
    def not_erased(self) -> Self:
        """Without the rows that stand for numbers alone; see `User.is_erased`."""
        return self.exclude(email__endswith=f"@{ERASED_DOMAIN}")

    def with_address(self, email: str) -> Self:
        """Whoever is active and signs in with it; nobody or one."""
        return self.filter(email=email.strip().lower(), is_active=True)

    def owners_of(self, email: str) -> Self:
        """Whose it is already: who signs in with it, or proved it as a further address."""
        proven = EmailAddress.objects.filter(email=email.strip().lower(), verified=True)
        return self.filter(Q(email=email.strip().lower()) | Q(pk__in=proven.values("user")))

    def named(self, words: str) -> Self:
        """Who has each of the words in a name or in the address, in any case."""
        rows = self.all()
        for word in words.split():
            rows = rows.filter(
                Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word)
            )
        return rows

    def administering(self) -> Self:
        return self.filter(groups__name=Role.ADMIN, is_active=True)

    def addable_by(self, user: "User", part: str) -> Self:
        """Whom a manager may add to the `members`, `coaches` or `managers` of a cohort without asking them.

        Helpers hold a role for it already; members are in another cohort of the manager, an administrator adds anybody.
        """
        if part in HELPER_ROLES:
            helpers = self.model.objects.filter(groups__name__in=HELPER_ROLES[part])
            return self.filter(pk__in=helpers.values("pk"))
        mine = Cohort.objects.managed_by(user).values("members")
        return self.all() if user.is_admin else self.filter(pk__in=mine)

    def update(self, **changes: Any) -> int:
        """Nobody hears of an update: the sockets of those who may now do less are asked again here."""
        people = list(self.values_list("pk", flat=True)) if changes.keys() & ACCESS_FIELDS else []
        count = super().update(**changes)
        for pk in people:
            transaction.on_commit(partial(ask_again, person_group(pk)), robust=True)
        return count


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """For `manage.py createsuperuser`: the first administrator."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.groups.add(Group.objects.get_or_create(name=Role.ADMIN)[0])
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").strip().lower())


class User(AbstractUser):
    """A person; signs in with the e-mail address. `level` and `xp` are written by gamification alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = None  # type: ignore[assignment]
    email = models.EmailField("e-mail", unique=True)
    first_name = models.CharField(max_length=80, validators=[plain_name])
    last_name = models.CharField(max_length=80, validators=[plain_name])
    timezone = models.CharField(max_length=64, default="UTC")
    preferences = models.JSONField(default=default_preferences, blank=True)
    level = models.PositiveIntegerField(default=1, editable=False)
    xp = models.PositiveIntegerField("XP", default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]
    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        ordering = ["last_name", "first_name", "email"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        """Before forms ask whether the address is taken."""
        super().clean()
        self.email = self.email.lower()

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper() or self.email[:1].upper()

    @property
    def is_erased(self) -> bool:
        """Gone for good: the row stands for numbers alone."""
        return self.email.endswith(f"@{ERASED_DOMAIN}")

    @cached_property
    def role_names(self) -> frozenset[str]:
        """Forgotten whenever `accounts.services` changes them; lists should prefetch `groups`."""
        return frozenset(group.name for group in self.groups.all())

    def has_role(self, role: str) -> bool:
        return str(role) in self.role_names

    @property
    def is_learner(self) -> bool:
        return self.has_role(Role.LEARNER)

    @property
    def is_coach(self) -> bool:
        return self.has_role(Role.COACH)

    @property
    def is_cohort_manager(self) -> bool:
        return self.has_role(Role.COHORT_MANAGER)

    @property
    def is_trainer(self) -> bool:
        return self.has_role(Role.TRAINER)

    @property
    def is_admin(self) -> bool:
        return self.has_role(Role.ADMIN)

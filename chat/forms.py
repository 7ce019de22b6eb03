"""The resolution as a form: drafts are kept as typed, what is missing is said at its field."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chat.models import Session
from chat.services.log import without_nul
from chat.services.resolving import DOCUMENTATION
from knowledge.models import Article

TYPES = (("resolved", _("Resolved")), ("escalated", _("Escalate")), ("declined", _("Decline")))
TEAMS = (
    ("network-l2", _("Network, second line")),
    ("identity-l2", _("Identity, second line")),
    ("apps-l2", _("Applications, second line")),
    ("workplace-l2", _("Workplace, second line")),
    ("security", _("Security")),
    ("service-desk-lead", _("Service desk lead")),
)
# Field of the wire contract -> field of this form.
PLACES = {
    "resolutionType": "type",
    "escalationTeam": "team",
    "escalationReason": "reason",
    "declineReason": "reason",
    **{f"documentation.{name}": name for name in DOCUMENTATION},
}


def _notes(label: Promise, help_text: Promise, *, required: bool = False) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": 1000, "data-counter": True})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=1000, widget=area)


class ResolutionForm(forms.Form):
    use_required_attribute = False  # a draft may be sent half written
    type = forms.ChoiceField(label=_("Outcome"), choices=TYPES, widget=forms.RadioSelect)
    problem = _notes(_("Problem"), _("What the customer sees, with the exact message."), required=True)
    cause = _notes(_("Cause"), _("Why it happened, as far as you know."))
    steps = _notes(_("Steps"), _("What you checked and did, and how you verified the caller."), required=True)
    test = _notes(_("Test"), _("How you know it works; who confirmed it."))
    cited = forms.MultipleChoiceField(
        label=_("Articles used"), required=False, widget=forms.CheckboxSelectMultiple
    )
    # These two show only where they are needed, and then they are.
    team = forms.ChoiceField(label=_("Team"), choices=(("", _("Choose a team")), *TEAMS))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Why it is handed over or declined."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 500, "data-counter": True}),
    )
    reported = forms.BooleanField(label=_("Report to security"), required=False)

    def __init__(self, session: Session, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened = Article.objects.filter(slug__in=session.desk["opened"])
        self.fields["cited"].choices = [(article.slug, article.title) for article in opened]

    @staticmethod
    def initial_from(session: Session) -> dict[str, Any]:
        draft = session.draft or {}
        return {**draft, **(draft.get("documentation") or {})}

    def as_typed(self) -> dict[str, Any]:
        """In the words of `services.resolve`, however incomplete."""
        self.full_clean()
        typed = self.cleaned_data if hasattr(self, "cleaned_data") else {}

        def text(name: str) -> str:
            return without_nul(str(typed.get(name) or self.data.get(name) or "")).strip()

        return {
            "type": text("type"),
            "documentation": {name: text(name) for name in DOCUMENTATION},
            "cited": list(typed.get("cited") or []),
            "team": text("team"),
            "reason": text("reason"),
            "reported": bool(typed.get("reported")),
        }

    def take_faults(self, details: dict[str, list[str]]) -> None:
        """Shows what the service found missing, each at its field, and nothing else."""
        self._errors = ErrorDict()
        for field, messages in details.items():
            for message in messages:
                self.add_error(PLACES.get(field), message)

    def is_written(self, name: str) -> bool:
        """Whether a field holds anything yet, in what was typed or what was kept."""
        source = self.data if self.is_bound else self.initial
        return bool(str(source.get(name) or "").strip())

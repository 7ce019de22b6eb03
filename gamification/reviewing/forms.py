"""What is filled in when a score is contested or decided on."""

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment.models import Contest
from assessment.services import REASON_LEAST, REASON_MOST
from gamification.reviewing.items import Item

REASON = {"min_length": REASON_LEAST, "max_length": REASON_MOST, "widget": forms.Textarea(attrs={"rows": 5})}


class ContestForm(forms.Form):
    reason = forms.CharField(
        label=_("Why should this count differently?"),
        help_text=_("Say what was overlooked and where it can be seen. Your coach or a trainer reads this."),
        **REASON,
    )


class PointsForm(forms.Form):
    """Other points for a criterion, and whether the cap that rests on it falls. A cap has no points."""

    points_for = _("Points, from %(low)s to %(high)s")
    points = forms.FloatField()
    lifts_cap = forms.BooleanField(required=False)
    reason = forms.CharField(label=_("Reason"), help_text=_("The learner reads it."), **REASON)

    def __init__(self, item: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.is_cap or not item.stands:
            del self.fields["points"]
        else:
            low, high = item.bounds
            points = self.fields["points"]
            points.label = self.points_for % {"low": f"{low:g}", "high": f"{high:g}"}
            points.widget.attrs |= {"min": low, "max": high, "step": "any"}
            self.initial.setdefault("points", high)
        cap = item.tied_cap
        if cap is None:
            del self.fields["lifts_cap"]
        else:
            self.fields["lifts_cap"].label = gettext("Lift the cap at %(limit)s points too") % {
                "limit": f"{cap['limit']:g}"
            }
            self.fields["lifts_cap"].help_text = escape(cap["why"])

    @property
    def given(self) -> dict[str, Any]:
        """As the services take it."""
        known = self.cleaned_data
        return {
            "points": known.get("points"),
            "lifts_cap": known.get("lifts_cap", False),
            "reason": known["reason"],
        }


class DecisionForm(PointsForm):
    points_for = _("Points if upheld, from %(low)s to %(high)s")
    points = forms.FloatField(required=False)
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Contest.Outcome.UPHELD.value, _("Uphold it")),
            (Contest.Outcome.REJECTED.value, _("Turn it down; the score stays")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ["outcome", "points", "lifts_cap", "reason"]

    def __init__(self, item: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(item, *args, **kwargs)
        if not item.stands:
            self.fields["outcome"].choices = self.fields["outcome"].choices[1:]

    @property
    def given(self) -> dict[str, Any]:
        return super().given | {"outcome": self.cleaned_data["outcome"]}

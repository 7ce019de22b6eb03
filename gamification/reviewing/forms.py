"""What is filled in when a score is contested or decided on."""

from typing import Any

from django import forms
from django.utils.html import escape

from assessment.models import Contest
from assessment.services import REASON_LEAST, REASON_MOST
from gamification.reviewing.items import Item

REASON = {"min_length": REASON_LEAST, "max_length": REASON_MOST, "widget": forms.Textarea(attrs={"rows": 5})}


class ContestForm(forms.Form):
    reason = forms.CharField(
        label="Why should this count differently?",
        help_text="Say what was overlooked and where it can be seen. Your coach or a trainer reads this.",
        **REASON,
    )


class PointsForm(forms.Form):
    """Other points for a criterion, and whether the cap that rests on it falls. A cap has no points."""

    points_for = "Points"
    points = forms.FloatField()
    lifts_cap = forms.BooleanField(required=False)
    reason = forms.CharField(label="Reason", help_text="The learner reads it.", **REASON)

    def __init__(self, item: Item, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if item.is_cap or not item.stands:
            del self.fields["points"]
        else:
            low, high = item.bounds
            points = self.fields["points"]
            points.label = f"{self.points_for}, from {low:g} to {high:g}"
            points.widget.attrs |= {"min": low, "max": high, "step": "any"}
            self.initial.setdefault("points", high)
        cap = item.tied_cap
        if cap is None:
            del self.fields["lifts_cap"]
        else:
            self.fields["lifts_cap"].label = f"Lift the cap at {cap['limit']:g} points too"
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
    points_for = "Points if upheld"
    points = forms.FloatField(required=False)
    outcome = forms.ChoiceField(
        label="Decision",
        choices=[
            (Contest.Outcome.UPHELD.value, "Uphold it"),
            (Contest.Outcome.REJECTED.value, "Turn it down; the score stays"),
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

"""Catalogue fields as a trainer edits them: each is a line of the document, which stays the truth."""

from typing import Any

from django import forms

from scenarios.models import Scenario
from scenarios.reading import DocumentError
from scenarios.services import check_document, edited_document

# Where a field stands in the document, if not under its own name.
PLACES = {"time.target_min": "estimated_time"}


class ScenarioForm(forms.ModelForm):
    """`changes` are those that belong into the document; whether it is offered is no part of it."""

    class Meta:
        model = Scenario
        fields = [
            "summary",
            "difficulty",
            "estimated_time",
            "xp_reward",
            "prerequisites",
            "is_active",
            "voice",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "prerequisites" in self.fields:  # somebody may look without changing
            others = Scenario.objects.exclude(pk=self.instance.pk)
            self.fields["prerequisites"].queryset = others.in_learning_order()

    @property
    def changes(self) -> dict[str, Any]:
        changed = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name in self.cleaned_data and name not in ("is_active", "voice")
        }
        if "prerequisites" in changed:
            changed["prerequisites"] = [scenario.slug for scenario in changed["prerequisites"]]
        return changed

    def clean(self) -> dict[str, Any]:
        """What the document would not bear is said at its field."""
        cleaned = super().clean() or self.cleaned_data
        if self.changes and not self.errors:
            source = edited_document(version=self.instance.current_version, changes=self.changes)
            try:
                check_document(source=source)
            except DocumentError as error:
                for fault in error.faults:
                    field = PLACES.get(fault.path, fault.path)
                    known = field in self.fields
                    self.add_error(field if known else None, fault.message if known else str(fault))
        return cleaned

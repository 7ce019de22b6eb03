"""What may be asked of the performance page."""

from typing import Any

from django import forms

from assessment.models import Assessment
from assessment.selectors import Measure, Timeframe, Wanted
from knowledge.models import Category
from scenarios.models import Difficulty


class PerformanceForm(forms.Form):
    """Lives in the address; what makes no sense there falls back to the default."""

    timeframe = forms.ChoiceField(choices=Timeframe.choices, required=False)
    dimension = forms.ChoiceField(choices=Measure.choices, required=False)
    scenario = forms.SlugField(max_length=80, required=False)
    difficulty = forms.ChoiceField(choices=Difficulty.choices, required=False)
    category = forms.ChoiceField(choices=Category.choices, required=False)
    caller = forms.ChoiceField(choices=Assessment.Caller.choices, required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)

    @property
    def asked(self) -> dict[str, Any]:
        """`timeframe`, `measure` and `wanted` as `selectors.performance` takes them."""
        self.is_valid()
        known = {name: value for name, value in self.cleaned_data.items() if value}
        return {
            "timeframe": Timeframe(known.pop("timeframe", Timeframe.MONTH)),
            "measure": Measure(known.pop("dimension", Measure.OVERALL)),
            "wanted": Wanted(**known),
        }

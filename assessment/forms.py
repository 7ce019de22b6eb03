"""What may be asked of the performance page."""

from django import forms

from assessment.selectors import Measure, Timeframe


class PerformanceForm(forms.Form):
    """Lives in the address; what makes no sense there falls back to the default."""

    timeframe = forms.ChoiceField(choices=Timeframe.choices, required=False)
    dimension = forms.ChoiceField(choices=Measure.choices, required=False)

    @property
    def asked(self) -> dict[str, str]:
        """`timeframe` and `measure` as `selectors.performance` takes them."""
        self.is_valid()
        known = self.cleaned_data
        return {
            "timeframe": Timeframe(known.get("timeframe") or Timeframe.MONTH),
            "measure": Measure(known.get("dimension") or Measure.OVERALL),
        }

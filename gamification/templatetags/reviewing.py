"""What a debrief says of a contested row."""

from django import template

from assessment.models import Assessment, Contest

register = template.Library()


@register.filter
def contest_on(assessment: Assessment, name: str) -> Contest | None:
    """The contest of this criterion or cap; all of a score's are read once."""
    return assessment.contests_by_point.get(name)

"""The rubric as a page that a trainer reads: generated, so that it says what the rules do."""

from collections.abc import Iterator
from inspect import getdoc

from assessment.scoring.caps import CAPS
from assessment.scoring.criterion import Criterion
from assessment.scoring.rubric import CRITERIA, RULES_VERSION, WEIGHTS

HEAD = """# The rubric

How an attempt is scored, by rules version {version}. Generated from the rules: `manage.py rubric --write`.

The overall score is the weighted sum of five dimensions, under the lowest cap that applies. A dimension is the share of its points \
that were earned, of those that apply, less what was taken away; one that does not apply leaves its weight to the others. A scenario may \
set weights of its own. No point without evidence: each row cites the messages and events that show it; what is met by absence cites the \
occasion and the range that was looked through.

A criterion that was missed only because of a message that we did not understand counts half and says so; a message may mean one \
thing only, and an attempt of which most could not be understood gets no such benefit. A trainer or coach may decide otherwise: their points count, \
and the rule's stay beside them.
"""


def rubric() -> str:
    """Markdown."""
    return HEAD.format(version=RULES_VERSION) + "\n" + "\n".join([*_dimensions(), *_caps()])


def _dimensions() -> Iterator[str]:
    for dimension, weight in [*WEIGHTS.items(), ("research", 0)]:
        beside = f"{weight} of 100" if weight else "shown beside the score"
        yield f"## {dimension.replace('_', ' ').capitalize()} ({beside})\n"
        yield from (_row(criterion) for criterion in CRITERIA if criterion.dimension == dimension)


def _row(criterion: Criterion) -> str:
    points = f"{criterion.points:g} points" if criterion.points else "takes points away"
    rule = " ".join((getdoc(criterion) or "").split())
    return f"### {criterion.title}\n\n`{criterion.id}` · {points}. {rule}\n\nGoal: {criterion.aim}.\n"


def _caps() -> Iterator[str]:
    yield "## Caps\n"
    yield "The overall score is at most this, whatever else was good. A critical one also empties verification.\n"
    yield "| cap | at most | when |\n| --- | --- | --- |"
    for limit, critical, rule in CAPS:
        when = " ".join((getdoc(rule) or "").split())
        yield f"| `{rule.__name__}` | {limit:g}{' (critical)' if critical else ''} | {when} |"
    yield ""

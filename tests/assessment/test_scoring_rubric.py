"""The rubric in words is what the rules are."""

from inspect import getdoc
from pathlib import Path

from assessment.scoring.caps import CAPS
from assessment.scoring.criterion import Criterion
from assessment.scoring.in_words import rubric
from assessment.scoring.rubric import CRITERIA

PAGE = Path(__file__).parents[2] / "docs" / "rubric.md"


def test_the_page_is_up_to_date():
    assert PAGE.read_text("utf-8") == rubric(), "run manage.py rubric --write"


def test_every_criterion_and_cap_has_its_rule_in_words():
    inherited = {getdoc(kind) for kind in (Criterion, *(type(c).__mro__[1] for c in CRITERIA))}

    assert all(getdoc(criterion) not in {None, *inherited} for criterion in CRITERIA)
    assert all(getdoc(rule) for _, _, rule in CAPS)


def test_a_criterion_is_found_by_its_name():
    for criterion in CRITERIA:
        assert f"### {criterion.title}\n\n`{criterion.id}`" in rubric()

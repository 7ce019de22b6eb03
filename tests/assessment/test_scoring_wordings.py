"""The questions and instructions that advice puts into a learner's mouth."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from assessment.scoring.advice.asking import asked_for, question
from chat.customer.understanding import Classifier, Listener, fit
from scenarios.reading import read_document
from scenarios.world.document import World
from scenarios.world.state import opening_state
from tests.assessment.attempts import PACK

PACKED = sorted(PACK.glob("*.yaml"))
SHORTEST, LONGEST = 4, 18  # words


def meanings(world: World) -> dict[str, set[str]]:
    """Sentence that advice may give: acts of which it is one."""
    record = SimpleNamespace(world=world)
    said = {words: {act} for act, words in world.nlu.well_asked.items()}
    for fact in world.facts.values():
        asked = asked_for(record, fact) if fact.critical else ""
        look = world.actions.get(fact.observe or "")
        if asked.startswith(("ask", "say")):
            said[asked[5:-1]] = {*fact.ask, *([look.intent] if look and look.intent else [])}
    return said


@pytest.mark.parametrize("path", PACKED, ids=lambda path: path.stem)
def test_every_wording_is_a_whole_question_that_the_customer_takes_as_meant(path: Path):
    read = read_document(path.read_text())
    classifier = Classifier(fit(read.world))
    for world in read.worlds.values():
        listener = Listener(world, classifier)
        for said, meant in meanings(world).items():
            heard = {act.name for act in listener.understand(said, opening_state(world)).acts}

            assert meant & heard, (said, heard)
            assert said[0].isupper() and SHORTEST <= len(said.split()) <= LONGEST, said
            assert said.endswith("?") or said.startswith("Please "), said


@pytest.mark.parametrize(
    ("phrases", "said"),
    [
        (
            ["case bent?", "how is the case today, mate. bent?", "is the case bent or bulging"],
            "Is the case bent or bulging?",
        ),
        (["lid closes properly or not", "the lid"], ""),
    ],
)
def test_of_an_authors_phrases_the_first_whole_question_is_said(phrases, said):
    nlu = SimpleNamespace(well_asked={}, extra_phrases={"f_case": phrases})

    assert question(SimpleNamespace(world=SimpleNamespace(nlu=nlu)), "f_case") == said

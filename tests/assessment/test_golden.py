"""The golden attempts: their scores keep what is promised of each quality."""

from functools import cache

import pytest

from assessment.players.golden import Player
from assessment.players.golden_file import FOLDER, read_golden
from assessment.players.golden_rows import (
    BANDS,
    Row,
    fair_groups,
    fairness_spread,
    order_kept,
    play_all,
    reworded,
)
from assessment.players.served import Served
from assessment.scoring import score
from assessment.services import attempt_of
from chat.services import start_session
from tests.conftest import NOW

NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def rows() -> dict[str, Row]:
    return {row.name: row for row in play_all()}


@pytest.mark.parametrize("name", NAMES)
def test_a_golden_attempt_scores_within_the_band_of_its_quality(name):
    row = rows()[name]

    assert row.in_band, f"{row.overall} is not in {BANDS[row.golden.quality]}: {row.card.formula}"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_called_after_what_it_holds(name):
    golden = rows()[name].golden

    assert name.startswith(f"{golden.scenario}-{golden.quality}-{golden.style}")


def test_the_better_attempt_always_scores_more():
    assert order_kept(list(rows().values())) == 1


def test_other_words_for_the_same_moves_change_little():
    average, most = reworded(list(rows().values()))

    assert average <= 4
    assert most <= 10


def test_style_changes_little():
    assert fairness_spread(list(rows().values())) <= 5, [
        [f"{row.name} {row.overall}" for row in group] for group in fair_groups(list(rows().values()))
    ]


def test_the_same_attempt_scores_the_same_again():
    for row in rows().values():
        assert score(row.attempt) == row.card


def test_an_impostor_is_refused_by_the_able_and_let_in_by_the_unsafe():
    for row in rows().values():
        if row.attempt.world.customer.impostor and row.golden.quality in ("expert", "adequate"):
            assert row.card.caller == "impostor_refused"
        if row.card.caller == "impostor_let_in":
            assert row.golden.quality == "unsafe"


@pytest.mark.parametrize("name", ["vpn-will-not-connect-expert-plain", "new-phone-urgent-expert-formal"])
def test_the_services_give_the_score_that_paper_gives(open_catalogue, articles, learner, name):
    golden = read_golden(FOLDER / f"{name}.yaml").golden
    session = start_session(
        learner=learner,
        scenario=open_catalogue[golden.scenario],
        mode="exam",
        now=NOW,
        seed=golden.seed,
        variant=golden.variant,
    )
    Player(
        golden, Served(session.document, tuple(session.shortest_path), golden.seed, session=session)
    ).play()
    session.refresh_from_db()
    card = score(attempt_of(session))

    assert (card.overall, card.dimensions) == (rows()[name].overall, rows()[name].card.dimensions)

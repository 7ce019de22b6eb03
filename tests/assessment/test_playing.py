"""`manage.py play`: through the services and by typing, and nothing stays."""

import io
import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment.players.cast import play
from assessment.players.paper import Paper
from assessment.players.rehearsal import rehearsed
from assessment.scoring import score
from chat.listening import listener_for
from chat.models import Session
from scenarios.models import world_of
from scenarios.world.document import Player
from tests.assessment.attempts import PACK
from tests.conftest import NOW

SLUGS = ("prints-vanish", "new-phone-urgent")
TYPED = """Hello Tom, this is the service desk.
Has anything changed before it began?

/use print_server_log
/use crystal_ball
/dance
/tools
/state
/help
"""


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def run(*args: str, **options) -> str:
    out = io.StringIO()
    call_command("play", *args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def typing(monkeypatch):
    """`typing("hello\\n")`: what the author types into the pipe."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("player", list(Player))
def test_what_is_played_on_paper_is_what_the_services_play(scenarios, articles, slug, player):
    version = scenarios[slug].current_version
    world = world_of(version.pk, seed=3)
    desk = Paper(world, tuple(version.paths["usual"]), 3, listener=listener_for(version.pk, world))
    play(player, desk)

    with rehearsed(player, scenarios[slug], variant="usual", seed=3, now=NOW, keep=False) as (
        attempt,
        scores,
    ):
        assert [line.at for line in attempt.lines] == [line.at for line in desk.lines]
        assert attempt.outcome == desk.attempt.outcome
        card = score(desk.attempt)
        assert scores["overall"] == card.overall
        assert scores["dimensions"] == card.dimensions
        points = [(row["id"], row["earned"]) for row in scores["criteria"]]
        assert points == [(finding.id, finding.earned) for finding in card.criteria]


def test_a_play_leaves_nothing_behind(scenarios, articles):
    before = rows()
    told = run("prints-vanish", player="expert")

    assert rows() == before
    assert "overall" in told and "> Hello Tom" in told


def test_a_play_can_be_kept(scenarios, articles):
    needed = list(scenarios["vpn-will-not-connect"].prerequisites.all())
    run("vpn-will-not-connect", player="expert", keep=True)

    session = Session.objects.get(scenario=scenarios["vpn-will-not-connect"])
    assert session.assessment.overall >= 88
    assert list(session.scenario.prerequisites.all()) == needed


def test_json_holds_the_transcript_the_events_and_the_scores(scenarios, articles):
    told = json.loads(run("prints-vanish", player="careless", json=True))

    assert told["lines"][0]["sender"] == "ai"
    assert "resolved" in [event["kind"] for event in told["events"]]
    assert told["scores"]["overall"] <= 40


def test_a_file_can_be_played_before_it_is_published(db):
    before = rows()
    told = run(str(PACK / "prints-vanish.yaml"), player="expert")

    assert "overall" in told
    assert rows() == before


def test_an_author_chats_through_a_pipe(scenarios, typing):
    before = rows()
    typing(f"{TYPED}/resolve resolved\n")
    told = run("prints-vanish")

    assert "f_changes" in told  # what was understood
    assert "patience" in told and "earned symptom, moved" in told
    assert "PRN-1F-02" in told  # the console's result
    assert "no “crystal_ball”" in told and "no command /dance" in told
    assert "Add to group print-3f (needs low)" in told
    assert "open facts" in told
    assert "overall" in told
    assert rows() == before


def test_the_chat_ends_with_the_input_or_with_quit(scenarios, typing):
    typing("Hello Tom.\n/quit\nnever said\n")
    told = run("prints-vanish")

    assert told.rstrip().endswith("Bye.")
    assert "never said" not in told

    typing("Hello Tom.\n")
    assert "patience" in run("prints-vanish")


def test_a_wrong_way_to_close_is_explained(scenarios, typing):
    typing("/resolve somehow\n")
    assert "resolved, escalated, declined" in run("prints-vanish")


def test_unknown_names_are_explained(scenarios, tmp_path):
    with pytest.raises(CommandError, match="No published scenario"):
        run("nowhere")
    with pytest.raises(CommandError, match="There is no variant sunny; there are usual"):
        run("prints-vanish", player="expert", variant="sunny")
    with pytest.raises(CommandError, match="cannot be read"):
        run(str(tmp_path / "missing.yaml"))
    (tmp_path / "broken.yaml").write_text("id: [")
    with pytest.raises(CommandError, match="cannot be played yet"):
        run(str(tmp_path / "broken.yaml"))

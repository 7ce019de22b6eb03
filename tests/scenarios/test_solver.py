"""The proof behind every shipped scenario, and the proof replayed through the engine."""

from functools import cache

import pytest

from scenarios.world.solver import Path, shortest_path
from scenarios.world.state import IDENTITY_ACTS, at_least, failed, goal_reached, level
from tests.scenarios.playing import SLUGS, Talk, world_of

IMPOSTORS = [slug for slug in SLUGS if world_of(slug).customer.impostor]
HONEST = [slug for slug in SLUGS if slug not in IMPOSTORS]


@cache
def path_of(slug: str, *, justified: bool = True) -> Path:
    path = shortest_path(world_of(slug), justified=justified)
    assert path
    return path


def replay(slug: str, path: Path) -> Talk:
    """The path's moves, one message or one use of the console each."""
    talk = Talk(world_of(slug))
    for verb, _, what in (move.partition(" ") for move in path.moves):
        if verb == "ask":
            talk.says(what, steps=True)
        elif verb == "use":
            talk.uses(what)
        elif verb == "wait":
            talk.waits()
        else:
            handed_to = talk.world.goals[path.goal].all.get("escalated", "")
            declined = what == "declined"
            talk.state.ending = {"declined": declined, "reported": declined, "escalated": handed_to}
    return talk


@pytest.mark.parametrize("slug", SLUGS)
def test_a_lucky_guess_is_shorter_than_the_justified_way(slug):
    """Otherwise evidence would cost nothing, and its absence would tell nothing."""
    assert len(path_of(slug).moves) > len(path_of(slug, justified=False).moves)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_proof_reaches_its_goal_when_it_is_played(slug):
    talk = replay(slug, path_of(slug))

    assert goal_reached(talk.world, talk.state) == path_of(slug).goal
    assert talk.state.patience > 0 and talk.state.left == ""
    assert not failed(talk.world, talk.state)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_bare_way_lacks_the_evidence(slug):
    talk = replay(slug, path_of(slug, justified=False))

    assert goal_reached(talk.world, talk.state, justified=False)
    assert goal_reached(talk.world, talk.state) == ""


@pytest.mark.parametrize("slug", HONEST)
def test_without_identity_an_honest_callers_goal_is_out_of_reach(slug):
    path = path_of(slug)
    asking = {*(f"ask {act}" for act in IDENTITY_ACTS), "use callback", "use push_code"}
    talk = replay(slug, Path(path.goal, tuple(move for move in path.moves if move not in asking)))

    assert goal_reached(talk.world, talk.state) == ""


def interrogated(slug: str) -> Talk:
    """Everything about identity is asked, in the conversation and from the console."""
    talk = Talk(world_of(slug))
    for factor in ("callback", "push_code"):
        talk.uses(factor)
    for act in IDENTITY_ACTS:
        talk.says(act)
    return talk


@pytest.mark.parametrize("slug", IMPOSTORS)
def test_an_impostor_never_reaches_the_high_level(slug):
    talk = interrogated(slug)

    assert level(talk.world, talk.state) != "high"


@pytest.mark.parametrize("slug", HONEST)
def test_an_honest_caller_can_be_verified_as_far_as_the_goal_wants(slug):
    talk = interrogated(slug)
    wanted = talk.world.goals[path_of(slug).goal].all.get("verified", "none")

    assert at_least(level(talk.world, talk.state), wanted)


def test_an_unsolvable_scenario_has_no_path():
    world = world_of("vpn-will-not-connect")
    actions = {name: action for name, action in world.actions.items() if name != "reissue_cert"}

    assert shortest_path(world.model_copy(update={"actions": actions}), justified=False) is None

"""The same seed, messages and times give the same conversation, byte for byte, whatever process it is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONVERSATION = """
from pathlib import Path
from random import Random
from chat.customer.understanding import Classifier, Listener, fit
from chat.voices.scripted import satisfaction, speak
from scenarios.reading import read_as_far
from scenarios.world.state import opening_state
from scenarios.world.step import hear, use, wait
from scenarios.world.turn import Heard

world = read_as_far(Path("scenarios/pack/vpn-will-not-connect.yaml").read_text("utf-8")).world
listener = Listener(world, Classifier(fit(world)))
state, at = opening_state(world), 0.0
for turn, text in enumerate([
    "hello Maria, Sam from the desk, that must be stressful", "whats ur staff number and who is ur manager",
    "what does it say exactly?", "has anything changed lately, been away?", "restart it please", "and the asset tag?",
    "qwertz", "have you been drinking?", "please open the certificate tab in the globe and read the date", "what do you see?",
]):
    at += 30 * turn
    reading = listener.understand(text, state)
    dice = Random(f"7:{turn}")
    heard = Heard(reading.acts, at, reading.options, reading.unclear, reading.jargon, reading.steps)
    outcome = hear(world, state, heard, dice)
    said, outcome.state.wordings = speak(world, outcome.state, outcome.moves, dice)
    state = outcome.state
    print(text, said, state.as_json(), outcome.events)
print(use(world, state, "reissue_cert", Random(1), at)[1], wait(world, state, Random(2), at + 900).moves)
print(satisfaction(world, state, Random(3)))
"""


def transcript(hash_seed: str) -> bytes:
    """Spoken in a process of its own, in which sets and hashes come in another order."""
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", CONVERSATION], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def spoken() -> bytes:
    return transcript("1")


def test_another_process_speaks_the_same_conversation(spoken):
    assert transcript("2") == spoken


def test_the_conversation_got_somewhere(spoken):
    assert b"0x800B0101" in spoken and b"'clarify'" not in spoken.splitlines()[0]

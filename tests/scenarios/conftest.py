"""A small sound document as its author wrote it, and a folder to load it from."""

from functools import cache
from io import StringIO
from pathlib import Path

import pytest
import sklearn  # noqa: F401  (loaded: proofs and fits stay in this process)
from ruamel.yaml import YAML

from scenarios import services
from scenarios.models import Scenario
from scenarios.proving import prove
from scenarios.services import publish_document
from tests.conftest import NOW
from tests.scenarios.test_lint import SOUND

# A proof depends on nothing but the document: each is given once a process.
proved = cache(prove)


@pytest.fixture(autouse=True)
def prove_once(monkeypatch):
    monkeypatch.setattr(services, "prove", proved)


@pytest.fixture(scope="session")
def source() -> str:
    out = StringIO()
    YAML(pure=True).dump(SOUND, out)
    return "# Written at night.\n" + out.getvalue().replace("xp_reward: 60\n", "xp_reward: 60 # little\n")


@pytest.fixture
def folder(tmp_path, source) -> Path:
    (tmp_path / "dark-lamp.yaml").write_text(source, "utf-8")
    return tmp_path


@pytest.fixture
def lamp(db, source) -> Scenario:
    """Published."""
    return publish_document(source=source, now=NOW)[0].scenario

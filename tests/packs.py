"""The shipped scenarios and articles in a test's database: read, solved and fitted once a process, then copied in."""

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import Model

from chat.listening import classifier_of
from knowledge.models import Article, ArticleVersion
from knowledge.services import load_articles
from scenarios.models import Scenario, ScenarioVersion
from scenarios.reading import read_document
from scenarios.services import keep_proof, load_pack

ROOT = Path(__file__).parent.parent
SCENARIOS = (Scenario, ScenarioVersion, Scenario.prerequisites.through)
ARTICLES = (Article, ArticleVersion)
# One of each kind, and all that they ask for first: what tests play. The whole pack is proved by `check_scenarios`.
PLAYED = (
    "branch-office-crawl",
    "locked-out-monday",
    "new-phone-urgent",
    "prints-vanish",
    "vpn-will-not-connect",
    "workbook-view-only",
)
_kept: dict[type[Model], list[Model]] = {}


def load_scenarios(now: datetime) -> dict[str, Scenario]:
    if Scenario in _kept:
        _copy_scenarios()
    else:
        with TemporaryDirectory() as folder:
            for slug in PLAYED:
                shutil.copy(ROOT / "scenarios" / "pack" / f"{slug}.yaml", folder)
            _take_as_proved(Path(folder))
            load_pack(folder=Path(folder), now=now)
        _keep(SCENARIOS)
        for version in ScenarioVersion.objects.all():
            classifier_of(version.pk)  # kept by the process; its arrays need not be copied
    return {scenario.slug: scenario for scenario in Scenario.objects.select_related("current_version")}


def _take_as_proved(folder: Path) -> None:
    """`check_scenarios` proves the pack; tests that play it need no more than the solver's ways."""
    for file in folder.glob("*.yaml"):
        document = read_document(file.read_text("utf-8"))
        ways = {name: {"solver": {"way": list(path.moves)}} for name, path in document.paths.items()}
        keep_proof(document.proof_hash, ways)


def load_knowledge(now: datetime) -> dict[str, Article]:
    if Article in _kept:
        _copy_in(ARTICLES)
    else:
        load_articles(path=ROOT / "knowledge" / "pack", now=now)
        _keep(ARTICLES)
    return {article.slug: article for article in Article.objects.all()}


def _keep(models: tuple[type[Model], ...]) -> None:
    _kept.update({model: list(model.objects.all()) for model in models})


def _copy_in(models: tuple[type[Model], ...]) -> None:
    for model in models:
        for row in _kept[model]:
            row._state.adding = True
        model.objects.bulk_create(_kept[model])


def _copy_scenarios() -> None:
    """A scenario names its current version, and the version its scenario: in two steps."""
    current = {scenario.pk: scenario.current_version_id for scenario in _kept[Scenario]}
    for scenario in _kept[Scenario]:
        scenario.current_version_id = None
    _copy_in(SCENARIOS)
    for scenario in _kept[Scenario]:
        scenario.current_version_id = current[scenario.pk]
    Scenario.objects.bulk_update(_kept[Scenario], ["current_version_id"])

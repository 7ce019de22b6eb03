"""Proves scenarios: the pack's files, and what trainers published besides."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from knowledge.models import Article
from scenarios import apart, proofs
from scenarios.models import Proof, Scenario
from scenarios.proving import Finding, Report, prove
from scenarios.reading import Document, DocumentError, read_as_far
from scenarios.world.variants import USUAL

PACK = settings.BASE_DIR / "scenarios" / "pack"
ARTICLES = settings.BASE_DIR / "knowledge" / "pack"


class Command(BaseCommand):
    help = "Prove scenarios: all, or those named. Exits with 0 only if every check of every variant holds."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="only these; all where none is named")
        parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
        parser.add_argument("--changed", action="store_true", help="only what has no valid proof in the pack")
        parser.add_argument(
            "--write-proofs", action="store_true", help="write the proofs that hold to the pack"
        )

    def handle(
        self, *, slugs: list[str], json: bool, changed: bool, write_proofs: bool, **options: Any
    ) -> None:
        started = time.monotonic()
        self.talks = not json
        packed, sources = _pack(), _pack() | _published()
        if unknown := set(slugs) - sources.keys():
            raise CommandError(f"There is no scenario named {', '.join(sorted(unknown))}.")
        known = _known(sources)
        wanted = {slug: text for slug, text in sources.items() if not slugs or slug in slugs}
        waiting = {s: text for s, text in wanted.items() if not (changed and s in known)}
        company = Company(sources)
        reports = {slug: company.joined(slug, known[slug]) for slug in wanted if slug not in waiting}
        for slug, report in zip(waiting, apart.each(prove, list(waiting.values())), strict=True):
            reports[slug] = company.joined(slug, report)
            if self.talks:
                self.stdout.write(_row(reports[slug]))
                self.stdout.flush()
        if write_proofs:
            kept = {slug: report for slug, report in {**known, **reports}.items() if slug in packed}
            proofs.write(PACK, kept.values())
        self._tell(reports, time.monotonic() - started)
        if not all(report.holds for report in reports.values()):
            raise SystemExit(1)

    def _tell(self, reports: dict[str, Report], seconds: float) -> None:
        if not self.talks:
            self.stdout.write(json.dumps(summary(list(reports.values()), seconds), ensure_ascii=False))
            return
        failing = [report for report in reports.values() if not report.holds]
        for report in failing:
            self.stdout.write(f"\n{report.slug}")
            for finding in report.findings:
                self.stdout.write(f"  {finding}")
        variants = sum(len(report.figures) for report in reports.values())
        self.stdout.write(f"\n{len(reports)} scenarios, {variants} variants, {seconds:.0f} s.")
        if failing:
            names = " ".join(report.slug for report in failing)
            self.stdout.write(
                f"{len(failing)} do not hold. Put right what stands above, then: manage.py check_scenarios {names}"
            )
        else:
            self.stdout.write(
                "All hold. To ship the proofs with the pack: manage.py check_scenarios --changed --write-proofs"
            )


class Company:
    """What a document needs beside itself: other scenarios, articles."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.documents = {slug: found for slug, text in sources.items() if (found := _read(text))}
        self.articles = {file.stem for file in ARTICLES.glob("*.md")} | _articles()

    def joined(self, slug: str, report: Report) -> Report:
        """The report with what only the company of the others shows."""
        found = (*self._findings(slug), *report.findings)
        return replace(report, slug=slug, findings=tuple(replace(finding, slug=slug) for finding in found))

    def _findings(self, slug: str) -> Iterator[Finding]:
        document = self.documents.get(slug)
        if document is None:
            return
        if document.world.id != slug:
            yield self._finding(document, USUAL, "id", f"the file is named {slug}: name both alike")
        for variant, world in document.worlds.items():
            needed = {"right": [world.knowledge.right], "red_herrings": world.knowledge.red_herrings}
            for field, articles in needed.items():
                for missing in sorted(set(articles) - self.articles):
                    yield self._finding(
                        document, variant, f"knowledge.{field}", f"there is no article '{missing}'"
                    )
        for missing in sorted(set(document.world.prerequisites) - self.documents.keys()):
            yield self._finding(document, USUAL, "prerequisites", f"there is no scenario '{missing}'")
        if slug in self._before(slug):
            yield self._finding(
                document, USUAL, "prerequisites", "would wait for itself: take out what needs it"
            )

    def _before(self, slug: str) -> set[str]:
        """All that has to be done before it."""
        found: set[str] = set()
        waiting = [slug]
        while waiting:
            document = self.documents.get(waiting.pop())
            new = set(document.world.prerequisites) - found if document else set()
            found |= new
            waiting += new
        return found

    def _finding(self, document: Document, variant: str, path: str, message: str) -> Finding:
        line = document.line(path, variant)
        return Finding(variant, path, message, check="references", line=line)


def summary(reports: Sequence[Report], seconds: float) -> dict[str, Any]:
    """What --json prints."""
    findings = [finding for report in reports for finding in report.findings]
    walks = [checks.get("walks", {}) for report in reports for checks in report.figures.values()]
    of = {kind: sum(f.check == kind for f in findings) for kind in ("leaks", "contradictions")}
    return {
        "scenarios": len(reports),
        "variants": sum(len(report.figures) for report in reports),
        "failed": [{"slug": f.slug, "check": f.check, "message": str(f.fault)} for f in findings],
        **{kind: of[kind] + sum(walk.get(kind, 0) for walk in walks) for kind in of},
        "unmet_players": [
            {
                "slug": f.slug,
                "variant": f.variant,
                "player": f.path.rpartition(".")[2],
                "message": f.message,
            }
            for f in findings
            if f.check == "players"
        ],
        "seconds": round(seconds, 1),
    }


def _row(report: Report) -> str:
    ways = [len(checks.get("solver", {}).get("way", ())) for checks in report.figures.values()]
    verdict = "holds" if report.holds else f"{len(report.findings)} to put right"
    return f"{report.slug:28} {len(ways)} variants, ways of {', '.join(map(str, ways)) or 'none'} moves: {verdict}"


def _pack() -> dict[str, str]:
    return {file.stem: file.read_text("utf-8") for file in sorted(PACK.glob("*.yaml"))}


def _published() -> dict[str, str]:
    """Scenarios of this database that are not in the pack; none where there is no database yet."""
    packed = {file.stem for file in PACK.glob("*.yaml")}
    own = Scenario.objects.exclude(slug__in=packed).exclude(current_version=None)
    try:
        return dict(own.values_list("slug", "current_version__source"))
    except DatabaseError:
        return {}


def _articles() -> set[str]:
    try:
        return set(Article.objects.values_list("slug", flat=True))
    except DatabaseError:
        return set()


def _kept() -> dict[str, Any]:
    try:
        return dict(Proof.objects.valid().values_list("content_hash", "report"))
    except DatabaseError:
        return {}


def _known(sources: dict[str, str]) -> dict[str, Report]:
    """Proofs that are valid still: the pack's, and this database's of what is not in the pack."""
    shipped, kept, found = proofs.read(PACK), _kept(), {}
    for slug, text in sources.items():
        if not (document := _read(text)):
            continue
        if figures := shipped.of(document.proof_hash) or kept.get(document.proof_hash):
            found[slug] = Report(slug, document.proof_hash, (), figures)
    return found


def _read(text: str) -> Document | None:
    try:
        return read_as_far(text)
    except DocumentError:
        return None

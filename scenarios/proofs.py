"""Proofs as they are shipped: `proofs.json` beside the documents, so that a first start need not prove them again."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.proving import Report, engine

FILE = "proofs.json"
Figures = dict[str, Any]  # variant → check → name → value


@dataclass(frozen=True)
class Shipped:
    """Figures by the hash of what was proved. What another engine proved is worth nothing."""

    engine: str
    figures: dict[str, Figures]

    def of(self, proof_hash: str) -> Figures | None:
        return self.figures.get(proof_hash) if self.engine == engine() else None


def read(folder: Path) -> Shipped:
    """None at all where there is no such file."""
    file = folder / FILE
    if not file.exists():
        return Shipped("", {})
    kept = json.loads(file.read_text("utf-8"))
    return Shipped(kept["engine"], {proof["hash"]: proof["figures"] for proof in kept["proofs"].values()})


def write(folder: Path, reports: Iterable[Report]) -> None:
    """The proofs that hold, by slug: the same proofs give the same file."""
    holding = {r.slug: {"hash": r.proof_hash, "figures": r.figures} for r in reports if r.holds}
    text = json.dumps({"engine": engine(), "proofs": holding}, sort_keys=True, indent=1, ensure_ascii=False)
    (folder / FILE).write_text(f"{text}\n", "utf-8")

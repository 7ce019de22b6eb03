"""What a serving process starts, if settings ask for it, so that operators see what happens in it."""

from typing import Literal

from helpdesk_sim.exporter import export
from helpdesk_sim.reporting import report_errors
from helpdesk_sim.tracing import trace

Part = Literal["web", "chat", "worker"]


def watch(part: Part, *, with_state: bool = False) -> None:
    """Call once in each process, when apps are ready. `with_state`: tell Prometheus what the database says."""
    export(with_state=with_state)
    trace(part)
    report_errors(part)

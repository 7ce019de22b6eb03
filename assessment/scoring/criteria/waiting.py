"""Communication: whether the customer was told before they had to wait."""

from assessment.scoring.attempt import Happening
from assessment.scoring.clock import Gap
from assessment.scoring.criterion import Ruling, Talk, met, missed, not_applicable, part
from assessment.scoring.log import seq
from assessment.scoring.record import Record
from scenarios.world.state import POSSESSION

SHORT_WAIT = 20.0  # seconds that need no announcement while the console runs


class WaitsAnnounced(Talk):
    """All: each wait (longer than a reply may take, or felt while the console ran) was announced. Half: some of them."""

    id, title, points = "waits_announced", "Waits were announced", 10
    aim = "say how long you need before you let somebody wait"
    acts, sounds = ("hold",), ("one moment", "a moment", "minute", "bear with me", "let me check", "hang on")

    def rule(self, record: Record) -> Ruling:
        waits = [gap for gap in record.gaps if _is_wait(record, gap)]
        if not waits:
            return not_applicable("The customer never had to wait.")
        said = {gap.seq: _announcements(record, gap) for gap in waits}
        announced = [record.where(holds[0]) for holds in said.values() if holds]
        silent = [gap for gap in waits if not said[gap.seq]]
        if not silent:
            return met("You said so before each wait.", announced)
        longest = max(silent, key=lambda gap: gap.end - gap.start)
        unsaid = f"{_length(longest)} before line {longest.seq}"
        lines = [seq(gap.seq) for gap in silent]
        if announced:
            why = f"{len(announced)} of {len(waits)} waits were announced; not announced: {unsaid}."
            return part(why, [*announced, *lines])
        why = f"The customer waited {unsaid} without knowing why ({len(waits)} of {len(waits)} waits)."
        return missed(why, [] if record.perhaps(self.acts, self.sounds) else lines)

    def better(self, record: Record) -> str:
        return "“Give me two minutes, I am looking into your account now.” Then come back within them."


def _announcements(record: Record, gap: Gap) -> list[Happening]:
    """Said before the wait was over: the reply that ends a silence announces only what comes after it."""
    return [e for _, until, e in record.holds if record.cause(e) < gap.seq and until >= gap.start]


def _length(gap: Gap) -> str:
    waited = gap.end - gap.start
    return f"{waited:.0f} seconds" if waited < 120 else f"{waited / 60:.1f} minutes"


def _is_wait(record: Record, gap: Gap) -> bool:
    """Longer than a reply may take; with the console at work, any wait that is felt or was announced. While the call-back that
    they were told of rings nobody waits, nor where the reply that is in time asks for patience itself.
    """
    used = [e for e in record.events("console") if gap.start <= e.at <= gap.end]
    waited = gap.end - gap.start - record.paused(gap.start, gap.end)
    if not used:
        return waited > record.world.time.reply_s
    if waited <= record.world.time.reply_s and (
        _is_call(record, gap, used) or gap.seq in record.said("hold")
    ):
        return False
    return gap.end - used[0].at > SHORT_WAIT or bool(_announcements(record, gap))


def _is_call(record: Record, gap: Gap, used: list[Happening]) -> bool:
    """Whether the reply before the wait told of a call-back or a code, and this is what the console was used for."""
    before = max((x.seq for x in record.replies if x.seq < gap.seq), default=0)
    told = before in record.said("id_callback", "id_code")
    return told and {e.data["action"] for e in used} <= set(POSSESSION)

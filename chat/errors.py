"""Refusals that a socket names by their code (wire contract)."""

from accounts.errors import Conflict, Refusal, Unavailable


class Empty(Refusal):
    code = "empty"


class TooLong(Refusal):
    code = "too_long"


class ReusedId(Conflict):
    code = "reused_id"


class Finished(Conflict):
    code = "finished"


class ConfirmFirst(Conflict):
    """The console asks once before a gated action; the same call again carries it out."""

    code = "confirm_first"


class Busy(Unavailable):
    code = "busy"

"""Plays the careful analyst of the demo on one ticket, from sign-in to the score, and checks each answer."""

import time
from typing import Any

from gamification.demo.analyst import Step, scripts
from helpdesk_sim.smoke.client import Chat, Rest, RestError, SmokeError

TICKET, TITLE = "locked-out-monday", "Locked out on Monday"
LEAST = 60.0  # overall; careful work passes whatever is tuned

Report = dict[str, Any]


def play(url: str, email: str, password: str, *, mode: str, first_page_s: float | None = None) -> Report:
    """The report of the whole; raises SmokeError where something is not as the contract says."""
    rest = Rest(url)
    started = time.perf_counter()
    rest.first_page()
    took = time.perf_counter() - started
    rest.token = rest.send("POST", "auth/login", email=email, password=password)["token"]
    before = rest.get("users/me")
    session = _start(rest, mode)
    with Chat(rest, session["id"]) as chat:
        Player(rest, chat, session, before["firstName"]).play(scripts(TICKET)["careful"])
        told = chat.wait_for("assessed")
    _check_transcript(rest, chat)
    after = _check_score(rest, session["id"], told, before, mode)
    rest.send("POST", "auth/logout")
    return {
        "ok": True,
        "first_page_s": round(took if first_page_s is None else first_page_s, 2),
        "ack_p95_ms": p95_ms(chat.acks),
        "reply_p95_ms": p95_ms(chat.replies),
        "overall": told["overall"],
        "xp": after["xp"],
        "level": after["level"],
    }


class Player:
    """Steps of a script (gamification.demo.analyst) as calls of the contract."""

    def __init__(self, rest: Rest, chat: Chat, session: dict[str, Any], analyst: str) -> None:
        self.rest, self.chat, self.analyst = rest, chat, analyst
        self.path, self.ticket = f"sessions/{session['id']}", session["ticket"]["number"]
        self.articles: dict[str, str] = {}

    def play(self, steps: list[Step]) -> None:
        for step in steps:
            for verb, what in step.items():
                getattr(self, verb)(what)

    def say(self, text: str) -> None:
        self.chat.say(text.format(ticket=self.ticket, analyst=self.analyst))

    kindly = say

    def sure(self, text: str) -> None:
        """Nothing: this customer never claims what she did not do."""

    def look(self, query: str) -> None:
        if not self.rest.get(f"{self.path}/directory", q=query)["data"]:
            raise SmokeError(f"The directory does not know “{query}”.")

    def mark(self, outcomes: dict[str, str]) -> None:
        for factor, outcome in outcomes.items():
            self.rest.send("POST", f"{self.path}/verifications", factor=factor, outcome=outcome)

    def search(self, query: str) -> None:
        hits = self.rest.get(f"{self.path}/search", q=query)["data"]
        self.articles |= {hit["article"]["slug"]: hit["article"]["id"] for hit in hits}

    def open(self, slug: str) -> None:
        if slug not in self.articles:
            raise SmokeError(f"The search did not find {slug}.")
        self.rest.get(f"{self.path}/articles/{self.articles[slug]}")

    def use(self, action: str) -> None:
        self.rest.send("POST", f"{self.path}/actions", action=action)

    def triage(self, fields: dict[str, str]) -> None:
        self.rest.send("PATCH", f"{self.path}/ticket", **fields)

    def resolve(self, written: dict[str, Any]) -> None:
        self.rest.send(
            "POST",
            f"{self.path}/resolve",
            resolutionType=written["type"],
            documentation={name: written[name] for name in ("problem", "cause", "steps", "test")},
            citedArticleIds=[self.articles[slug] for slug in written["cited"]],
        )


def _start(rest: Rest, mode: str) -> dict[str, Any]:
    """Takes the ticket; one that an earlier run left behind in practice mode is put away."""
    known = {s["title"]: s["id"] for s in rest.get("scenarios", limit="100")["data"]}
    if TITLE not in known:
        raise SmokeError(f"The scenario “{TITLE}” is not published.")
    path = f"scenarios/{known[TITLE]}/start"
    try:
        return rest.send("POST", path, mode=mode)
    except RestError as error:
        left = error.body.get("sessionId") if error.status == 409 else None
        if left is None or rest.get(f"sessions/{left}")["mode"] != "practice":
            raise
    rest.send("POST", f"sessions/{left}/abandon")
    return rest.send("POST", path, mode=mode)


def _check_transcript(rest: Rest, chat: Chat) -> None:
    stored = rest.get(f"sessions/{chat.session_id}/messages")["data"]
    if [m["seq"] for m in stored] != list(range(1, len(stored) + 1)):
        raise SmokeError("The transcript has holes.")
    if {m["seq"]: m["text"] for m in stored} != {seq: m["text"] for seq, m in chat.messages.items()}:
        raise SmokeError("The socket and the transcript do not say the same.")


def _check_score(
    rest: Rest, session_id: str, told: dict[str, Any], before: dict[str, Any], mode: str
) -> dict[str, Any]:
    """The caller afterwards: XP and level as the ledger has them."""
    scored = rest.get(f"sessions/{session_id}/assessment")
    if scored["status"] != "done" or told["overall"] < LEAST:
        raise SmokeError(f"Careful work was scored {told['overall']} ({scored['status']}).")
    after = rest.get("users/me")
    if mode == "practice" and after["xp"] != before["xp"]:
        raise SmokeError("Practice changed the XP.")
    if after["xp"] != before["xp"] + told["xp"] or after["level"] != after["xp"] // 100 + 1:
        raise SmokeError(f"XP and level do not add up: {before['xp']} + {told['xp']} became {after}.")
    return after


def p95_ms(seconds: list[float]) -> float:
    return round(1000 * sorted(seconds)[int(0.95 * (len(seconds) - 1) + 0.5)], 1)

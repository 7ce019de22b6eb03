"""What every measurement of bench/chat stands on: the cluster, its people, the load, and one talk, weighed."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from ruamel.yaml import YAML

from bench.chat_parts.weigh import Scales
from bench.cluster import ROOT, Cluster, Part, free_port

PEER = ROOT / "bench/chat_peer"
TRANSPORT = "bench.chat_parts.transport_app:application"
HARSH = {"abusive", "close", "escalate", "refuse_policy"}  # would end the talk
Answer = dict[str, Any]


class Load:
    """The process that talks (bench.chat_parts.load), from this side."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.chat_parts.load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.count = 0

    def order(self, **order: Any) -> Answer:
        return self.orders([order])[0]

    def orders(self, orders: list[Answer]) -> list[Answer]:
        """Carried out side by side; the answers in the order of the orders."""
        assert self.process.stdin and self.process.stdout
        first = self.count
        for order in orders:
            self.process.stdin.write(json.dumps(order | {"id": self.count}) + "\n")
            self.count += 1
        self.process.stdin.flush()
        answers: dict[int, Answer] = {}
        while len(answers) < len(orders):
            answer = json.loads(self.process.stdout.readline())
            if problem := answer.get("problem"):
                raise RuntimeError(f"The load failed: {problem}")
            answers[answer["id"]] = answer
        return [answers[first + number] for number in range(len(orders))]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


@dataclass
class Run:
    """One talk, weighed: CPU in milliseconds per answered message, of the servers and of PostgreSQL."""

    talk: Answer
    cpu_ms: float
    postgres_ms: float
    load_share: float
    foreign: float
    written: str = ""

    @property
    def is_well(self) -> bool:
        """Everything answered in time, nothing refused."""
        slowest = max(self.talk["ack_ms"]["p99"], self.talk["reply_ms"]["p99"])
        return slowest < 500 and self.talk["replied"] == self.talk["sent"] and not self.talk["errors"]


@dataclass
class Stage:
    it: Cluster
    quick: bool
    load: Load = field(default_factory=Load)
    foreign: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = learners_say()

    def seats(self, how_many: int, *, spoken: int = 0) -> list[tuple[str, str]]:
        """Open tickets of as many learners: (session, token)."""
        call = [sys.executable, "-m", "bench.chat_parts.people", str(how_many), "--spoken", str(spoken)]
        made = subprocess.run(call, cwd=ROOT, env=self.it.env, check=True, stdout=subprocess.PIPE)
        return json.loads(made.stdout)

    def chat(self, *, name: str = "chat", **env: str) -> Part:
        return self.it.start("chat", name=name, **env)

    def daphne(self, application: str) -> Part:
        port = free_port()
        command = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "-v", "0", application]
        return self.it.run("daphne", command, port=port)

    def peer(self) -> Part:
        port = free_port()
        return self.it.run(
            "peer", ["node", str(PEER / "server.js"), str(port)], port=port, NODE_ENV="production"
        )

    def connect(self, group: str, part: Part, seats: list[tuple[str, str]], dialect: str = "ours") -> Answer:
        url = f"ws://127.0.0.1:{part.port}"
        return self.load.order(do="connect", group=group, url=url, dialect=dialect, seats=seats)

    def close(self, group: str) -> None:
        self.load.order(do="close", group=group)

    def talk(self, groups: Iterable[str], parts: list[Part], rate: float, seconds: float) -> Run:
        """`rate` messages a second in all, shared by the groups; weighed is what `parts` spent."""
        names = list(groups)
        order = {"do": "talk", "rate": rate / len(names), "seconds": seconds, "texts": self.texts}
        own = {part.name + str(part.port): part.pid for part in parts}
        scales = Scales({**own, "postgres": self.it.postgres.pid, "load": self.load.process.pid})
        talk = together(self.load.orders([order | {"group": name} for name in names]))
        spent, foreign = scales.cpu_s(), scales.foreign()
        self.foreign.append(foreign)
        messages = max(1, talk["replied"])
        return Run(
            talk,
            sum(spent[name] for name in own) * 1000 / messages,
            spent["postgres"] * 1000 / messages,
            spent["load"] / seconds,
            foreign,
        )

    def row(self, sql: str, *values: object) -> tuple[Any, ...]:
        with psycopg.connect(self.it.database_url, autocommit=True) as db:
            found = db.execute(sql, values).fetchone()
        assert found is not None
        return found


def together(talks: list[Answer]) -> Answer:
    """Of groups that talked at the same time: sums, and the worse of the percentiles."""
    whole = talks[0]
    for talk in talks[1:]:
        whole = {name: _joined(whole[name], talk[name]) for name in whole}
    return whole


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, dict):
        return {name: max(one[name], other[name]) for name in one.keys() & other.keys()}
    return one + other


def learners_say() -> list[str]:
    """What learners type, in no order: the development set of bench/turn, without what ends a talk."""
    file = ROOT / "tests/data/understanding.yaml"
    items = YAML(typ="safe").load(file.read_text("utf-8"))["messages"]
    texts = [item["text"] for item in items if not HARSH & set(item["acts"])]
    random.Random(3).shuffle(texts)
    return texts


def install_peer() -> None:
    """As its lock file says, once."""
    if not (PEER / "node_modules/.package-lock.json").exists():
        quiet = {name: value for name, value in os.environ.items() if not name.startswith("npm_config")}
        subprocess.run(["npm", "ci", "--prefix", str(PEER), "--silent"], check=True, env=quiet)

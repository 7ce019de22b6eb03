"""The conversation panel from outside: what a learner sees and does, what is stored, and the line between."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.server import Server


class Talk:
    """What a learner sees and does in the panel."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.get_by_label("Message", exact=True)
        self.log = page.locator("#log")
        self.bubbles = page.locator("#conversation .bubble")
        self.line = page.locator("#link-state")

    def write(self, text: str) -> Locator:
        self.text.fill(text)
        self.page.keyboard.press("Enter")
        return self.own(text)

    def own(self, text: str) -> Locator:
        return self.bubbles.filter(has_text=text)

    def mark(self, text: str) -> Locator:
        return self.own(text).locator(".bubble__mark")

    def expect_sent(self, *texts: str) -> None:
        for text in texts:
            expect(self.own(text)).to_have_count(1)
            expect(self.mark(text)).to_have_attribute("data-mark", "sent")

    def expect_order(self) -> None:
        """On the screen: every number once, without a hole, and nothing that still waits."""
        numbers = self.bubbles.evaluate_all("all => all.map(each => Number(each.dataset.seq))")
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


class Database:
    """What the server has really stored for the session of a page."""

    def __init__(self, server: Server, page: Page) -> None:
        self.path = urlsplit(server.env["DATABASE_URL"]).path
        self.session = urlsplit(page.url).path.split("/")[2].replace("-", "")

    def texts(self, sender: str = "user") -> list[str]:
        rows = "SELECT text FROM chat_message WHERE session_id = ? AND sender_type = ? ORDER BY seq"
        return [text for (text,) in self._run(rows, self.session, sender)]

    def turns_for(self, text: str) -> int:
        """How many turns of the customer answer a message."""
        rows = (
            "SELECT COUNT(DISTINCT said.turn_id) FROM chat_message mine JOIN chat_message said"
            " ON said.session_id = mine.session_id AND said.sender_type = 'ai' AND said.in_reply_to = mine.id"
            " WHERE mine.session_id = ? AND mine.text = ?"
        )
        return self._run(rows, self.session, text)[0][0]

    def fill(self, count: int) -> None:
        """Old messages in front of all others, which move up: one a minute, by turns of two."""
        began = datetime.now(UTC) - timedelta(days=1, minutes=count)
        times = [f"{began + timedelta(minutes=seq):%Y-%m-%d %H:%M:%S}" for seq in range(count)]
        old = [
            (uuid4().hex, self.session, seq, "ai" if seq % 4 < 2 else "user", f"Line {seq}.", at)
            for seq, at in enumerate(times, 1)
        ]
        columns = "id, session_id, seq, sender_type, text, created_at, message_type"
        with self._open() as database:
            # By way of numbers that nothing has, for each is there once at any moment.
            for shift in (10_000, count - 10_000):
                statement = "UPDATE chat_message SET seq = seq + ? WHERE session_id = ?"
                database.execute(statement, [shift, self.session])
            database.executemany(
                f"INSERT INTO chat_message ({columns}) VALUES (?, ?, ?, ?, ?, ?, 'reply')", old
            )
            # Nothing of it waits for an answer, and the customer does not ask where one is.
            answered = "UPDATE chat_message SET turn_id = id WHERE session_id = ? AND turn_id IS NULL"
            database.execute(answered, [self.session])
            last = "UPDATE chat_session SET last_seq = last_seq + ?, next_event_at = NULL WHERE id = ?"
            database.execute(last, [count, self.session])

    def _run(self, statement: str, *values: object) -> list[tuple]:
        with self._open() as database:
            return database.execute(statement, values).fetchall()

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=20)) as database, database:
            yield database


class Cable:
    """The line of the session's socket: pulled, and plugged in again."""

    def __init__(self, page: Page) -> None:
        self.is_out = False
        self.refuses = ""  # a text that the server is made to refuse once
        self.open: list[WebSocketRoute] = []
        page.context.route_web_socket(lambda url: "/ws/sessions/" in url, self._connect)

    def pull(self) -> None:
        self.is_out = True
        for socket in self.open:
            socket.close()
        self.open.clear()

    def plug_in(self) -> None:
        self.is_out = False

    def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_out:
            return socket.close()
        server = socket.connect_to_server()
        socket.on_message(lambda frame: self._refuse(socket, frame) or server.send(frame))
        self.open.append(socket)

    def _refuse(self, socket: WebSocketRoute, frame: str) -> bool:
        sent = json.loads(frame)
        if not self.refuses or sent.get("text") != self.refuses:
            return False
        self.refuses = ""
        why = {"type": "error", "code": "too_long", "message": "Too much for the line.", "retryable": False}
        socket.send(json.dumps(why | {"clientId": sent["clientId"]}))
        return True

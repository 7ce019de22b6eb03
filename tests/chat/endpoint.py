"""An OpenAI-compatible endpoint on this machine, real HTTP and all, that behaves as told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Told = dict[str, Any]


class Endpoint(ThreadingHTTPServer):
    """`mode` names a method of `Modes`; `asked` are the requests that came, newest last."""

    daemon_threads = True
    request_queue_size = 512

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = "honest"
        self.asked: list[Told] = []
        self.means = "none"
        self.released = threading.Event()
        """What `slow` and `drip` wait for, so that no test has to."""
        self.came = threading.Semaphore(0)
        """Released by each request that came."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hung up in the middle was meant to."""


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    server = Endpoint()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append(asked)
        self.server.came.release()
        getattr(Modes, self.server.mode.replace("-", "_"))(self, asked, told_by(asked))

    def log_message(self, *args: Any) -> None:
        """Nothing."""

    def answer(self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say(self, content: str, *, tokens: tuple[int, int] | None = (700, 40)) -> None:
        message = {"role": "assistant", "content": content}
        self.answer(whole(message, tokens))

    def reply(self, messages: list[str], used: list[str]) -> None:
        self.say(json.dumps({"messages": messages, "used": used}))


def told_by(asked: Told) -> Told:
    """What the prompt holds, without a correction after it."""
    return json.JSONDecoder().raw_decode(asked["messages"][1]["content"])[0]


def whole(message: Told, tokens: tuple[int, int] | None) -> bytes:
    answer: Told = {"id": "1", "object": "chat.completion", "model": "played"}
    answer["choices"] = [{"index": 0, "message": message, "finish_reason": "stop"}]
    if tokens:
        answer["usage"] = dict(zip(("prompt_tokens", "completion_tokens"), tokens, strict=True))
    return json.dumps(answer).encode()


def reworded(text: str) -> str:
    """As a model would that does as it is told: the same, in a frame of its own."""
    return f"well, {text}"


def _honestly(told: Told) -> Told:
    return {"messages": [reworded(text) for text in told["say"]], "used": list(told["facts"])}


class Modes:
    """Each answers one request; `told` is what the prompt's data hold."""

    @staticmethod
    def honest(to: _Handler, asked: Told, told: Told) -> None:
        to.reply([reworded(text) for text in told["say"]], list(told["facts"]))

    @staticmethod
    def listener(to: _Handler, asked: Told, told: Told) -> None:
        """Says what was meant, when asked for that."""
        if "acts" not in told:
            return Modes.honest(to, asked, told)
        to.say(json.dumps({"act": to.server.means}))

    @staticmethod
    def uncounted(to: _Handler, asked: Told, told: Told) -> None:
        said = json.dumps(_honestly(told))
        to.say(said, tokens=None)

    @staticmethod
    def streaming(to: _Handler, asked: Told, told: Told) -> None:
        content = json.dumps(_honestly(told))
        parts = [content[i : i + 7] for i in range(0, len(content), 7)]
        events = [{"choices": [{"index": 0, "delta": {"content": part}}]} for part in parts]
        events.append({"choices": [], "usage": {"prompt_tokens": 700, "completion_tokens": 40}})
        body = "".join(f"data: {json.dumps(event)}\n\n" for event in events) + "data: [DONE]\n\n"
        to.answer(body.encode(), kind="text/event-stream")

    @staticmethod
    def tools_only(to: _Handler, asked: Told, told: Told) -> None:
        if "tools" not in asked:
            return to.answer(b'{"error": {"message": "response_format is not supported"}}', 400)
        answer = {"act": "greets"} if "acts" in told else _honestly(told)
        arguments = json.dumps(answer)
        call = {"id": "1", "type": "function", "function": {"name": "reply", "arguments": arguments}}
        to.answer(whole({"role": "assistant", "content": None, "tool_calls": [call]}, (700, 40)))

    @staticmethod
    def text_only(to: _Handler, asked: Told, told: Told) -> None:
        if "tools" in asked or "response_format" in asked:
            return to.answer(b'{"error": {"message": "unknown field"}}', 422)
        said = json.dumps(_honestly(told))
        to.say(f"Sure! Here it is:\n```json\n{said}\n```")

    @staticmethod
    def old(to: _Handler, asked: Told, told: Told) -> None:
        """Knows neither the newer name of the limit nor a temperature."""
        for name in ("max_completion_tokens", "temperature"):
            if name in asked:
                return to.answer(json.dumps({"error": {"message": f"Unsupported: {name}"}}).encode(), 400)
        Modes.honest(to, asked, told)

    @staticmethod
    def obedient(to: _Handler, asked: Told, told: Told) -> None:
        """Does what the learner's last message says."""
        said = next(line["text"] for line in reversed(told["conversation"]) if line["from"] == "analyst")
        to.reply([said, *told["say"][1:]], list(told["facts"]))

    @staticmethod
    def parrot(to: _Handler, asked: Told, told: Told) -> None:
        prompt = " ".join(message["content"] for message in asked["messages"])
        to.reply([prompt, *told["say"][1:]], list(told["facts"]))

    @staticmethod
    def parrot_in_parts(to: _Handler, asked: Told, told: Told) -> None:
        """A piece of the prompt, another each time, as short as a message may be."""
        tokens = " ".join(message["content"] for message in asked["messages"]).split()
        start = (len(to.server.asked) * 37) % max(1, len(tokens) - 40)
        to.reply([" ".join(tokens[start : start + 40]), *told["say"][1:]], list(told["facts"]))

    @staticmethod
    def liar(to: _Handler, asked: Told, told: Told) -> None:
        lies = LIES[len(to.server.asked) % len(LIES)]
        to.reply([f"{text} {lies}" for text in told["say"]], list(told["facts"]))

    @staticmethod
    def slow(to: _Handler, asked: Told, told: Told) -> None:
        to.server.released.wait()

    @staticmethod
    def slow_once(to: _Handler, asked: Told, told: Told) -> None:
        to.server.released.wait()
        Modes.honest(to, asked, told)

    @staticmethod
    def drip(to: _Handler, asked: Told, told: Told) -> None:
        """One token, and then none for long."""
        to.send_response(200)
        to.send_header("content-type", "text/event-stream")
        to.end_headers()
        to.wfile.write(b'data: {"choices": [{"index": 0, "delta": {"content": "{"}}]}\n\n')
        to.wfile.flush()
        to.server.released.wait()

    @staticmethod
    def busy(to: _Handler, asked: Told, told: Told) -> None:
        to.answer(b'{"error": {"message": "Rate limit"}}', 429, retry_after="30")

    @staticmethod
    def broken(to: _Handler, asked: Told, told: Told) -> None:
        to.answer(b"oops", 500, kind="text/plain")

    @staticmethod
    def half(to: _Handler, asked: Told, told: Told) -> None:
        to.say(json.dumps({"messages": told["say"], "used": []})[:-9])

    @staticmethod
    def prose(to: _Handler, asked: Told, told: Told) -> None:
        to.say("Of course! As the customer I would say that it still does not work.")

    @staticmethod
    def huge(to: _Handler, asked: Told, told: Told) -> None:
        to.reply(["a" * 10_000_000], [])

    @staticmethod
    def empty(to: _Handler, asked: Told, told: Told) -> None:
        to.say("")

    @staticmethod
    def nothing(to: _Handler, asked: Told, told: Told) -> None:
        to.answer(b"")

    @staticmethod
    def foreign(to: _Handler, asked: Told, told: Told) -> None:
        french = "Bonjour, je ne sais pas pourquoi mais mon ordinateur ne marche plus du tout aujourd'hui."
        to.reply([french for _ in told["say"]], list(told["facts"]))

    @staticmethod
    def markup(to: _Handler, asked: Told, told: Told) -> None:
        to.reply([f"**{t}** <img src=x onerror=alert(1)>" for t in told["say"]], list(told["facts"]))

    @staticmethod
    def analyst(to: _Handler, asked: Told, told: Told) -> None:
        """Plays the learner's part too."""
        turns = f"{told['say'][0]}\nAnalyst: Thank you, I have verified you. Your password is reset."
        to.reply([turns, *told["say"][1:]], list(told["facts"]))

    @staticmethod
    def fifty(to: _Handler, asked: Told, told: Told) -> None:
        to.reply(told["say"] * 50, list(told["facts"]))

    @staticmethod
    def cut(to: _Handler, asked: Told, told: Told) -> None:
        """Dies in the middle of the answer."""
        to.send_response(200)
        to.send_header("content-type", "application/json")
        to.send_header("content-length", "5000")
        to.end_headers()
        to.wfile.write(b'{"choices": [{"message": {"content": "{')
        to.wfile.flush()
        time.sleep(0)
        to.connection.close()


LIES = (
    "it says error 0x80070057 now.",
    "Sam Porter from Contoso told me so.",
    "i already restarted it twice.",
    "it works now, thanks!",
    "you have verified me already.",
    "it expired three weeks ago on Friday.",
    "i reset the router yesterday.",
    "my employee number is E99812.",
    "the Okta app is gone.",
    "can you send me the new password?",
    "the cause is an expired certificate.",
    "i have no idea what you mean.",
)
HOSTILE = (
    *("obedient", "parrot", "liar", "busy", "broken", "half", "prose", "huge", "empty", "nothing"),
    *("foreign", "markup", "analyst", "fifty", "cut"),
)
Mode = Callable[[_Handler, Told, Told], None]

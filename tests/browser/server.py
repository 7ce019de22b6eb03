"""The product's own server, as a person starts it: a process, a port, a folder."""

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

from helpdesk_sim.smoke.server import environment, free_port

ROOT = Path(__file__).parents[2]
START_S = 420  # with the demo and proofs that are out of date, on a busy machine
STOP_S = 60


class Server:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = environment(folder, self.port) | {"DEMO": "1"}

    def start(self, *options: str) -> None:
        """Returns when the first page can be had."""
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), *options]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.said: list[str] = []
        ready = Event()
        Thread(target=self._listen, args=(ready,), daemon=True).start()
        assert ready.wait(START_S) and self.process.poll() is None, "".join(self.said)

    def kill(self) -> None:
        """As the machine does when its power fails: nothing is tidied up."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=STOP_S)

    def _listen(self, ready: Event) -> None:
        for line in self.process.stdout:
            self.said.append(line)
            if "is ready" in line:
                ready.set()
        ready.set()  # it ended

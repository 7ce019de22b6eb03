"""`python -m helpdesk_sim.health PORT`: ask a server on this machine whether it is well (container checks)."""

import sys
import urllib.error
import urllib.request


def ask(port: int) -> str:
    """An empty string when `/health/ready` answers 200, else what was wrong."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5) as answer:
            return "" if answer.status == 200 else f"it answered {answer.status}"
    except (urllib.error.URLError, OSError) as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(ask(int(sys.argv[1])) or 0)

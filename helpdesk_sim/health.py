"""`python -m helpdesk_sim.health PORT`: ask a server on this machine whether it is well (container checks)."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def ask(port: int, site_url: str) -> str:
    """An empty string when `/health/` answers 200, else what was wrong.

    It asks by the site's own name: any other host, and plain http, are turned away.
    """
    site = urlsplit(site_url)
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/health/",
        headers={"Host": site.netloc, "X-Forwarded-Proto": site.scheme},
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  (the address is ours)
            return "" if answer.status == 200 else f"it answered {answer.status}"
    except (urllib.error.URLError, OSError) as error:
        return str(error)


if __name__ == "__main__":
    sys.exit(ask(int(sys.argv[1]), os.environ.get("SITE_URL", "http://127.0.0.1:8000")) or 0)

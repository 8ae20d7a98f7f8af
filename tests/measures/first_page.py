"""A process of its own that is loaded as a web process is, and how long its first pages take.

python -m tests.measures.first_page /indicators/practice-wheel/ /about/
"""

import json
import sys
import time
from io import BytesIO
from typing import Any


def measured(paths: list[str]) -> dict[str, Any]:
    """Milliseconds of loading, and of each page by the clock and of this process alone."""
    begun = time.perf_counter()
    from minben.config.wsgi import application

    found: dict[str, Any] = {"loading": _since(begun), "pages": []}
    for path in paths:
        status: list[str] = []
        begun, spent = time.perf_counter(), time.process_time()
        body = application(_asked(path), lambda told, _, status=status: status.append(told))
        assert b"".join(body)
        found["pages"].append({"clock": _since(begun), "cpu": round(_cpu_since(spent), 1)})
        assert status == ["200 OK"], (path, status)
    return found


def _since(begun: float) -> float:
    return round(1000 * (time.perf_counter() - begun), 1)


def _cpu_since(spent: float) -> float:
    return 1000 * (time.process_time() - spent)


def _asked(address: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1:])))

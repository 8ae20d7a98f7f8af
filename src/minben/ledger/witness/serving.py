"""The witness as a server (見證服務): ``POST /add-checkpoint``, ``GET /<hash>/checkpoint``."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

from minben.kernel import clock
from minben.ledger.notes import PublicKey, SigningKey, cosign, with_cosignatures
from minben.ledger.witness.judging import REQUEST_MAX, Refused, Request, judge, origin_of
from minben.ledger.witness.memory import Memory

_ADDRESS = re.compile(r"/([0-9a-f]{64})/checkpoint")
PATIENCE = 10  # seconds for a request to arrive


class Witness:
    """One witness: its key, the logs it knows, what it has cosigned.

    Args:
        key: signs cosignatures (`notes.COSIGNATURE`).
        logs: the keys of the logs; several of one name are that log's keys.
    """

    def __init__(self, key: SigningKey, logs: Sequence[PublicKey], memory: Memory) -> None:
        self._key, self._logs, self._memory = key, tuple(logs), memory
        self._lock = Lock()

    def add_checkpoint(self, raw: bytes) -> str:
        """Cosign what extends the last checkpoint; returns the signature line. Raises Refused.

        Asking, deciding and keeping are one step: of two requests at once the second sees the
        first.
        """
        request = Request.parse(raw)
        origin = origin_of(request)
        keys = [key for key in self._logs if key.name == origin]
        with self._lock:
            judge(request, keys, self._memory.last(origin))
            line = cosign(request.note, self._key, int(clock.now().timestamp()))
            self._memory.keep(origin, with_cosignatures(request.note, [line]))
        return line

    def checkpoint(self, origin_hash: str) -> str | None:
        """The last cosigned note of a log, for monitors."""
        return self._memory.note(origin_hash)


def serve(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """A server that listens; the caller lets it run (``serve_forever``) and closes it."""

    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            """Answer ``add-checkpoint``."""
            length = self.headers.get("Content-Length", "")
            readable = length.isascii() and length.isdigit() and len(length) < 10
            if self.path != "/add-checkpoint" or not readable or int(length) > REQUEST_MAX:
                self.close_connection = True  # what is left of the request stays unread
                known = self.path == "/add-checkpoint"
                too_large, unknown = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.NOT_FOUND
                return self._answer(too_large if known else unknown, "")
            try:
                line = witness.add_checkpoint(self.rfile.read(int(length)))
            except Refused as refused:
                return self._answer(refused.status, refused.body)
            return self._answer(HTTPStatus.OK, line)

        def do_GET(self) -> None:
            """Show what was cosigned last."""
            found = _ADDRESS.fullmatch(self.path)
            note = witness.checkpoint(found[1]) if found else None
            status = HTTPStatus.NOT_FOUND if note is None else HTTPStatus.OK
            self._answer(status, note or "")

        def _answer(self, status: HTTPStatus, body: str) -> None:
            raw = body.encode()
            conflict = status is HTTPStatus.CONFLICT
            kind = "text/x.tlog.size" if conflict else "text/plain; charset=utf-8"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            """Stay silent: a witness keeps no record of who asks."""

    return ThreadingHTTPServer((host, port), Handler)

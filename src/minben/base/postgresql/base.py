"""Database engine (資料庫引擎): Django's own; only how it sees that a connection died is ours."""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection kept from request to request is looked at before it is used again.

    Django asks the server ``SELECT 1``, a round trip for every request. A server that ended, or
    was killed, has closed the socket, and the kernel knows that without asking anybody. What it
    does not know, a cable that was cut, no question would tell in time either.
    """

    def is_usable(self) -> bool:
        raw: Any = self.connection
        if raw is None or raw.closed or raw.broken:
            return False
        try:
            watched = select.poll()
            watched.register(raw.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
            # An idle connection has nothing to read: what stands there is a farewell.
            return not watched.poll(0)
        except (OSError, ValueError):
            return False

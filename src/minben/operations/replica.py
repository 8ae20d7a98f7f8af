"""Reading public pages from a copy of the database (讀取副本), where one is set up.

Only requests of nobody are read from it: GET or HEAD without a session. So nobody can miss what
they did a moment ago. Writing, transactions, and every request with a session use the primary.
A copy that lags behind, or is away, is left alone until it is fit again, and the request that
met it is answered once more from the primary.
"""

import logging
import threading
from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from http import HTTPStatus
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.http import HttpRequest, HttpResponse

from minben.kernel import clock
from minben.operations import queries

REPLICA = "replica"
GetResponse = Callable[[HttpRequest], HttpResponse]
_reading_copy: ContextVar[bool] = ContextVar("reading_copy", default=False)
log = logging.getLogger(__name__)


class ReplicaRouter:
    """Reads of requests that may be a little old go to the copy; everything else does not."""

    def db_for_read(self, model: Any, **hints: Any) -> str:  # Any: Django's signature
        if not _reading_copy.get() or connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return DEFAULT_DB_ALIAS
        return REPLICA

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class Fitness:
    """Whether the copy is there and recent: asked at most once in `every` seconds, by one thread.

    The platform's own pulse tells how old the copy is: the tick writes it on the primary, and
    it arrives here by the same way as everything else.
    """

    def __init__(self, every: float = 1.0, rest: float = 10.0) -> None:
        self.every, self.rest = every, rest
        self._fit, self._until = False, 0.0
        self._asking = threading.Lock()

    def fit(self) -> bool:
        """Say whether to read from the copy now."""
        if monotonic() >= self._until and self._asking.acquire(blocking=False):
            try:
                self._fit = self._recent()
                self._until = monotonic() + (self.every if self._fit else self.rest)
            finally:
                self._asking.release()
        return self._fit

    def avoid(self) -> None:
        """The copy has failed: leave it alone for a while."""
        self._fit, self._until = False, monotonic() + self.rest

    def _recent(self) -> bool:
        try:
            beat = queries.last_done("tick", using=REPLICA)
        except (DatabaseError, InterfaceError) as error:
            log.warning("replica away: %s", type(error).__name__)
            return False
        now = clock.now() - clock.offset()
        most = timedelta(seconds=settings.DATABASE_REPLICA_LAG)
        if beat is None or now - beat > most:
            log.warning("replica too old: %s", beat.isoformat() if beat else "no pulse")
            return False
        return True


class ReplicaMiddleware:
    """Marks the requests that may be read from the copy; absent where there is none."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.DATABASE_REPLICA:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.fitness = Fitness()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may_be_old(request) or not self.fitness.fit():
            return self.get_response(request)
        token = _reading_copy.set(True)
        try:
            response = self.get_response(request)
        finally:
            _reading_copy.reset(token)
        if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            return response
        if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            self.fitness.avoid()
        return self.get_response(request)

    def _may_be_old(self, request: HttpRequest) -> bool:
        return (
            request.method in ("GET", "HEAD")
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
        )

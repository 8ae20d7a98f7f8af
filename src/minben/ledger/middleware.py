"""No request writes before what was signed last (時間下限)."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from minben.base.errors import unavailable
from minben.base.middleware import READING
from minben.ledger import timing

GetResponse = Callable[[HttpRequest], HttpResponse]
RETRY_SECONDS = 60
log = logging.getLogger(__name__)


class RecordedTimeMiddleware:
    """Asks before a request that may write what time it may be; 503 if the clock is hours behind.

    It stands above whoever asks the clock for the request's instant.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._told = float("-inf")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING:
            return self.get_response(request)
        try:
            timing.refuse_behind()
        except timing.ClockBehind as error:
            self._tell(error)
            return unavailable(RETRY_SECONDS)
        return self.get_response(request)

    def _tell(self, error: timing.ClockBehind) -> None:
        now = time.monotonic()
        if now - self._told >= RETRY_SECONDS:
            self._told = now
            log.error("%s", error)

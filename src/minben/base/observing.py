"""What is noted of every request (觀測): its number, its count and its time; never by whom.

Stands first of all middleware, so that pages answered from memory are counted as well.
"""

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from minben.base import metrics, request_ids

GetResponse = Callable[[HttpRequest], HttpResponse]
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
# Asked by every open page every few seconds: lines about them would bury all others.
QUIET = frozenset({"proposals:count", "static"})
log = logging.getLogger("minben.access")


class ObservingMiddleware:
    """Gives each request its number, counts it by view, method and status, and takes its time."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.believe = settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0
        self.tell = settings.LOG_ACCESS
        self.static = "/" + settings.STATIC_URL.lstrip("/")
        # Looking a counter up by its labels costs more than counting.
        self._counters: dict[tuple[str, str, int], Any] = {}  # Any: prometheus children
        self._timers: dict[tuple[str, str], Any] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter()
        token = request_ids.begin(request, believe=self.believe)
        try:
            response = self.get_response(request)
            response.headers[request_ids.HEADER] = request_ids.current()
            self._note(request, response.status_code, perf_counter() - began)
        finally:
            request_ids.end(token)
        return response

    def _note(self, request: HttpRequest, status: int, seconds: float) -> None:
        view = self._view_of(request, status)
        method = request.method if request.method in METHODS else "other"
        key = (view, method or "other", status)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = metrics.requests.labels(*key)
        timer = self._timers.get(key[:2])
        if timer is None:
            timer = self._timers[key[:2]] = metrics.request_seconds.labels(*key[:2])
        counter.inc()
        timer.observe(seconds)
        if self.tell and view not in QUIET:
            told = {"view": view, "method": method, "status": status, "ms": round(seconds * 1e3, 1)}
            log.info("answered", extra=told)

    def _view_of(self, request: HttpRequest, status: int) -> str:
        """The name of the view; `memory` for hot pages, `static`, or `none` for no such address."""
        if match := request.resolver_match:
            return match.view_name or "unnamed"
        if request.path_info.startswith(self.static):
            return "static"
        return "memory" if status in (200, 304) else "none"

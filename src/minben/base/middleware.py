"""What every request passes through: one instant, one actor, and refusals turned into pages."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minben.base.refusals import sentence, status_of
from minben.kernel import clock
from minben.kernel.refusal import Refusal

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


class InstantMiddleware:
    """Ask the clock once; all that a request does happens at that instant."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class DatabaseAwayMiddleware:
    """A database that is away is a friendly 503 that touches no database, with a retry hint."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        log.error("database away: %s", type(exception).__name__)
        return service_unavailable(request)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """The 503 page; rendered without request context, because that would ask the database."""
    response = render(None, "503.html", status=503)
    response["Retry-After"] = "30"
    return response


class RefusalMiddleware:
    """A refusal no view caught becomes a page with its sentence, basis and status."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        return render(
            request,
            "refusal.html",
            {"sentence": sentence(exception), "basis": exception.basis},
            status=status_of(exception),
        )

"""What every request passes through: one instant, one actor, and refusals turned into pages."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minben.base.lending import places
from minben.base.refusals import sentence, status_of
from minben.kernel import clock
from minben.kernel.refusal import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing."""


class InstantMiddleware:
    """Ask the clock once; all that a request does happens at that instant."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class PolicyMiddleware:
    """The Content-Security-Policy, built once: it is the same for every page.

    A response that brings a policy of its own keeps it. There are no nonces: no page has inline
    scripts.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self._policy)
        return response


class GateMiddleware:
    """Works on a few requests at once in each process; the others wait where it costs nothing.

    Many threads stand ready for those who wait for something anyway. If they all made pages,
    they would take the interpreter from one another and everybody would be answered later.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with places().taken():
            return self.get_response(request)


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

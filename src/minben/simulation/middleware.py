"""Runs each request under the sandbox's clock."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from minben.kernel import clock
from minben.simulation import clock_file


class ClockMiddleware:
    """Absent from production altogether."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.SANDBOX:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.moved_by(clock.offset() or clock_file.offset()):
            return self.get_response(request)

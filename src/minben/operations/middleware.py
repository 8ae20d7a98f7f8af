"""The read-only platform (唯讀模式): whatever would write is answered with a plain page."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minben.base.middleware import READING
from minben.operations import switches
from minben.operations.rules import Service

GetResponse = Callable[[HttpRequest], HttpResponse]
# An administrator must come in to let the platform go on; everybody may leave.
STILL_OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "desk:switch",
        "people:second_factor",
        "simulation:accounts",
    }
)
RETRY_SECONDS = 60


class ReadOnlyMiddleware:
    """Refuses every request that is not reading while `Service.EVERYTHING` is stopped."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:  # Any: Django's signature
        if request.method in READING:
            return None
        stop = switches.stops().get(Service.EVERYTHING)
        match = request.resolver_match
        if stop is None or (match and match.view_name in STILL_OPEN):
            return None
        response = render(request, "operations/read_only.html", {"stop": stop}, status=503)
        response["Retry-After"] = str(RETRY_SECONDS)
        return response

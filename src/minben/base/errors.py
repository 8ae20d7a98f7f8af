"""Error pages in the user's language, with what to do next."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minben.base import request_ids

log = logging.getLogger(__name__)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form had expired or came from elsewhere; explained, never a bare 403."""
    return render(request, "403.html", {"expired_form": True}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What can't be read at all, as a host name that is not ours.

    Rendered without the request, because a page that asks for its own address would fail again.
    """
    return render(None, "400.html", status=400)


def unavailable(seconds: int) -> HttpResponse:
    """The friendly 503: nothing was done, and when to come again."""
    response = render(None, "503.html", {"request_id": request_ids.current()}, status=503)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that is away is a friendly 503; everything else a 500, without a trace.

    Both are rendered without the request, because context would ask the database again.
    """
    error = sys.exc_info()[1]
    told = {"request_id": request_ids.current()}
    if isinstance(error, (OperationalError, InterfaceError)):
        log.error("database away: %s", type(error).__name__)
        return unavailable(30)
    return render(None, "500.html", told, status=500)

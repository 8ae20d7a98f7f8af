"""Error pages in the user's language, with what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form had expired or came from elsewhere; explained, never a bare 403."""
    return render(request, "403.html", {"expired_form": True}, status=403)

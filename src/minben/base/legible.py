"""What can be no text is refused at the edge (無法讀取的請求), for every page and the interface.

PostgreSQL keeps no NUL in a text, and no database half of a surrogate pair, so either would be an
error wherever it arrives first: a case number, a search word, a field of a form. Nobody types
them. Halves come only with another encoding than UTF-8, which no browser sends us.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language_from_path, gettext

from minben.base.api import Trouble
from minben.base.middleware import READING

GetResponse = Callable[[HttpRequest], HttpResponse]
OPEN_DATA: Final = "/api/"
MESSAGE: Final = "The address or the body holds a character that is no text, or is not UTF-8."
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class LegibleMiddleware:
    """400 for what no text can be, in path, query and form; a cookie with it is as good as none.

    Stands below what gives every answer its headers, and above all that asks the database.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_legible(request):
            return refused(request)
        for name in [name for name, told in request.COOKIES.items() if "\x00" in told]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Any,
        args: Any,
        kwargs: Any,  # Any: Django's signature
    ) -> HttpResponse | None:
        """Read the form where it would be read anyway: just before its token is checked."""
        if request.method in READING:
            return None
        try:
            told = [text for name, texts in request.POST.lists() for text in (name, *texts)]
        except UnreadablePostError:  # whoever sent it is gone
            return None
        return refused(request) if any(map(_NO_TEXT.search, map(str, told))) else None


def _is_legible(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    if _NO_TEXT.search(request.path_info) or "%00" in query or "\x00" in query:
        return False
    encoding = (request.content_params or {}).get("charset", "utf-8")
    return encoding.lower() in ("utf-8", "utf8")


def refused(request: HttpRequest) -> HttpResponse:
    """The page that says why, in the language of the address; for the interface its problem."""
    if request.path_info.startswith(OPEN_DATA):
        trouble = Trouble(HTTPStatus.BAD_REQUEST, "illegible", MESSAGE)
        headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"}
        return JsonResponse(trouble.problem(), status=400, headers=headers)
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        reason = gettext(
            "The address or the form holds a character that is no text, such as NUL, or is not"
            " written in UTF-8. Take it out and try again."
        )
        return render(None, "400.html", {"reason": reason}, status=400)

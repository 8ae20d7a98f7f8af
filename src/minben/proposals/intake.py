"""The intake of plain endorsements (附議直收): taken before the rest of the request is made ready.

A surge consists of one kind of request: a form without a reason, sent by somebody signed in.
What most of the middleware prepares (the session as an object, language, messages, the library's
account pages) is nothing such a request needs. So this one stands where the headers of every
answer are already cared for and checks by itself what must be checked: the host, the form's
token and origin by the framework's own rules, session, account and switches by the common desk.

Nothing is ever refused here. Whatever is not plain, or not done, goes on to the view, which does
it or tells why not.
"""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import ResolverMatch
from django.utils.translation import get_language_from_path

from minben.base.addresses import address_of
from minben.proposals.actions.together import endorse_together
from minben.proposals.views.endorsing import endorse

GetResponse = Callable[[HttpRequest], HttpResponseBase]
FORM = "application/x-www-form-urlencoded"
BYTES_MOST = 1000  # of a form without a reason
_ADDRESS = re.compile(r"(?:/[a-z-]{2,10})?/proposals/([-\w]{1,40})/endorse/", re.ASCII)
_MATCH = ResolverMatch(endorse, (), {}, url_name="endorse", namespaces=["proposals"])


class _FormCheck(CsrfViewMiddleware):
    """The framework's check of a form, without its answer: the view's own check gives that."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseForbidden:
        return HttpResponseForbidden()


class IntakeMiddleware:
    """Answers plain endorsements itself; absent where they do not share transactions."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.ENDORSE_TOGETHER:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.check = _FormCheck(get_response)
        self.cookie = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = _ADDRESS.fullmatch(request.path_info) if request.method == "POST" else None
        if asked and self._done(request, asked[1]):
            return _endorsed(request)
        return self.get_response(request)

    def _done(self, request: HttpRequest, number: str) -> bool:
        """Whether it was plain, and is done."""
        key = request.COOKIES.get(self.cookie)
        if not key or not _is_plain(request) or not self._is_ours(request):
            return False
        return endorse_together(
            number=number,
            session_key=key,
            address=address_of(request),
            at=request.at,  # type: ignore[attr-defined]
        )

    def _is_ours(self, request: HttpRequest) -> bool:
        """Whether a page of ours sent the form: host, origin and token."""
        request.get_host()  # a host that is not ours is refused by what stands above
        self.check.process_request(request)
        return self.check.process_view(request, endorse, (), {}) is None


def _is_plain(request: HttpRequest) -> bool:
    meta = request.META
    size = meta.get("CONTENT_LENGTH", "")
    if request.content_type != FORM or not size.isdecimal() or int(size) > BYTES_MOST:
        return False
    return not request.POST.get("reason", "").strip()


def _endorsed(request: HttpRequest) -> HttpResponse:
    """What the view answers, with the headers that other middleware would have given it."""
    request.resolver_match = _MATCH  # by which requests are counted
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    to = request.path.removesuffix("endorse/") + "endorsed/"
    return HttpResponse(
        status=HTTPStatus.FOUND,
        headers={"Location": to, "Content-Language": language, "Vary": "Cookie"},
    )

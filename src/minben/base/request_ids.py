"""One number for everything one request causes (請求編號): in the log, in the answer, on error pages.

A number sent along is believed only where proxies of our own stand in front (`MINBEN_PROXIES`),
because anybody else could make two requests look like one.
"""

import re
from contextvars import ContextVar, Token
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # settings read this module, before there is a framework
    from django.http import HttpRequest

HEADER = "X-Request-ID"
_META = "HTTP_X_REQUEST_ID"
_FIT = re.compile(r"[A-Za-z0-9._-]{8,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The number of the request this thread works on; empty outside of one."""
    return _current.get()


def begin(request: "HttpRequest", *, believe: bool) -> Token[str]:
    """Take the number that was sent along, if it may be believed and is fit; or make one."""
    sent = request.META.get(_META, "") if believe else ""
    return _current.set(sent if sent and _FIT.fullmatch(sent) else token_hex(8))


def end(token: Token[str]) -> None:
    """Forget the number; the thread goes on to another request."""
    _current.reset(token)

"""How the log answers machines (機讀回應): for every website, without cookies, honest about age."""

import hashlib
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from minben.base.access import Request
from minben.ledger.keys import LedgerKeyMissing

FOREVER = "public, max-age=31536000, immutable"
SECONDS = "public, max-age=2, stale-while-revalidate=10"
MINUTE = "public, max-age=60, stale-while-revalidate=600"
DAY = "public, max-age=86400"

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
JSON = "application/json"
LINES = "application/x-ndjson"


def served(request: HttpRequest, content: bytes | str, *, kind: str, keep: str) -> HttpResponseBase:
    """An answer of the log with its ETag; 304 for whoever has it already.

    Args:
        kind: its content type.
        keep: its Cache-Control.
    """
    response = HttpResponse(content, content_type=kind)
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = keep
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def streamed(lines: Iterator[str], *, kind: str, keep: str) -> HttpResponseBase:
    """An answer written while it is read."""
    response = StreamingHttpResponse(lines, content_type=kind)
    response["Cache-Control"] = keep
    return response


def nothing_here() -> HttpResponse:
    """What stands at an address the log has not got: nobody keeps it, it may come."""
    response = HttpResponse("Not found\n", content_type=TEXT, status=HTTPStatus.NOT_FOUND)
    response["Cache-Control"] = "no-store"
    return response


def of_the_log(view: Callable[..., HttpResponseBase | None]) -> Callable[..., HttpResponseBase]:
    """A view of the log: reading only, for any website, 404 for what it answers with nothing."""

    @require_safe
    @wraps(view)
    def wrapper(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs) or nothing_here()
        except LedgerKeyMissing:
            response = nothing_here()
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return wrapper

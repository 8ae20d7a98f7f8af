"""The open-data interface under /api/v1/: every module's router, one way of answering.

Reading only, without a key, from any website. Answers carry an ETag and may be kept a minute.
"""

import hashlib
import logging
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from minben.base.api import Trouble
from minben.casework.api import router as rules
from minben.demands.api import router as demands
from minben.findings.api import router as findings
from minben.indicators.api import router as indicators
from minben.indicators.api_surveys import router as surveys
from minben.ladder.api import router as ladder
from minben.ledger.api import router as ledger
from minben.meetings.api import router as meetings
from minben.people.api import router as people
from minben.portal.api import router as platform
from minben.proposals.api import router as proposals

log = logging.getLogger(__name__)
MINUTE = 60


class OpenData(NinjaAPI):
    """An interface whose every answer may be read by any website, and kept for a minute."""

    def create_response(
        self,
        request: HttpRequest,
        data: Any,
        *,
        status: int | None = None,
        temporal_response: HttpResponse | None = None,
    ) -> HttpResponse:
        response = super().create_response(
            request, data, status=status, temporal_response=temporal_response
        )
        return opened(request, response)


def opened(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` with the headers of open data; 304 if the reader has it already."""
    response["Access-Control-Allow-Origin"] = "*"
    if response.status_code != HTTPStatus.OK:
        response["Cache-Control"] = "no-store"
        return response
    response["Cache-Control"] = f"public, max-age={MINUTE}"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    answered = get_conditional_response(request, etag=response["ETag"], response=response)
    return answered if isinstance(answered, HttpResponse) else response


api = OpenData(
    title="Minben open data",
    version=version("minben"),
    description="Proposals, endorsements, answers and rules of this platform, read-only.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
for router in (
    proposals,
    rules,
    people,
    ledger,
    platform,
    findings,
    demands,
    ladder,
    meetings,
    indicators,
    surveys,
):
    api.add_router("", router)


def _problem(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    return api.create_response(request, trouble.problem(), status=int(trouble.status))


@api.exception_handler(Trouble)
def _on_trouble(request: HttpRequest, error: Trouble) -> HttpResponse:
    return _problem(request, error)


@api.exception_handler(ValidationError)
def _on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"field": str(fault["loc"][-1]), "message": fault["msg"]} for fault in error.errors]
    named = ", ".join(sorted({fault["field"] for fault in faults}))
    trouble = Trouble(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", f"Not acceptable: {named}.")
    return api.create_response(
        request, trouble.problem() | {"errors": faults}, status=int(trouble.status)
    )


@api.exception_handler(Http404)
def _on_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _problem(request, Trouble(HTTPStatus.NOT_FOUND, "not_found", "There is nothing here."))


@api.exception_handler(HttpError)
def _on_refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, Trouble(HTTPStatus(error.status_code), "refused", error.message))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _on_database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("database away: %s", type(error).__name__)
    away = Trouble(HTTPStatus.SERVICE_UNAVAILABLE, "database_away", "Try again in half a minute.")
    response = _problem(request, away)
    response["Retry-After"] = "30"
    return response


def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI description of all of it."""
    return opened(request, JsonResponse(api.get_openapi_schema()))


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever else is asked for under the interface's address."""
    return _on_missing(request, Http404())


def _marked() -> list[URLPattern]:
    """The interface's addresses, each with the access mark that views wear."""
    own = [
        path("openapi.json", description, name="openapi"),
        path("", nothing_here, name="api-root"),
        *(one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"),
        path("<path:rest>", nothing_here),
    ]
    for pattern in own:
        pattern.callback.access_mark = "public"  # type: ignore[attr-defined]
    return own


app_name = "api"
urlpatterns = _marked()

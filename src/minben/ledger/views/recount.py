"""What a recount needs beside the log (驗算資料): schema, cases, claims, and the page that does it."""

import json
from importlib.resources import files

from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase

from minben.base.access import Request, public
from minben.ledger import onefile, queries
from minben.ledger.bundle import cases_document, stamps_document
from minben.ledger.views.answering import DAY, JSON, MINUTE, of_the_log, served

A_DAY = 86_400


@public
@of_the_log
def schema(request: Request) -> HttpResponseBase:
    """What each kind of entry says, in both languages."""
    text = (files("minben.ledger") / "schema.json").read_text(encoding="utf-8")
    return served(request, text, kind=JSON, keep=DAY)


@public
@of_the_log
def claims(request: Request) -> HttpResponseBase | None:
    """What the platform last said it counted, and of which tree. One query."""
    found = queries.claimed()
    return None if found is None else served(request, found.told, kind=JSON, keep=MINUTE)


@public
@of_the_log
def cases(request: Request) -> HttpResponseBase | None:
    """Where each case stands in the tree the claims speak of.

    One query, and once for each claim a walk through the whole log.
    """
    found = queries.claimed()
    if found is None:
        return None
    key = f"ledger-cases-{found.size}-{found.at.timestamp():.6f}"
    text = cache.get_or_set(
        key, lambda: json.dumps(cases_document(json.loads(found.told)), ensure_ascii=False), A_DAY
    )
    return served(request, str(text), kind=JSON, keep=MINUTE)


@public
@of_the_log
def timestamps(request: Request) -> HttpResponseBase:
    """Of which trees there is an outside authority's time stamp. Two queries."""
    told = stamps_document(queries.tree_size())
    return served(request, json.dumps(told, ensure_ascii=False), kind=JSON, keep=MINUTE)


@public
@of_the_log
def verify_page(request: Request) -> HttpResponseBase:
    """The page that recounts, to be opened here or kept; ``?download`` keeps it.

    Its script stands in the file itself, so that one file is all there is. The policy of the
    platform would refuse it; this answer alone has one that names that script by its hash.
    """
    response = HttpResponse(onefile.page(), content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = onefile.policy()
    response["Cache-Control"] = MINUTE
    if "download" in request.GET:
        response["Content-Disposition"] = 'attachment; filename="minben-verify.html"'
    return response

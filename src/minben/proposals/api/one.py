"""One proposal for machines (單一提議): its facts, and its long lists page by page."""

from dataclasses import fields
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from ninja import Router
from ninja.params.functions import Path, Query

from minben.base.access import Request
from minben.base.api import PAGE_MAX, Problem, in_both, not_found, page_info
from minben.casework import queries as casework
from minben.discussion.queries import CommentLine
from minben.discussion.rules import Side
from minben.kernel.actor import ANONYMOUS
from minben.proposals.api.schemas import Comments, Endorsements, Whole
from minben.proposals.queries.cards import Card, cards_of, with_cases
from minben.proposals.queries.endorsements import endorsement_page
from minben.proposals.queries.facts import Facts, facts
from minben.proposals.queries.history import Entry
from minben.proposals.queries.page import PageParts, ResponseView, comment_page, page_parts
from minben.proposals.queries.stages import public_rows

router = Router()
NUMBER = Path(..., max_length=24, description="case number, such as 2026-000123")
SIDE = Query(None, description="one side only")
PAGE = Query(1, ge=1, le=PAGE_MAX, description="number of the page, from 1")
ANSWERS = {404: Problem, 422: Problem}


@router.get("/proposals/{number}", response={200: Whole, **ANSWERS}, summary="One proposal")
def proposal(request: Request, number: str = NUMBER) -> SimpleNamespace:
    """Everything the proposal's page shows, but for the long lists."""
    found = public_facts(number, request.at)
    card = cards_of(with_cases(public_rows().filter(pk=found.pk), request.at), request.at)[0]
    return _whole(card, found, page_parts(found, request.at))


@router.get(
    "/proposals/{number}/endorsements",
    response={200: Endorsements, **ANSWERS},
    summary="Endorsements of a proposal",
)
def endorsements(
    request: Request,
    number: str = NUMBER,
    county: str = Query("", max_length=12, description="only from this county or city, in Chinese"),
    page: int = PAGE,
) -> dict[str, Any]:
    """Who endorsed, newest first: nickname, county, township, time and reason."""
    found = endorsement_page(public_facts(number, request.at).pk, str(page), county=county)
    return page_info(request, found, page) | {"items": list(found.object_list)}


@router.get(
    "/proposals/{number}/comments",
    response={200: Comments, **ANSWERS},
    summary="Comments on a proposal",
)
def comments(
    request: Request,
    number: str = NUMBER,
    side: Side | None = SIDE,
    page: int = PAGE,
) -> dict[str, Any]:
    """Comments, newest first. Of a hidden one only ground and reason are told."""
    found = comment_page(public_facts(number, request.at).thread_id, str(page), side)
    return page_info(request, found, page) | {"items": [comment(row) for row in found.object_list]}


def public_facts(number: str, at: datetime) -> Facts:
    """The proposal of a case number as anybody may see it. Raises Trouble where there is none."""
    found = facts(number, ANONYMOUS, at)
    if found is None or not found.seen:
        raise not_found("public proposal")
    return found


def comment(line: CommentLine) -> dict[str, Any]:
    """A comment as `schemas.Comment`."""
    return {
        "id": line.pk,
        "side": line.side,
        "author": line.author,
        "at": line.at,
        "body": line.body,
        "hidden": line.hidden,
        "removed": line.removed,
        "ground": in_both(line.ground) if line.hidden else None,
        "reason": line.reason,
    }


def _whole(card: Card, found: Facts, parts: PageParts) -> SimpleNamespace:
    told = {field.name: getattr(card, field.name) for field in fields(card)}
    return SimpleNamespace(
        **told,
        content=found.content,
        benefits=found.benefits,
        evidence=parts.evidence,
        rule_set=found.rule_set.code,
        archived=found.archived,
        codrafting=found.codrafting,
        withdrawn_at=found.withdrawn_at,
        withdraw_reason=found.withdraw_reason,
        paused_until=found.pause.ends_at if found.pause else None,
        next_dates=found.dates,
        agencies_now=parts.agencies,
        deadlines=casework.deadlines_of(found.case_id),
        responses=[_response(view) for view in parts.responses],
        timeline=[_event(entry) for entry in parts.history],
        curve=parts.curve.rows if parts.curve else (),
        comments={"pro": parts.comments.pro_total, "con": parts.comments.con_total},
    )


def _response(view: ResponseView) -> dict[str, Any]:
    texts = {block.code: block.text for block in view.blocks}
    return texts | {
        "agency": view.agency,
        "published_at": view.at,
        "interim": view.interim,
        "archived": view.archived,
        "adoption": view.adoption or None,
    }


def _event(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "label": in_both(entry.title),
        "at": entry.at,
        "who": entry.who,
        "official": entry.official,
        "data": entry.data,
    }

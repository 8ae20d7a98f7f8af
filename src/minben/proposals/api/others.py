"""Hidden proposals and co-drafting for machines (隱藏登錄、協作討論)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema
from ninja.params.functions import Path, Query

from minben.base.access import Request
from minben.base.api import (
    PAGE_MAX,
    DayAndInstant,
    Name,
    PageInfo,
    Problem,
    end_of_term,
    not_found,
    page_info,
)
from minben.kernel.actor import ANONYMOUS
from minben.proposals.api.one import NUMBER, comment
from minben.proposals.api.schemas import Comments, Evidence
from minben.proposals.permissions import may_see
from minben.proposals.queries import became, codraft, codrafts
from minben.proposals.queries.evidence import evidence_of
from minben.proposals.queries.hidden import hidden_entry, hidden_page
from minben.proposals.queries.page import comment_page
from minben.proposals.queries.pages import paged

router = Router(tags=["others"])
DRAFT = Path(..., description="id of a co-drafting")
PAGE = Query(1, ge=1, le=PAGE_MAX, description="number of the page, from 1")
ANSWERS = {404: Problem, 422: Problem}
PER_PAGE = 50


class HiddenLine(Schema):
    """A hidden proposal in the register; `subject` is null where it is withheld."""

    number: str
    subject: str | None
    withheld: bool
    hidden_at: datetime
    ground: Name
    reason: str


class HiddenLines(PageInfo):
    """One page of the register, newest first."""

    items: list[HiddenLine]


class Appeal(Schema):
    """The appeal in a case; `upheld` is null until it is decided."""

    filed_at: datetime
    due: DayAndInstant | None
    upheld: bool | None
    reason: str
    decided_at: datetime | None


class Hidden(HiddenLine):
    """The register's entry; content and benefits are null where they are withheld."""

    content: str | None
    benefits: str | None
    filed_at: datetime
    rule_set: str
    basis: str
    appeal: Appeal | None
    appeal_until: DayAndInstant | None
    joins: str = Field(description="number of the open proposal to join, or empty")


class Codraft(Schema):
    """A draft that is or was open, so that others could help with the wording."""

    id: UUID
    subject: str
    topic: str
    government: Name
    open_from: datetime | None
    open_until: datetime | None
    running: bool


class Codrafts(PageInfo):
    """One page of co-draftings."""

    items: list[Codraft]


class Codrafting(Codraft):
    """One co-drafting whole. `became` is the number of the proposal it became, or empty."""

    author: str
    content: str
    benefits: str
    evidence: Evidence
    history: list[dict[str, Any]]
    became: str


@router.get("/hidden", response={200: HiddenLines, **ANSWERS}, summary="Hidden proposals")
def hidden(
    request: Request,
    ground: str = Query("", max_length=40, description="code of a ground, see /rule-sets"),
    page: int = PAGE,
) -> dict[str, Any]:
    """The public register of hidden proposals: ground and reason of each."""
    found = hidden_page(str(page), ground)
    items = [_with_blanks(line, ("subject",)) for line in found.object_list]
    return page_info(request, found, page) | {"items": items}


@router.get("/hidden/{number}", response={200: Hidden, **ANSWERS}, summary="One hidden proposal")
def one_hidden(request: Request, number: str = NUMBER) -> dict[str, Any]:
    """Why a proposal was hidden, what became of an appeal, and its content if that may be read."""
    found = hidden_entry(number, ANONYMOUS, request.at)
    if found is None:
        raise not_found("hidden proposal")
    told = _with_blanks(found, ("subject", "content", "benefits"))
    told["appeal_until"] = end_of_term(found.appeal_until)
    if found.appeal is not None:
        told["appeal"] = {
            "filed_at": found.appeal.filed_at,
            "due": end_of_term(found.appeal.due_at),
            "upheld": found.appeal.upheld,
            "reason": found.appeal.reason,
            "decided_at": found.appeal.decided_at,
        }
    return told


@router.get("/codrafts", response={200: Codrafts, **ANSWERS}, summary="Drafts open to everybody")
def all_codrafts(
    request: Request,
    running: bool = Query(True, description="false: those that ended"),
    page: int = PAGE,
) -> dict[str, Any]:
    """Drafts whose authors asked for help with the wording."""
    at = request.at
    rows = codrafts(at, running=running)
    found = paged(rows, page, PER_PAGE, lambda draft: _codraft(draft, at))
    return page_info(request, found, page) | {"items": list(found.object_list)}


@router.get("/codrafts/{id}", response={200: Codrafting, **ANSWERS}, summary="One co-drafting")
def one_codraft(request: Request, id: UUID = DRAFT) -> dict[str, Any]:
    """A draft open to everybody, with its text and what became of it."""
    draft = codraft(id)
    if draft is None:
        raise not_found("co-drafting")
    proposal = became(draft)
    return _codraft(draft, request.at) | {
        "author": draft.author.public_name,
        "content": draft.content,
        "benefits": draft.benefits,
        # Once submitted, the evidence belongs to the proposal, which may have been hidden.
        "evidence": evidence_of({} if proposal else draft.evidence),
        "history": draft.history,
        "became": proposal.case.number if proposal and may_see(ANONYMOUS, proposal) else "",
    }


@router.get(
    "/codrafts/{id}/comments", response={200: Comments, **ANSWERS}, summary="Suggestions to a draft"
)
def codraft_comments(request: Request, id: UUID = DRAFT, page: int = PAGE) -> dict[str, Any]:
    """What others suggested, newest first."""
    draft = codraft(id)
    if draft is None or draft.thread_id is None:
        raise not_found("co-drafting")
    found = comment_page(draft.thread_id, str(page))
    return page_info(request, found, page) | {"items": [comment(row) for row in found.object_list]}


def _with_blanks(view: Any, withholdable: tuple[str, ...]) -> dict[str, Any]:
    """A view's fields; what is withheld becomes null instead of an empty text."""
    told = {name: getattr(view, name) for name in view.__slots__}
    return told | {name: told[name] or None for name in withholdable}


def _codraft(draft: Any, at: datetime) -> dict[str, Any]:  # Any: a row of queries.codrafts
    return {
        "id": draft.pk,
        "subject": draft.subject,
        "topic": draft.topic,
        "government": {"zh": draft.jurisdiction.name_zh, "en": draft.jurisdiction.name_en},
        "open_from": draft.codraft_from,
        "open_until": draft.codraft_until,
        "running": draft.codraft_until is not None and draft.codraft_until > at,
    }

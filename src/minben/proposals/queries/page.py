"""Everything the proposal page shows (提議頁), in as few questions as it has parts.

At most ten SQL queries with session and account, whatever the number of endorsements: facts and
pause, agencies, responses, history, curve, recent endorsements, comments.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page

from minben.casework import queries as casework
from minben.casework.rules import RESPONSE_BLOCKS, AgencyRole
from minben.discussion import queries as discussion
from minben.discussion.queries import CommentLine
from minben.discussion.rules import Side
from minben.proposals.models import Proposal
from minben.proposals.queries.endorsements import (
    Curve,
    EndorsementLine,
    curve_of,
    recent_endorsements,
)
from minben.proposals.queries.evidence import Evidence, evidence_of
from minben.proposals.queries.facts import Facts
from minben.proposals.queries.history import Entry, history
from minben.proposals.queries.pages import paged
from minben.proposals.words import Bilingual

if TYPE_CHECKING:
    from minben.casework.models import Response

PUBLISHED = "casework.response_published"
COMMENTS_SHOWN = 5
COMMENTS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class AgencyPart:
    """A responsible agency, and whether it leads."""

    name: Bilingual
    leads: bool


@dataclass(frozen=True, slots=True)
class ResponseBlock:
    """One of the four texts of a response."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class ResponseView:
    """A published response of an agency; an interim one has no adoption.

    Args:
        later: it came after the formal response and tells what became of it.
    """

    pk: int
    agency: Bilingual
    at: datetime
    interim: bool
    archived: bool
    adoption: str
    blocks: tuple[ResponseBlock, ...]
    later: bool = False


@dataclass(frozen=True, slots=True)
class PageParts:
    """The parts of the page beside the facts."""

    agencies: tuple[AgencyPart, ...]
    evidence: Evidence
    responses: tuple[ResponseView, ...]
    history: tuple[Entry, ...]
    curve: Curve | None
    recent: tuple[EndorsementLine, ...]
    comments: discussion.Columns


def page_parts(proposal: Facts, at: datetime) -> PageParts:
    """The parts of one proposal's page. Six queries, and one more once there may be a response."""
    told = history(proposal.case_id, proposal.rule_set.rules)
    answered = proposal.archived or any(entry.code == PUBLISHED for entry in told)
    return PageParts(
        agencies=agencies_of(proposal),
        evidence=evidence_of(proposal.evidence),
        responses=responses_of(proposal.case_id) if answered else (),
        history=told,
        curve=curve_of(proposal, at),
        recent=recent_endorsements(proposal.pk) if proposal.endorsed else (),
        comments=discussion.columns(proposal.thread_id, COMMENTS_SHOWN),
    )


def agencies_of(proposal: Facts) -> tuple[AgencyPart, ...]:
    """The responsible agencies, lead first. One query."""
    rows = (
        Proposal.objects.filter(pk=proposal.pk, case__agencies__isnull=False)
        .order_by("-case__agencies__role", "case__agencies__pk")
        .values_list(
            "case__agencies__agency__name_zh",
            "case__agencies__agency__name_en",
            "case__agencies__role",
        )
    )
    return tuple(AgencyPart(Bilingual(zh, en), role == AgencyRole.LEAD) for zh, en, role in rows)


def responses_of(case_id: int) -> tuple[ResponseView, ...]:
    """Published responses, the formal one first, then the newest. One query."""
    rows = casework.responses_of(case_id)
    formal = next((row.published_at for row in rows if not row.interim), None)
    views = [_response(row, formal) for row in rows]
    return tuple(sorted(views, key=lambda view: (view.interim, -view.at.timestamp())))


def _response(row: "Response", formal: datetime | None) -> ResponseView:
    assert row.published_at is not None  # noqa: S101  what responses_of promises
    return ResponseView(
        pk=row.pk,
        agency=Bilingual(row.agency.name_zh, row.agency.name_en),
        at=row.published_at,
        interim=row.interim,
        archived=row.archived,
        adoption=row.adoption,
        blocks=tuple(ResponseBlock(code, row.blocks[code]) for code in RESPONSE_BLOCKS),
        later=row.interim and formal is not None and row.published_at > formal,
    )


def comment_page(
    thread_id: int, number: str | None, side: Side | None = None
) -> "Page[Any]":  # Any: CommentLine
    """One page of a discussion, newest first. Two queries."""
    return paged(
        discussion.comments_of(thread_id, side), number, COMMENTS_PER_PAGE, discussion.line_of
    )


def comment_of(thread_id: int, pk: int) -> CommentLine | None:
    """One comment of that discussion, if it stands there. One query."""
    row = discussion.comments_of(thread_id).filter(pk=pk).first()
    return None if row is None else discussion.line_of(row)

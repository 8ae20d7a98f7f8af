"""Everything the proposal page shows (提議頁), in as few questions as it has parts.

At most ten SQL queries with session and account, whatever the number of endorsements: facts and
pause, agencies, responses, history, curve, recent endorsements, comments.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page

from minben.answering import queries as answering
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
    from collections.abc import Sequence

    from minben.answering.models import Correction
    from minben.casework.models import Response

PUBLISHED = frozenset({"casework.response_published", "casework.progress_reported"})
CORRECTED = "answering.corrected"
SURVEYED = "answering.survey_opened"
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
class Corrected:
    """That a part of a response was corrected, when and why."""

    block: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ResponseView:
    """A published response of an agency; an interim one has no adoption.

    Args:
        blocks, adoption: as they are after all corrections.
        later: it came after the formal response and tells what became of it.
        corrections: the newest of each part, where there are any.
    """

    pk: int
    agency: Bilingual
    at: datetime
    interim: bool
    archived: bool
    adoption: str
    blocks: tuple[ResponseBlock, ...]
    later: bool = False
    corrections: tuple[Corrected, ...] = ()


@dataclass(frozen=True, slots=True)
class PageParts:
    """The parts of the page beside the facts.

    Args:
        survey_until: exclusive; until when those who took part are asked how they find the answer.
    """

    agencies: tuple[AgencyPart, ...]
    evidence: Evidence
    responses: tuple[ResponseView, ...]
    history: tuple[Entry, ...]
    curve: Curve | None
    recent: tuple[EndorsementLine, ...]
    comments: discussion.Columns
    survey_until: datetime | None = None


def page_parts(proposal: Facts, at: datetime) -> PageParts:
    """The parts of one proposal's page.

    Six queries, one more once there may be a response, and one where it was corrected.
    """
    told = history(proposal.case_id, proposal.rule_set.rules)
    codes = {entry.code for entry in told}
    answered = proposal.archived or bool(codes & PUBLISHED)
    return PageParts(
        agencies=agencies_of(proposal),
        evidence=evidence_of(proposal.evidence),
        responses=responses_of(proposal.case_id, CORRECTED in codes) if answered else (),
        history=told,
        curve=curve_of(proposal, at),
        recent=recent_endorsements(proposal.pk) if proposal.endorsed else (),
        comments=discussion.columns(proposal.thread_id, COMMENTS_SHOWN),
        survey_until=next(
            (entry.times.get("closes_at") for entry in told if entry.code == SURVEYED), None
        ),
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


def responses_of(case_id: int, corrected: bool = False) -> tuple[ResponseView, ...]:
    """Published responses, the formal one first, then the newest. One query, two if `corrected`."""
    rows = casework.responses_of(case_id)
    formal = next((row.published_at for row in rows if not row.interim), None)
    corrections = answering.corrections_of(case_id) if corrected else ()
    views = [_response(row, formal, corrections) for row in rows]
    return tuple(sorted(views, key=lambda view: (view.interim, -view.at.timestamp())))


def _response(
    row: "Response", formal: datetime | None, corrections: "Sequence[Correction]"
) -> ResponseView:
    assert row.published_at is not None  # noqa: S101  what responses_of promises
    own = [one for one in corrections if one.response_id == row.pk]
    now = answering.current_text(row, own)
    newest = {one.block: Corrected(one.block, one.at, one.reason) for one in own}
    return ResponseView(
        pk=row.pk,
        agency=Bilingual(row.agency.name_zh, row.agency.name_en),
        at=row.published_at,
        interim=row.interim,
        archived=row.archived,
        adoption=now.adoption,
        blocks=tuple(ResponseBlock(code, now.blocks[code]) for code in RESPONSE_BLOCKS),
        later=row.interim and formal is not None and row.published_at > formal,
        corrections=tuple(newest.values()),
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

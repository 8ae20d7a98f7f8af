"""What a proposal's case is about, for modules that know only the case."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from minben.answering import readers
from minben.casework.about import About, register
from minben.casework.rules import CaseOrigin
from minben.demands import texts
from minben.kernel.actor import Actor
from minben.proposals.actions.answering import follow_adoption
from minben.proposals.answer_readers import AUDIENCE, count_readers, is_reader
from minben.proposals.models import Proposal
from minben.proposals.rules import PUBLIC_STATES


def _proposals(case_ids: Collection[int]) -> dict[int, About]:
    public = Q(state__in=list(PUBLIC_STATES), opens_at__isnull=False)
    rows = Proposal.objects.filter(case__in=case_ids).annotate(public=public)
    found = rows.order_by().values_list(
        "case_id", "case__number", "subject", "public", "proposer_id"
    )
    return {
        case_id: About(number, subject, public, f"/proposals/{number}/", proposer)
        for case_id, number, subject, public, proposer in found
    }


def _content(case_id: int) -> str:
    """What a proposal says; its officers choose demands from it."""
    return Proposal.objects.values_list("content", flat=True).get(case=case_id)


register(CaseOrigin.PROPOSAL, _proposals)
texts.register(CaseOrigin.PROPOSAL, _content)


def _follow(case_id: int, adoption: str, by: Actor, at: datetime) -> None:
    follow_adoption(case_id=case_id, adoption=adoption, by=by, at=at)


readers.register(
    CaseOrigin.PROPOSAL,
    readers.Readers(AUDIENCE, count=count_readers, is_one=is_reader, follow=_follow),
)

"""What a proposal's case is about, for modules that know only the case."""

from collections.abc import Collection

from django.db.models import Q

from minben.casework.about import About, register
from minben.casework.rules import CaseOrigin
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


register(CaseOrigin.PROPOSAL, _proposals)

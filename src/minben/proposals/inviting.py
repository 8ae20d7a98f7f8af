"""The endorsers of a proposal's case, for meetings, which know only the case (附議者)."""

from minben.casework.rules import CaseOrigin
from minben.meetings.inviting import Endorsers, register
from minben.proposals.models import Endorsement, Proposal


def _proposal(case_id: int) -> int | None:
    return Proposal.objects.filter(case=case_id).values_list("pk", flat=True).first()


def _endorsed(case_id: int, person_id: int) -> bool:
    rows = Endorsement.objects.filter(proposal__case=case_id, person=person_id)
    return rows.filter(invalidated_at=None).exists()


register(CaseOrigin.PROPOSAL, Endorsers("proposals.endorsers", _proposal, _endorsed))

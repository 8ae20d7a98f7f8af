"""What proposals hold about one person (個人資料): drafts, proposals, appeals, endorsements."""

from typing import Any

from minben.proposals.models import Appeal, Draft, Endorsement, Proposal


def held_about(person_id: int) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Everything somebody wrote, proposed and endorsed, oldest first. Four queries."""
    drafts = Draft.objects.filter(author_id=person_id).order_by("created_at")
    proposals = Proposal.objects.filter(proposer_id=person_id).order_by("filed_at", "pk")
    appeals = Appeal.objects.filter(proposal__proposer_id=person_id).order_by("filed_at")
    endorsements = Endorsement.objects.filter(person_id=person_id).order_by("at", "pk")
    return {
        "drafts": list(
            drafts.values(
                "id", "subject", "content", "benefits", "evidence", "topic", "agency_ids",
                "created_at", "saved_at", "codraft_from", "codraft_until",
            )
        ),
        "proposals": list(
            proposals.values(
                "case__number", "state", "subject", "content", "benefits", "evidence", "topic",
                "proposer_name", "county", "filed_at", "opens_at", "closes_at", "endorsed",
                "withdrawn_at", "withdraw_reason",
            )
        ),
        "appeals": list(
            appeals.values("proposal__case__number", "text", "filed_at", "upheld", "reason")
        ),
        "endorsements": list(
            endorsements.values(
                "proposal__case__number", "proposal__subject", "at", "number", "nickname",
                "county", "township", "reason",
            )
        ),
    }  # fmt: skip

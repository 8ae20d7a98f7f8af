"""What proposals hold about one person (個人資料): drafts, proposals, appeals, endorsements."""

from typing import Any

from minben.proposals.models import Appeal, CampaignAppeal, Draft, Endorsement, Proposal


def held_about(person_id: int) -> dict[str, Any]:  # Any: rows of JSON-ready values
    """Everything somebody wrote, proposed and endorsed, oldest first. Five queries."""
    drafts = Draft.objects.filter(author_id=person_id).order_by("created_at")
    proposals = Proposal.objects.filter(proposer_id=person_id).order_by("filed_at", "pk")
    appeals = Appeal.objects.filter(proposal__proposer_id=person_id).order_by("filed_at")
    endorsements = Endorsement.objects.filter(person_id=person_id).order_by("at", "pk")
    objections = CampaignAppeal.objects.filter(entry__endorsement__person_id=person_id)
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
        "endorsements": [
            row | {"network": None if row["network"] is None else bytes(row["network"]).hex()}
            for row in endorsements.values(
                "proposal__case__number", "proposal__subject", "at", "number", "nickname",
                "county", "township", "reason", "invalidated_at", "network",
            )
        ],
        "endorsement_appeals": list(
            objections.values(
                "entry__campaign__proposal__case__number", "text", "filed_at", "upheld", "reason"
            )
        ),
    }  # fmt: skip

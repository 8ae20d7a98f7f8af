"""What proposals give up of somebody who is erased (個人資料之刪除).

A public proposal is a document of a public procedure, on which others endorsed and agencies
answer: it stays, without a name. What never became public goes. An endorsement stays counted.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from minben.kernel.actor import Actor
from minben.proposals.models import Appeal, CampaignAppeal, Draft, Endorsement, Gram, Proposal
from minben.proposals.rules import State


def forget_person(*, person_id: int, by: Actor, at: datetime) -> None:
    """Take the person's name and private words out of proposals, drafts and endorsements.

    Of an endorsement its number, time and county stay; without its salt the ledger's commitment
    to the rest tells nothing.
    """
    # One that waits for its place needs its salt a moment longer; the sweep finds it.
    Endorsement.objects.filter(person_id=person_id, number__isnull=False).update(
        nickname="", township="", reason="", salt=None, network=None
    )
    CampaignAppeal.objects.filter(filed_by=f"person:{person_id}").update(text="")
    own = Proposal.objects.filter(proposer_id=person_id)
    Appeal.objects.filter(proposal__in=own).update(text="")
    _empty(never_public(own))
    own.update(proposer_name="", withdraw_reason="")
    # A co-drafting that became a public proposal belongs to its history, and to who helped.
    told = own.filter(codrafting__isnull=False).values("codrafting")
    Draft.objects.filter(author_id=person_id).exclude(pk__in=told).delete()


def never_public(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Those withdrawn before their check, and those hidden with their content."""
    return rows.filter(
        Q(state=State.WITHDRAWN, opens_at=None) | Q(state=State.HIDDEN, check_record__withheld=True)
    )


def _empty(rows: QuerySet[Proposal]) -> None:
    pks = list(rows.values_list("pk", flat=True))
    Gram.objects.filter(proposal__in=pks).delete()
    Proposal.objects.filter(pk__in=pks).update(
        subject="", content="", benefits="", evidence={}, codrafting=None
    )

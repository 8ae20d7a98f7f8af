"""What a campaign can never be is refused by the database, whoever writes to it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.db.models import F

from minben.proposals.models import Campaign, CampaignAppeal, CampaignEndorsement
from tests.db.campaigned import (
    LATER,
    REASON,
    approved,
    asked_back,
    counted,
    endorsed_one,
    proposed,
    restored,
    run,
)
from tests.db.refused.by_campaigns import filed

pytestmark = pytest.mark.django_db
Step = Callable[..., Campaign]


def at(step: Step) -> Campaign:
    return step(endorsed_one(people=1, bots=2))


def asked(proposal: Any) -> Campaign:
    return asked_back(run(proposal))


def taken_back(proposal: Any) -> Campaign:
    return restored(run(proposal))


FORBIDDEN: list[tuple[Step, dict[str, Any]]] = [
    (proposed, {"state": "perhaps"}),
    (proposed, {"reason": "because"}),
    (proposed, {"explanation_zh": ""}),
    (proposed, {"proposed_by": ""}),
    (proposed, {"state": "counted"}),
    (proposed, {"counted": 1}),
    (proposed, {"counted_at": LATER}),
    (counted, {"counted": None}),
    (counted, {"state": "approved"}),
    (counted, {"state": "running", "begun_at": LATER}),  # nobody approved it
    (counted, {"approved_by": "person:9"}),
    (counted, {"state": "approved", "approved_by": F("proposed_by"), "approved_at": LATER}),
    (approved, {"approved_by": F("proposed_by")}),
    (approved, {"approved_at": None}),
    (approved, {"approved_by": ""}),
    (approved, {"state": "running"}),
    (approved, {"begun_at": LATER}),
    (approved, {"invalidated": 1}),
    (approved, {"state": "rejected"}),
    (approved, {"rejected_by": "person:9", "rejected_at": LATER, "reject_reason": REASON}),
    (run, {"run_at": None}),
    (run, {"state": "approved"}),
    (run, {"invalidated": 3}),
    (run, {"restored": 3}),
    (run, {"state": "restored"}),
    (run, {"restore_asked_by": "person:9"}),
    (run, {"restored_by": "person:9", "restored_at": LATER}),
    (asked, {"restore_reason": ""}),
    (asked, {"state": "restored", "restored_by": F("restore_asked_by"), "restored_at": LATER}),
    (taken_back, {"restored_by": F("restore_asked_by")}),
    (taken_back, {"restore_asked_by": "", "restore_asked_at": None, "restore_reason": ""}),
    (taken_back, {"restored_at": None}),
]


@pytest.mark.parametrize(("step", "change"), FORBIDDEN)
def test_of_campaigns(step: Step, change: dict[str, Any]) -> None:
    refuses(Campaign.objects.filter(pk=at(step).pk), change)


@pytest.mark.parametrize(
    ("step", "change"),
    [
        (counted, {"restored_at": LATER}),
        (run, {"skipped_at": LATER}),
    ],
)
def test_of_their_endorsements(step: Step, change: dict[str, Any]) -> None:
    refuses(CampaignEndorsement.objects.filter(campaign=at(step)), change)


def test_one_campaign_at_a_time_holds_an_endorsement() -> None:
    proposal = endorsed_one(people=1, bots=2)
    counted(proposal)
    run(proposal)
    refuses(CampaignEndorsement.objects.filter(taken_at=None), {"taken_at": LATER})


def test_an_endorsement_is_in_a_campaign_once() -> None:
    entry = CampaignEndorsement.objects.filter(campaign=at(counted)).earliest("pk")
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignEndorsement.objects.create(
            campaign_id=entry.campaign_id, endorsement_id=entry.endorsement_id
        )


DECIDED = {"upheld": True, "reason": REASON, "decided_at": LATER}


@pytest.mark.parametrize(
    "change",
    [
        {"upheld": True},
        {"decided_by": "person:9"},
        {"reason": REASON},
        {"filed_by": ""},
        DECIDED | {"decided_by": ""},
        DECIDED | {"decided_by": F("campaign_proposer")},
        DECIDED | {"decided_by": F("campaign_approver")},
        DECIDED | {"decided_by": F("filed_by")},
    ],
)
def test_of_appeals(change: dict[str, Any]) -> None:
    refuses(CampaignAppeal.objects.filter(pk=filed(at(run)).pk), change)


def refuses(rows: "models.QuerySet[Any]", change: dict[str, Any]) -> None:
    assert rows.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)


def test_every_constraint_of_campaigns_is_tried_here() -> None:
    """Twelve, four and three: whoever adds one adds what it refuses."""
    counts = [
        len(model._meta.constraints) for model in (Campaign, CampaignEndorsement, CampaignAppeal)
    ]
    assert counts == [12, 4, 3]

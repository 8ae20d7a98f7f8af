"""Two answers at the same moment: one holds, the others are told so."""

from datetime import timedelta
from functools import partial

import pytest

from minben.assigning import actions
from minben.assigning.models import Offer
from minben.casework.models import CaseAgency
from minben.kernel.actor import Role
from tests.db.assigning.handing import AT, REASON, asked
from tests.db.crowd import at_once, outcomes
from tests.factories import make_staff

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AT + timedelta(hours=1)


def test_of_many_answers_at_once_one_holds() -> None:
    case = asked()
    offer = case.offer().pk
    people = [make_staff(Role.OFFICER, case.first) for _ in range(8)]
    acts = [
        partial(actions.accept_offer, offer_id=offer, by=by, at=LATER)
        if n % 2
        else partial(actions.dispute_offer, offer_id=offer, reason=REASON, by=by, at=LATER)
        for n, by in enumerate(people)
    ]
    found = outcomes(at_once(acts))
    assert found["done"] == 1
    assert found["done"] + found["offer_answered"] == 8


def test_a_second_refusal_and_a_naming_at_once_leave_one_whole_state() -> None:
    case = asked()
    actions.dispute_offer(
        offer_id=case.offer().pk, reason=REASON, proposed="motc", by=case.one, at=LATER
    )
    passed = case.offer(case.second).pk
    at_once(
        [
            partial(actions.dispute_offer, offer_id=passed, reason=REASON, by=case.two, at=LATER),
            partial(
                actions.assign_and_offer,
                case=case.proposal.case,
                agency_ids=[case.second.pk],
                by=case.admin,
                at=LATER,
            ),
        ]
    )
    # Whichever came first: the naming is the last word, or was refused nothing.
    rows = CaseAgency.objects.filter(case=case.proposal.case)
    leads = [row.agency_id for row in rows if row.role == "lead"]
    assert leads in ([case.second.pk], [case.first.pk, case.second.pk])
    case.proposal.case.refresh_from_db()
    assert case.proposal.case.lead_id == leads[0]
    waiting = Offer.objects.filter(settled_at=None)
    assert {row.agency_id for row in waiting} <= {case.second.pk}

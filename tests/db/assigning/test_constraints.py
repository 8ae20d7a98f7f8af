"""What the database refuses of an offer, whoever writes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from minben.assigning import actions
from minben.assigning.models import Offer
from tests.db.assigning.handing import AT, REASON, Asked, asked
from tests.factories import DAY

pytestmark = pytest.mark.django_db


def an_open_one() -> Offer:
    return asked().offer()


def an_accepted_one() -> Offer:
    case = asked()
    actions.accept_offer(offer_id=case.offer().pk, by=case.one, at=AT)
    return case.offer()


def disputed() -> Asked:
    case = asked()
    actions.dispute_offer(offer_id=case.offer().pk, reason=REASON, by=case.one, at=AT)
    return case


def a_disputed_one() -> Offer:
    return disputed().offer()


def a_decided_one() -> Offer:
    case = disputed()
    actions.decide_dispute(
        offer_id=case.offer().pk, agencies=["mof"], reason=REASON, by=case.admin, at=AT
    )
    return case.offer()


@pytest.mark.parametrize(
    ("make", "change"),
    [
        (an_open_one, {"role": "judge"}),
        (an_open_one, {"answer": "perhaps"}),
        (an_open_one, {"answer": "accepted"}),
        (an_open_one, {"answer": "withdrawn"}),
        (an_open_one, {"answer": "decided", "settled_at": AT}),
        (an_open_one, {"answered_at": AT, "answered_by": "person:1"}),
        (an_open_one, {"settled_at": AT}),
        (an_open_one, {"reason": REASON}),
        (an_open_one, {"offered_by": ""}),
        (an_open_one, {"forced": True}),
        (an_open_one, {"escalated_at": AT}),
        (an_open_one, {"escalated_by": "person:1"}),
        (an_open_one, {"decided_at": AT, "decided_by": "x", "decision": REASON}),
        (an_accepted_one, {"settled_at": None}),
        (an_accepted_one, {"answered_at": None, "answered_by": ""}),
        (an_accepted_one, {"answered_by": ""}),
        (a_disputed_one, {"reason": ""}),
        (a_disputed_one, {"answered_at": None}),
        (a_disputed_one, {"decided_at": AT, "decided_by": "x", "decision": REASON}),
        (a_decided_one, {"decision": ""}),
        (a_decided_one, {"decided_by": ""}),
        (a_decided_one, {"decided_at": None}),
        (a_decided_one, {"settled_at": None}),
    ],
)
def test_halves_and_unknown_states_are_refused(
    make: Callable[[], Offer], change: dict[str, Any]
) -> None:
    row = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=row.pk).update(**change)


def test_an_agency_points_to_another_and_says_why() -> None:
    offer = a_disputed_one()
    rows = Offer.objects.filter(pk=offer.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(proposed=offer.agency_id)
    waits = an_open_one()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=waits.pk).update(proposed=offer.agency_id)


def test_one_unsettled_offer_of_an_agency_and_one_that_follows_another() -> None:
    offer = a_disputed_one()
    more = {
        "case_id": offer.case_id,
        "role": "assist",
        "offered_at": AT + DAY,
        "offered_by": "person:1",
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(agency_id=offer.agency_id, **more)
    Offer.objects.filter(pk=offer.pk).update(settled_at=AT)
    Offer.objects.create(agency_id=offer.agency_id, after=offer, **more)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(agency_id=disputed().second.pk, after=offer, **more)

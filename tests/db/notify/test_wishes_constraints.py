"""What the database refuses of wishes and returned addresses, whoever writes them."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from minben.notify.models import ReturnedAddress, Wish
from tests.factories import DAY0

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "hours", [(5, 5), (5, None), (None, 5), (24, 5), (5, 24)], ids=lambda pair: f"{pair}"
)
def test_quiet_hours_are_two_or_none(hours: tuple[int | None, int | None]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.create(
            recipient="person:1", quiet_from=hours[0], quiet_until=hours[1], at=DAY0
        )


def test_one_wish_a_person_and_one_row_an_address() -> None:
    Wish.objects.create(recipient="person:1", at=DAY0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.create(recipient="person:1", at=DAY0)
    ReturnedAddress.objects.create(address="a@example.org", status="4.0.0", at=DAY0)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnedAddress.objects.create(address="a@example.org", status="4.0.0", at=DAY0)


@pytest.mark.parametrize(
    "state",
    [{"permanent_days": 1}, {"last_day": DAY0.date()}, {"stopped_at": DAY0}],
    ids=["days", "day", "stopped"],
)
def test_days_and_stopping_go_together(state: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnedAddress.objects.create(address="a@example.org", status="5.0.0", at=DAY0, **state)

"""Simulated rows are marked where they arise, and refused by a production platform."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from minben.base.bulk import insert_rows
from minben.base.models import Recorded, SimulatedField
from minben.kernel import clock
from minben.kernel.refusal import Refusal
from minben.notify.models import SandboxMessage
from minben.proposals.models import Proposal
from tests.factories import DAY0, file_one, make_person

pytestmark = pytest.mark.django_db


def message(**given: object) -> SandboxMessage:
    return SandboxMessage(channel="mail", at=DAY0, to="x@example.org", body="…", **given)


def test_rows_of_a_moved_clock_are_marked_and_others_are_not() -> None:
    with clock.moved_by(timedelta(days=1)):
        moved = file_one()
    with clock.simulating():
        played = file_one()
    plain = file_one()
    marks = dict(Proposal.objects.values_list("pk", "simulated"))
    assert (marks[moved.pk], marks[played.pk], marks[plain.pk]) == (True, True, False)


def update_in_bulk() -> None:
    real = SandboxMessage.objects.get()
    real.simulated = True
    SandboxMessage.objects.bulk_update([real], ["simulated"])


WAYS: dict[str, Callable[[], object]] = {
    "save": lambda: message().save(),
    "create": lambda: SandboxMessage.objects.create(channel="sms", at=DAY0, to="x", body="…"),
    "bulk_create": lambda: SandboxMessage.objects.bulk_create(
        [message(simulated=False), message()]
    ),
    "update": lambda: SandboxMessage.objects.update(simulated=True),
    "bulk_update": update_in_bulk,
    "insert_rows": lambda: insert_rows(
        SandboxMessage,
        ("channel", "at", "to", "subject", "body"),
        [("mail", DAY0, "x@example.org", "", "…")],
    ),
    "an act": make_person,
}


@pytest.mark.parametrize("way", WAYS)
def test_production_refuses_simulated_rows_however_they_are_written(
    way: str, settings: Any
) -> None:
    message().save()
    settings.PRODUCTION = True
    with pytest.raises(Refusal) as refused, clock.simulating(), transaction.atomic():
        WAYS[way]()
    assert refused.value.code == "simulated_in_production"
    assert SandboxMessage.objects.get().simulated is False


def test_production_writes_what_is_not_simulated(settings: Any) -> None:
    settings.PRODUCTION = True
    assert file_one(make_person()).simulated is False


def test_every_recorded_model_carries_the_mark() -> None:
    recorded = [model for model in apps.get_models() if issubclass(model, Recorded)]
    assert len(recorded) > 10
    for model in recorded:
        assert isinstance(model._meta.get_field("simulated"), SimulatedField)

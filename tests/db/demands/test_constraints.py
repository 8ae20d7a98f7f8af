"""The database itself refuses what demands must never be, and halves of what belongs together."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.db.utils import DatabaseError

from minben.demands import actions
from minben.demands.models import ClearanceAct, Correction, Demand, Disposition, DraftText
from minben.demands.models import SplitVersion as Version
from minben.demands.rules import CorrectionKind
from tests.db.demands.scene import NOW, answered, assigned, draft, propose, scene, split

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def a_demand() -> Demand:
    return split(scene(), "增設行人庇護島")[0]


def a_dropped_one() -> Demand:
    one = scene()
    [row] = split(one, "增設行人庇護島")
    return actions.drop_demand(demand_id=row.pk, why="提議並未要求。", by=one.officer, at=NOW)


def a_version() -> Version:
    one = scene()
    split(one, "增設行人庇護島")
    return actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)


def a_correction() -> Correction:
    one = scene()
    split(one, "增設行人庇護島")
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    return propose(one, kind=CorrectionKind.SUPERFLUOUS, text="")


def an_answered_one() -> Correction:
    made = a_correction()
    by = scene().officer  # of the same agency
    return actions.answer_correction(
        correction_id=made.pk, taken=False, answer="原文確有此句。", by=by, at=NOW
    )


def a_text(**changes: Any) -> DraftText:
    one = scene()
    [row] = assigned(one, "增設行人庇護島")
    return draft(row, one.officer, **changes)


def a_disposition() -> Disposition:
    one = scene()
    [row] = answered(one, "adopted")
    return Disposition.objects.get(demand=row)


FORBIDDEN: list[tuple[Callable[[], models.Model], dict[str, Any]]] = [
    (a_demand, {"state": "forgotten"}),
    (a_demand, {"waits_for": "minister"}),
    (a_demand, {"text": ""}),
    (a_demand, {"number": 0}),
    (a_demand, {"position": 0}),
    (a_demand, {"closed_reason": "因為"}),
    (a_demand, {"state": "dropped"}),
    (a_demand, {"state": "merged", "closed_reason": "因為"}),
    (a_demand, {"state": "disposed"}),
    (a_demand, {"state": "published"}),
    (a_demand, {"changed_by": ""}),
    (a_demand, {"changed_at": NOW - SECOND}),
    (a_dropped_one, {"closed_reason": ""}),
    (a_dropped_one, {"state": "open"}),
    (a_version, {"agreed_at": NOW - SECOND}),
    (a_correction, {"kind": "praise"}),
    (a_correction, {"kind": "missing"}),
    (a_correction, {"demand": None}),
    (a_correction, {"taken": True}),
    (a_correction, {"answer": "好"}),
    (a_correction, {"answered_at": NOW}),
    (a_correction, {"answered_by": "person:1"}),
    (an_answered_one, {"answer": ""}),
    (an_answered_one, {"answered_by": ""}),
    (an_answered_one, {"answered_at": NOW - SECOND}),
    (an_answered_one, {"taken": None}),
    (a_disposition, {"published_at": NOW - SECOND}),
]


@pytest.mark.parametrize(("make", "change"), FORBIDDEN)
def test_what_may_not_be_is_refused_by_the_database(
    make: Callable[[], models.Model], change: dict[str, Any]
) -> None:
    rows = type(make())._default_manager.all()
    assert rows.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)


def again(row: models.Model, **changes: Any) -> None:
    """Write the row a second time, changed; what happened can't be changed in place."""
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def a_clearance() -> ClearanceAct:
    one = scene()
    [row] = assigned(one, "增設行人庇護島")
    draft(row, one.officer)
    return actions.hand_in(demand_id=row.pk, revision=1, legal=False, by=one.officer, at=NOW)


MADE_WRONG: list[tuple[Callable[[], models.Model], dict[str, Any]]] = [
    (a_demand, {}),
    (a_version, {}),
    (a_version, {"number": 0}),
    (a_version, {"number": 2, "corrections_until": NOW}),
    (a_version, {"number": 2, "corrections_until": None, "agreed_at": NOW}),
    (a_correction, {}),
    (a_text, {}),
    (a_text, {"revision": 2, "based_on": 0}),
    (a_text, {"aside": True, "revision": 1, "based_on": 1}),
    (a_text, {"revision": 2, "based_on": 1, "adoption": "perhaps"}),
    (a_clearance, {"step": "minister"}),
    (a_clearance, {"outcome": "ignored"}),
    (a_clearance, {"outcome": "returned"}),
    (a_disposition, {}),
    (a_disposition, {"number": 0}),
    (a_disposition, {"number": 2, "adoption": "perhaps"}),
    (a_disposition, {"number": 2, "reason": ""}),
    (a_disposition, {"number": 2, "decided_by": ""}),
    (a_disposition, {"number": 2, "because": "有誤", "published_at": None}),
]


@pytest.mark.parametrize(("make", "changes"), MADE_WRONG)
def test_no_row_is_made_wrong(make: Callable[[], models.Model], changes: dict[str, Any]) -> None:
    row = make()
    with pytest.raises(DatabaseError), transaction.atomic():
        again(row, **changes)


def test_every_table_of_demands_is_tried() -> None:
    tried = set()
    for make in {make for make, _ in (*FORBIDDEN, *MADE_WRONG)}:
        with transaction.atomic():
            tried.add(type(make()).__name__)
            transaction.set_rollback(True)
    assert tried == {
        "Demand",
        "SplitVersion",
        "Correction",
        "DraftText",
        "ClearanceAct",
        "Disposition",
    }

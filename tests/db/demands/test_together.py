"""Several officers at the same instant: no text is lost, nothing is decided or numbered twice."""

from functools import partial

import pytest

from minben.demands import actions
from minben.demands.models import Demand, Disposition, DraftText
from minben.kernel.actor import Role
from tests.db.crowd import at_once, outcomes
from tests.db.demands.scene import NOW, REASON, assigned, clear, disposed, draft, scene
from tests.factories import make_staff

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_who_save_at_once_lose_no_word() -> None:
    one = scene()
    [row] = assigned(one, "增設行人庇護島")
    texts = [f"第{n}案。{REASON}" for n in range(8)]
    for revision in (0, 1):
        saves = [
            partial(
                draft,
                row,
                make_staff(Role.OFFICER, one.agency),
                revision=revision,
                reason=f"{revision}：{text}",
            )
            for text in texts
        ]
        assert outcomes(at_once(saves)) == {"done": 1, "demand_draft_kept": 7}
    kept = set(DraftText.objects.values_list("reason", flat=True))
    assert kept == {f"{revision}：{text}" for revision in (0, 1) for text in texts}
    assert list(DraftText.objects.filter(aside=False).values_list("revision", flat=True)) == [1, 2]


def test_demands_added_at_once_have_numbers_of_their_own() -> None:
    one = scene()
    adds = [
        partial(
            actions.add_demand,
            case_id=one.case_id,
            text=f"第{n}個路口加裝照明",
            by=one.officer,
            at=NOW,
        )
        for n in range(8)
    ]
    assert outcomes(at_once(adds)) == {"done": 8}
    assert sorted(Demand.objects.values_list("number", flat=True)) == list(range(1, 9))


def test_deciding_at_once_decides_once() -> None:
    one = scene()
    [row] = assigned(one, "增設行人庇護島")
    draft(row, one.officer)
    clear(one, row)
    act = partial(actions.dispose, demand_id=row.pk, revision=1, by=one.officer, at=NOW)
    assert outcomes(at_once([act] * 6)) == {"done": 1, "demand_not_open": 5}
    assert Disposition.objects.count() == 1


def test_publishing_while_a_demand_is_added_leaves_none_behind() -> None:
    """Either the new one holds the answer back, or it comes after the answer."""
    one = scene()
    [row] = assigned(one, "增設行人庇護島")
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    disposed(one, row)
    common = {"case_id": one.case_id, "by": one.officer, "at": NOW}
    found = at_once(
        [
            partial(actions.publish_dispositions, **common),
            partial(actions.add_demand, text="路口加裝照明", **common),
        ]
    )
    states = set(Demand.objects.values_list("number", "state"))
    if found[0] == 1:
        assert states == {(1, "published"), (2, "open")}
    else:
        assert outcomes(found) == {"demands_open": 1, "done": 1}
        assert states == {(1, "disposed"), (2, "open")}

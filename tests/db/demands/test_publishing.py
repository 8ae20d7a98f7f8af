"""What the final answer needs of demands: all disposed of, published together, rolled up."""

import pytest

from minben.audit.models import Event
from minben.casework.rules import Adoption
from minben.demands import actions, queries
from minben.demands.models import Demand, Disposition
from minben.demands.rules import CorrectionKind
from minben.kernel.actor import Role
from minben.kernel.refusal import Refusal
from minben.ledger.models import Intake
from tests.db.demands.scene import NOW, REASON, answered, assigned, disposed, propose, scene, split
from tests.factories import DAY, make_staff

pytestmark = pytest.mark.django_db


def publish(one: object) -> int:
    return actions.publish_dispositions(case_id=one.case_id, by=one.officer, at=NOW)


def test_a_case_without_demands_is_answered_as_a_whole(
    django_assert_num_queries: object,
) -> None:
    one = scene()
    assert publish(one) == 0
    assert queries.blocking(one.case_id) == []
    assert queries.rolled_up(one.case_id) is None
    assert queries.hindrance(one.case_id) is None
    assert queries.published(one.case_id) is None
    assert not Event.objects.filter(kind="demands.dispositions_published").exists()


def test_open_demands_keep_the_case_from_its_answer() -> None:
    one = scene()
    first, _, _ = assigned(one)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    disposed(one, first)
    assert queries.blocking(one.case_id) == [2, 3]
    with pytest.raises(Refusal) as caught:
        publish(one)
    assert caught.value.code == "demands_open"
    assert caught.value.params["numbers"] == "2, 3"
    assert "參採情形" in caught.value.basis
    assert not Disposition.objects.filter(published_at__isnull=False).exists()


def test_dropped_and_merged_demands_keep_nothing_back() -> None:
    one = scene()
    first, second, third = assigned(one)
    why = "與第一項相同，併同辦理。"
    actions.merge_demand(demand_id=second.pk, into_id=first.pk, why=why, by=one.officer, at=NOW)
    actions.drop_demand(demand_id=third.pk, why="提議並未要求。", by=one.officer, at=NOW)
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    disposed(one, first, "not_adopted")
    assert queries.blocking(one.case_id) == []
    assert publish(one) == 1
    assert queries.rolled_up(one.case_id) is Adoption.NOT_ADOPTED
    counts = queries.summary(one.case_id)
    assert (counts.published, counts.merged, counts.dropped, counts.counted) == (1, 1, 1, 1)


def test_what_is_published_tells_each_demand_and_the_whole() -> None:
    one = scene()
    answered(one, "adopted", "not_adopted")
    told = queries.published(one.case_id)
    assert told is not None
    assert [demand.text for demand in told.standing] == ["增設行人庇護島", "延長行人綠燈秒數"]
    adoptions = [demand.disposition.adoption for demand in told.demands if demand.disposition]
    assert adoptions == [Adoption.ADOPTED, Adoption.NOT_ADOPTED]
    assert told.adoption is Adoption.PARTLY_ADOPTED
    assert told.demands[0].disposition.reason == REASON
    assert told.demands[0].disposition.agency["zh"] == "財政部"
    assert queries.rolled_up(one.case_id) is Adoption.PARTLY_ADOPTED


def test_before_the_answer_nothing_of_a_disposition_is_public() -> None:
    one = scene()
    [first] = assigned(one, "增設行人庇護島")
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    disposed(one, first)
    told = queries.published(one.case_id)
    assert told is not None
    assert told.demands[0].disposition is None
    assert told.adoption is None
    assert queries.rolled_up(one.case_id) is Adoption.ADOPTED


def test_it_is_one_official_act_in_record_and_ledger() -> None:
    one = scene()
    answered(one, "adopted", "under_study")
    [event] = Event.objects.filter(kind="demands.dispositions_published")
    assert [row["adoption"] for row in event.data["dispositions"]] == ["adopted", "under_study"]
    assert REASON not in str(event.data)
    assert Intake.objects.filter(ref=event.pk).exists()


def test_publishing_twice_publishes_once() -> None:
    one = scene()
    answered(one, "adopted")
    assert publish(one) == 0
    assert Disposition.objects.count() == 1


def test_an_unpublished_split_is_published_first() -> None:
    one = scene()
    [first] = assigned(one, "增設行人庇護島")
    disposed(one, first)
    with pytest.raises(Refusal, match="split_not_published"):
        publish(one)


def test_an_unanswered_correction_keeps_the_case_from_its_answer() -> None:
    one = scene()
    [first] = assigned(one, "增設行人庇護島")
    actions.publish_split(case_id=one.case_id, by=one.officer, at=NOW)
    propose(one, kind=CorrectionKind.MISSING, number=None, text="路口加裝照明", at=NOW + DAY)
    disposed(one, first)
    with pytest.raises(Refusal, match="corrections_unanswered"):
        publish(one)


def test_only_the_agency_that_leads_publishes() -> None:
    one = scene()
    split(one)
    with pytest.raises(Refusal, match="demands_not_lead_agency"):
        actions.publish_dispositions(
            case_id=one.case_id, by=make_staff(Role.OFFICER, one.other), at=NOW
        )
    assert Demand.objects.filter(state="open").count() == 3


def test_how_many_statements_the_reads_take(django_assert_num_queries: object) -> None:
    one = scene()
    answered(one, "adopted", "under_study", "not_adopted")
    for read, n in (
        (queries.summary, 1),
        (queries.blocking, 1),
        (queries.rolled_up, 1),
        (queries.published, 2),
    ):
        with django_assert_num_queries(n):
            read(one.case_id)

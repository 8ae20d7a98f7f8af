"""A month of the platform's own conduct enters the observations once, whole, and withholds few people."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from minben.audit.models import Event
from minben.base import measuring
from minben.base.measuring import PLATFORM, By, Measure, Scale, Taken
from minben.casework import actions as casework
from minben.casework.models import Deadline
from minben.casework.queries import conduct as duties
from minben.indicators import jobs
from minben.indicators.actions import conduct, withdraw_intake
from minben.indicators.models import Indicator, Intake, IntakeFile, Observation, Source, Unit
from minben.indicators.queries.current import observed
from minben.kernel.actor import SYSTEM, Role
from minben.proposals import actions as proposals
from minben.proposals.models import Endorsement, Proposal
from minben.proposals.queries import conduct as participation
from tests.factories import (
    DAY,
    DAY0,
    accept_one,
    actor,
    endorse,
    file_one,
    make_agency,
    make_person,
    make_staff,
)

pytestmark = pytest.mark.django_db
MARCH = (datetime(2026, 2, 28, 16, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC))
MAY = datetime(2026, 5, 2, tzinfo=UTC)


def told(taken: Iterable[Taken]) -> dict[str, tuple[float | None, int | None]]:
    return {one.unit: (one.value, one.n) for one in taken}


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> list[tuple[datetime, datetime]]:
    """One measure of counties, of which the numbers are known; and the spans it was asked for."""
    asked: list[tuple[datetime, datetime]] = []

    def take(begins: datetime, ends: datetime) -> list[Taken]:
        asked.append((begins, ends))
        return [
            Taken(PLATFORM, 14.0, 14),
            Taken("臺北市", 9.0, 9, persons=9),
            Taken("連江縣", 1.0, 1, persons=1),
            Taken("金門縣", 4.0, 4, persons=4),
            Taken("海外", 3.0, 3, persons=3),
        ]

    words: dict[str, Any] = {"title": "T", "definition": "D", "unit": "u"}
    one = Measure(
        "given",
        scale=Scale.COUNT,
        direction=0,
        by=By.COUNTY,
        take=take,
        since=lambda: DAY0,
        order=1,
        **words,
    )
    monkeypatch.setattr(measuring, "_measures", {"given": one})
    return asked


def test_a_month_is_taken_when_it_is_over_and_once(only: list[object]) -> None:
    assert jobs.due(datetime(2026, 3, 31, 15, 59, tzinfo=UTC))["conduct_months"] == 0
    assert not Intake.objects.exists()
    assert jobs.due(MAY)["conduct_months"] == 2
    assert jobs.due(MAY)["conduct_months"] == 0
    assert jobs.due(MAY + 40 * DAY)["conduct_months"] == 1
    names = IntakeFile.objects.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["2026-03.csv", "2026-04.csv", "2026-05.csv"]
    assert only[0] == MARCH
    assert Event.objects.filter(kind="indicators.taken_in").count() == 3
    assert Indicator.objects.get().code == "conduct.given"


def test_few_people_are_withheld_and_nobody_else(only: list[object]) -> None:
    jobs.due(MAY)
    seen = {one.unit: (one.value, one.n, one.status) for one in observed(periods=["2026-03"])}
    assert seen.pop(PLATFORM) == (14.0, 14, "A")
    assert seen.pop("TPE") == (9.0, 9, "A")
    assert seen.pop("LIE") == (None, None, "Q")
    assert seen.pop("KIN") == (None, None, "Q")
    assert len(seen) == 19
    assert set(seen.values()) == {(0.0, 0, "A")}
    content = Observation.objects.filter(value=None).values_list("n", flat=True)
    assert set(content) == {None}


def test_killed_half_way_the_next_goes_on(
    only: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = conduct.take_in
    calls = []

    def dies(**given: Any) -> Intake:
        calls.append(given)
        made = whole(**given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(conduct, "take_in", dies)
    with pytest.raises(KeyboardInterrupt):
        jobs.due(MAY)
    assert list(IntakeFile.objects.values_list("name", flat=True)) == ["2026-03.csv"]
    monkeypatch.setattr(conduct, "take_in", whole)
    assert jobs.due(MAY)["conduct_months"] == 1
    assert Intake.objects.count() == 2


def test_a_broken_month_does_not_stop_the_others(
    only: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = conduct.take_in

    def breaks(**given: Any) -> Intake:
        if "2026-04.csv" in given["files"]:
            raise ValueError("broken")
        return whole(**given)

    monkeypatch.setattr(conduct, "take_in", breaks)
    assert jobs.due(MAY + 40 * DAY)["conduct_months"] == 2
    monkeypatch.setattr(conduct, "take_in", whole)
    # The gap is seen, though a later month is there.
    assert jobs.due(MAY + 40 * DAY)["conduct_months"] == 1


def test_a_month_that_was_withdrawn_is_taken_anew(only: list[object]) -> None:
    jobs.due(MAY)
    withdraw_intake(source_code="conduct", number=1, reason="重新計算", by=SYSTEM, at=MAY)
    assert observed(periods=["2026-03"]) == []
    assert jobs.due(MAY)["conduct_months"] == 1
    assert len(observed(periods=["2026-03"])) == 23


def test_where_nothing_ever_happened_nothing_is_taken() -> None:
    assert jobs.due(MAY)["conduct_months"] == 0
    assert not Source.objects.exists()


def test_what_every_module_declares_is_an_indicator_in_two_languages() -> None:
    file_one()
    assert jobs.due(MAY)["conduct_months"] == 2
    rows = Indicator.objects.filter(source__code="conduct")
    assert {f"conduct.{one.code}" for one in measuring.measures()} == {one.code for one in rows}
    assert rows.count() >= 12
    for one in rows:
        assert one.title_zh != one.title_en
        assert one.definition_zh != one.definition_en
        assert one.unit_zh
    filed = {one.unit: one.value for one in observed(indicators=["conduct.proposals-filed"])}
    assert filed[PLATFORM] == 0.0  # of April; in March there was one, from one county:
    march = observed(indicators=["conduct.proposals-filed"], periods=["2026-03"])
    assert {one.unit for one in march if one.status != "Q"} == {PLATFORM}  # zeros would tell whose


def test_agencies_of_one_name_are_told_apart() -> None:
    people = [make_agency("教育局", "edu-a"), make_agency("教育局", "edu-b", "taipei")]
    assert people[0].pk != people[1].pk
    codes, names = conduct._agencies()
    assert codes["edu-a"] == "agency.edu-a"
    assert names["agency.edu-a"] != names["agency.edu-b"]


def reached(at: datetime = DAY0) -> tuple[Proposal, Any]:
    """A proposal that reaches its threshold with five endorsements of Taipei."""
    agency = make_agency()
    one = accept_one(file_one(agencies=(agency,), at=at))
    Proposal.objects.filter(pk=one.pk).update(threshold=5)
    for _ in range(5):
        endorse(proposal_id=one.pk, by=actor(make_person()), at=at + 2 * DAY)
    one.refresh_from_db()
    return one, make_staff(Role.OFFICER, agency)


def test_participation_is_counted_by_county_and_by_person() -> None:
    one, _ = reached()
    assert told(participation.endorsements(*MARCH)) == {PLATFORM: (5, 5), "臺北市": (5, 5)}
    assert told(participation.endorsers(*MARCH)) == {PLATFORM: (5, 5), "臺北市": (5, 5)}
    assert told(participation.share_of_endorsements(*MARCH)) == {"臺北市": (100.0, 5)}
    assert told(participation.reached(*MARCH)) == {PLATFORM: (100.0, 1)}
    Endorsement.objects.filter(proposal=one, number=1).update(invalidated_at=DAY0 + 3 * DAY)
    assert told(participation.endorsements(*MARCH))[PLATFORM] == (4, 4)
    earlier = (MARCH[0] - 30 * DAY, MARCH[0])
    assert told(participation.endorsements(*earlier)) == {PLATFORM: (0, 0)}
    assert told(participation.reached(*earlier)) == {PLATFORM: (None, 0)}


def test_many_endorsements_of_one_person_are_one_person() -> None:
    person = make_person()
    for at in (DAY0, DAY0 + DAY):
        one = accept_one(file_one(at=at))
        endorse(proposal_id=one.pk, by=actor(person), at=at + 2 * DAY)
    for take in (participation.endorsements, participation.share_of_endorsements):
        assert [(row.value, row.persons) for row in take(*MARCH) if row.unit == "臺北市"] in (
            [(2.0, 1)],
            [(100.0, 1)],
        )
    Proposal.objects.filter(pk=one.pk).update(proposer=None)  # as an archive, which names nobody
    assert [row.persons for row in participation.proposers(*MARCH)] == [None, 2]


def test_an_answer_in_time_and_one_late() -> None:
    one, officer = reached()
    due = Deadline.objects.get(case=one.case_id, kind="response")
    month = (due.due_at - 20 * DAY, due.due_at + 20 * DAY)
    assert told(duties.answers_in_time(*month)) == {PLATFORM: (0.0, 1), "mof": (0.0, 1)}
    blocks = dict.fromkeys(("analysis", "deliberation", "adoption_reason", "follow_up"), "研議。")
    at = due.due_at - timedelta(microseconds=1)
    casework.draft_response(
        case_id=one.case_id, blocks=blocks, adoption="adopted", revision=0, by=officer, at=at
    )
    proposals.publish_answer(proposal_id=one.pk, revision=1, by=officer, at=at)
    assert told(duties.answers_in_time(*month)) == {PLATFORM: (100.0, 1), "mof": (100.0, 1)}
    # Due with the last instant of a month is due in that month, and answered in it.
    assert told(duties.answers_in_time(due.due_at - DAY, due.due_at))["mof"] == (100.0, 1)
    assert told(duties.answers_in_time(due.due_at, due.due_at + DAY)) == {PLATFORM: (None, 0)}
    days = told(duties.days_to_answer(*month))["mof"]
    assert days == ((at - due.starts_at).days, 1)
    Deadline.objects.filter(pk=due.pk).update(missed_at=due.due_at)
    assert told(duties.answers_in_time(*month))["mof"] == (0.0, 1)
    assert told(duties.duties_missed(due.due_at, due.due_at + DAY)) == {
        PLATFORM: (1.0, 1),
        "mof": (1.0, 1),
    }


def test_units_are_the_counties_and_the_platform(only: list[object]) -> None:
    jobs.due(MAY)
    kinds = dict(Unit.objects.order_by("code").values_list("code", "kind"))
    assert kinds.pop(PLATFORM) == "platform"
    assert set(kinds.values()) == {"county"}
    assert len(kinds) == 22

"""What agencies of the demo do with a case, beside its answer: duties, offers, topics, templates."""

from collections.abc import Iterator
from typing import Any

import pytest

from minben.assigning.models import Offer
from minben.casework.models import Deadline
from minben.meetings.models import Meeting, TopicRound
from minben.people.queries import agency_by_code
from minben.phrases import queries as phrases
from minben.phrases.rules import Kind
from minben.proposals.models import Proposal
from minben.simulation.demo import loading
from tests.db.simulation.playing import played
from tests.factories import DAY0

pytestmark = pytest.mark.django_db
BIKES = "taipei-bike-dock-balance"  # of the answered ones that with the smallest crowd
NOMINATED = {
    "community-ev-charging",
    "tax-dependant-alert",
    "rent-deposit-custody",
    "coach-wheelchair-booking",
    "offshore-night-transfer",
}


def cast(row: dict[str, Any]) -> dict[str, Any]:
    """What is nominated need not reach: without its crowd."""
    if row["key"] == BIKES:
        return row
    return row | {"endorsement": row["endorsement"] | {"total": 20}, "comments": []}


@pytest.fixture(scope="module", autouse=True)
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo with one answered case and those that are nominated."""
    folder = tmp_path_factory.mktemp("demo")
    with played(
        django_db_blocker,
        folder,
        lambda rows: [cast(one) for one in rows if one["key"] in NOMINATED | {BIKES}],
    ):
        yield


def case_of(key: str) -> Any:  # Any: the model is private to casework
    [row] = [one for one in loading.documents() if one["key"] == key]
    return Proposal.objects.get(subject=row["subject"]["zh"]).case


def offered(key: str) -> list[tuple[str, str, bool]]:
    """Who was asked, what each answered, and whether that is settled, in the order of asking."""
    rows = Offer.objects.filter(case=case_of(key)).order_by("pk").select_related("agency")
    return [(row.agency.code, row.answer, row.settled_at is not None) for row in rows]


def test_what_agencies_do_is_there_for_a_trainee_to_find() -> None:
    an_answered_case_had_its_plan_and_its_contact_in_time()
    offers_are_accepted_passed_on_and_wait_for_a_decision()
    one_round_of_topics_is_counted_and_one_can_be_voted_in()
    templates_are_offered_to_those_whose_they_are()


def an_answered_case_had_its_plan_and_its_contact_in_time() -> None:
    duties = Deadline.objects.filter(case=case_of(BIKES))
    outcomes = {row.kind: (row.outcome, row.missed_at) for row in duties}
    for kind in ("handling_plan", "contact", "response"):
        assert outcomes[kind] == ("met", None)
    assert offered(BIKES) == [("tpe-transport", "accepted", True)]


def offers_are_accepted_passed_on_and_wait_for_a_decision() -> None:
    assert offered("offshore-night-transfer") == [
        ("mohw", "accepted", True),
        ("motc", "disputed", True),
        ("moi", "accepted", True),
    ]
    assert offered("rent-deposit-custody")[2] == ("fsc", "disputed", False)
    escalated = Offer.objects.get(case=case_of("rent-deposit-custody"), agency__code="fsc")
    assert escalated.escalated_at is not None
    assert offered("coach-wheelchair-booking") == [
        ("motc", "disputed", False),
        ("thb", "withdrawn", True),
        ("thb", "open", False),
    ]


def one_round_of_topics_is_counted_and_one_can_be_voted_in() -> None:
    before, now = TopicRound.objects.order_by("pk")
    assert (before.entitled, before.ballots.count()) == (5, 4)
    won = Meeting.objects.get(topic__round=before)
    assert won.case_id == case_of("community-ev-charging").pk
    assert now.votes_from < DAY0 < now.closes_at
    assert (now.counted_at, now.topics.count(), now.ballots.count()) == (None, 3, 2)


def templates_are_offered_to_those_whose_they_are() -> None:
    owners = {code: agency_by_code(code) for code in ("moi", "tpe-transport", "moe")}
    plans = {
        code: [row.phrase.agency_id for row in phrases.offered(Kind.PLAN, [agency.pk])]
        for code, agency in owners.items()
        if agency
    }
    assert [len(rows) for rows in plans.values()] == [2, 2, 1]
    changed = [row for row in phrases.in_use([]) if row.number > 1]
    assert changed == []
    moi = owners["moi"]
    assert moi is not None
    [words] = [row for row in phrases.in_use([moi.pk]) if row.number == 2]
    assert [row.number for row in phrases.versions_of(words.phrase_id)] == [2, 1]

"""The list of agencies changes only by acts that leave an entry; who ended can't be named."""

from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from minben.audit.models import Event
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.kernel.periods import TAIPEI
from minben.kernel.refusal import Refusal
from minben.people import actions, queries
from minben.people.models import Agency
from tests.factories import DAY0, actor, make_agency, make_person, make_staff

pytestmark = pytest.mark.django_db
LAST = date(2023, 8, 1)
_INSTANT = datetime.resolution


@pytest.fixture(autouse=True)
def _agencies() -> None:
    make_agency("行政院農業委員會", "coa")
    make_agency("農業部", "moa")


def change(code: str, by: Actor = SYSTEM, **changes: Any) -> tuple[str, ...]:
    return actions.change_agency(code=code, changes=changes, by=by, at=DAY0)[1]


def end(on: date = LAST, successor: str | None = "moa", by: Actor = SYSTEM) -> Agency:
    return actions.end_agency(code="coa", on=on, successor_code=successor, by=by, at=DAY0)


def midnight(day: date) -> datetime:
    """The instant a day begins in Taiwan."""
    return datetime(day.year, day.month, day.day, tzinfo=TAIPEI)


def entries(kind: str) -> list[dict[str, Any]]:
    return [event.data for event in Event.objects.filter(kind=kind).order_by("pk")]


def refused(code: str, act: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def test_a_former_name_stays_as_an_alias_and_is_entered() -> None:
    assert change("moa", name_zh="農糧部", official_code="345000000G") == (
        "aliases", "name_zh", "official_code",
    )  # fmt: skip
    agency = Agency.objects.get(code="moa")
    assert (agency.name_zh, agency.aliases) == ("農糧部", ["農業部"])
    told = entries("people.agency_changed")[0]
    assert told["name"] == "農糧部"
    assert told["official_code"] == "345000000G"
    assert queries.find_agency("農業部", DAY0).pk == agency.pk
    assert queries.find_agency("345000000G", DAY0).pk == agency.pk


def test_nothing_new_changes_nothing() -> None:
    assert change("moa", name_zh="農業部", parent="") == ()
    assert not entries("people.agency_changed")


def test_named_until_the_day_it_ends_and_then_no_more() -> None:
    end()
    before = midnight(LAST)
    assert queries.find_agency("coa", before - _INSTANT).code == "coa"
    said = refused("agency_not_valid", queries.find_agency, "coa", before)
    assert said.params["successor"] == "農業部 (moa)"
    assert "中央行政機關組織基準法" in said.basis
    assert entries("people.agency_ended") == [
        {"code": "coa", "valid_until": "2023-08-01", "successor": "moa"}
    ]
    assert {row.code for row in queries.agencies_of("ey", before)} == {"moa"}
    assert Agency.objects.get(code="coa").name_zh == "行政院農業委員會"


def test_what_it_was_called_leads_to_its_successor() -> None:
    change("moa", aliases=["行政院農業委員會", "農委會"])
    end()
    assert queries.find_agency("農委會", DAY0).code == "moa"
    followed = queries.agency_at("coa", DAY0)
    assert followed is not None
    assert followed.code == "moa"
    still = queries.agency_at("coa", midnight(LAST) - _INSTANT)
    assert still is not None
    assert still.code == "coa"


def test_an_end_can_be_corrected_but_is_not_entered_twice() -> None:
    end()
    end()
    end(on=date(2023, 8, 2))
    assert [row["valid_until"] for row in entries("people.agency_ended")] == [
        "2023-08-01", "2023-08-02",
    ]  # fmt: skip


def test_who_does_not_exist_that_day_succeeds_nobody() -> None:
    change("moa", valid_from=date(2023, 8, 2))
    assert refused("agency_not_valid", end).field == "successor"
    assert Agency.objects.get(code="coa").valid_until is None


def test_nobody_succeeds_itself_even_by_a_detour() -> None:
    end()
    loop: Any = {"code": "moa", "on": date(2024, 1, 1), "successor_code": "coa"}
    refused("agency_circle", lambda: actions.end_agency(**loop, by=SYSTEM, at=DAY0))
    own: Any = {"code": "moa", "on": date(2024, 1, 1), "successor_code": "moa"}
    refused("agency_circle", lambda: actions.end_agency(**own, by=SYSTEM, at=DAY0))


def test_another_government_has_its_own_agencies() -> None:
    make_agency("臺北市政府", "taipei-gov", "taipei")
    assert refused("agency_code_unknown", end, successor="taipei-gov").field == "successor"
    refused("agency_code_unknown", change, "moa", parent="taipei-gov")
    taipei = {"jurisdiction_code": "ey"}
    refused("agency_code_unknown", queries.find_agency, "taipei-gov", DAY0, **taipei)


@pytest.mark.parametrize("role", [Role.CHECKER, Role.CLERK, None])
def test_only_administrators_keep_the_list(role: Role | None) -> None:
    by = make_staff(role) if role else actor(make_person())
    refused("not_permitted", end, by=by)
    refused("not_permitted", change, "moa", by, name_en="X")
    change("moa", make_staff(Role.ADMINISTRATOR), name_en="X")
    assert Agency.objects.get(code="moa").name_en == "X"


def test_the_tree_stands_in_one_query(django_assert_num_queries: Any) -> None:
    make_agency("農業部林業署", "fanca")
    change("fanca", parent="moa")
    end()
    with django_assert_num_queries(1):
        tree = queries.agency_tree("ey", DAY0)
        told = [(node.agency.code, node.depth, node.exists) for node in tree]
        assert tree[0].agency.successor is not None
    assert told == [("coa", 0, False), ("moa", 0, True), ("fanca", 1, True)]


@pytest.mark.parametrize("words", ["coa", "農業委員", "農委", "COA"])
def test_the_list_is_searched_by_code_name_and_former_name(words: str) -> None:
    change("coa", aliases=["農委會"])
    assert [row.code for row in queries.agencies_matching(words)] == ["coa"]


@pytest.mark.parametrize(
    "values", [{"kind": "tribe"}, {"successor_id": "self"}, {"official_code": "A"}]
)
def test_the_database_holds_it_too(values: dict[str, Any]) -> None:
    moa = Agency.objects.get(code="moa")
    Agency.objects.filter(code="coa").update(official_code="A")
    given = {name: moa.pk if value == "self" else value for name, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=moa.pk).update(**given)

"""Public services: the list with its facets, the page of one, the desk's form, the interface."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minben.indicators.declared import sheets
from minben.indicators.models import Unit
from minben.kernel.actor import Role
from tests.factories import DAY0, make_agency
from tests.indicator_practice import brought, indicators_of, source_of
from tests.web.conftest import SignedIn
from tests.web.desk.conftest import queries_of
from tests.web.indicators.test_explorer import body, text

pytestmark = pytest.mark.django_db
LIST = "/en/indicators/services/"
ADD = "/en/desk/indicators/units/add/service/"
TAX: dict[str, Any] = {  # Any: what forms send
    "agency": "mof",
    "code": "tax",
    "name_zh": "線上報稅",
    "name_en": "Tax filing",
    "relations": ["G2C", "G2B"],
}


@pytest.fixture
def _some() -> None:
    mof, motc = make_agency(), make_agency("交通部", "motc")
    for code, agency, relations in (
        ("tax", mof, ["G2B", "G2C"]),
        ("roads", motc, ["G2C"]),
        ("leave", motc, ["G2E"]),
    ):
        Unit.objects.create(
            code=code,
            kind="service",
            name_zh=f"服務{code}",
            name_en=f"Service {code}",
            agency=agency,
            relations=relations,
        )
    indicators_of(source_of())
    brought(source_of(), [("p-access", "tax", "2023", 61.5), ("p-skills", "tax", "2023", 41.0)])


@pytest.fixture
def officer(staff_client: Callable[..., SignedIn], at_instant: Callable[..., Any]) -> Any:
    client = staff_client(Role.OFFICER, make_agency())
    with at_instant(DAY0):
        yield client


@pytest.mark.usefixtures("_some")
class TestList:
    def test_the_six_stand_with_their_counts_and_what_is_not_proved_says_so(
        self, client: Client
    ) -> None:
        said = text(body(client, LIST))
        assert "Government to citizens (G2C) 2" in said
        assert "Government to employees (G2E) 1" in said
        assert "G2D (not spelt out in the course-book) 0" in said
        assert "Service tax MOF Government to business (G2B) Government to citizens (G2C) 2" in said

    @pytest.mark.parametrize(
        ("query", "codes"),
        [
            ("relation=G2C", {"tax", "roads"}),
            ("relation=G2C&agency=motc", {"roads"}),
            ("q=leave", {"leave"}),
            ("relation=G2A", set()),
            ("relation=G2X&page=99", set()),
            ("agency=none", set()),
        ],
    )
    def test_facets_narrow_the_page_the_file_and_the_interface(
        self, client: Client, query: str, codes: set[str]
    ) -> None:
        page = body(client, f"{LIST}?{query}")
        assert {one for one in ("tax", "roads", "leave") if f"/units/{one}/" in page} == codes
        assert ("No service is like this" in page) == (not codes)
        given = client.get(f"{LIST}services.csv?{query}").content
        if codes:
            assert {one.code for one in sheets.units("s.csv", given)} == codes
        if "q=" not in query and "page" not in query:
            told = client.get(f"/api/v1/units?kind=service&{query}").json()
            assert {one["code"] for one in told["items"]} == codes

    def test_a_choice_of_relation_keeps_the_agency(self, client: Client) -> None:
        page = body(client, f"{LIST}?agency=motc")
        assert 'href="/en/indicators/services/?agency=motc&amp;relation=G2C"' in page
        assert "Government to business (G2B) 0" in text(page)

    def test_the_overview_counts_services_beside_indicators(self, client: Client) -> None:
        page = body(client, "/en/indicators/")
        assert "Government to citizens (G2C) 2 3" in text(page)
        assert 'href="/en/indicators/services/?relation=G2C">2</a>' in page
        assert page.count('href="/en/indicators/services/?relation=') == 3  # none of 0 services
        narrowed = body(client, "/en/indicators/?relation=G2B")
        assert "1 public service is of this relation as well" in narrowed

    def test_a_service_says_whose_it_is_and_whom_it_is_between(self, client: Client) -> None:
        page = body(client, "/en/indicators/units/tax/")
        assert '<a href="/en/agencies/mof/">MOF</a>' in page
        assert '?relation=G2B">Government to business (G2B)</a>' in page
        assert "Public service · tax · 2 indicators" in text(page)
        told = client.get("/api/v1/units/tax").json()
        assert (told["agency"], told["relations"]) == ("mof", ["G2B", "G2C"])

    def test_files_of_an_indicator_tell_whose_its_services_are(self, client: Client) -> None:
        told = client.get("/en/indicators/list/p-access/files/json").json()
        assert told["extension"]["services"] == {
            "tax": {"agency": "mof", "relations": ["G2B", "G2C"]}
        }

    def test_more_services_ask_no_more_often(self, client: Client) -> None:
        body(client, LIST)
        few = queries_of(lambda: client.get(f"{LIST}?q=service"))
        for n in range(9):
            one = Unit.objects.get(code="tax")
            one.pk, one.code = None, f"service-{n}"
            one.save(force_insert=True)
        assert queries_of(lambda: client.get(f"{LIST}?q=Service")) == few


def test_without_services_the_list_says_what_to_do(client: Client) -> None:
    assert "No service is registered yet" in body(client, LIST)
    assert "No service is registered yet" in body(client, "/en/indicators/")


def test_an_officer_adds_a_service_of_their_agency(officer: SignedIn) -> None:
    make_agency("交通部", "motc")
    shown = officer.get(ADD).content.decode()
    assert 'value="mof"' in shown
    assert 'value="motc"' not in shown
    answer = officer.post(ADD, TAX)
    assert answer["Location"] == "/en/desk/indicators/units/tax/"
    row = Unit.objects.get(code="tax")
    assert (row.agency.code, row.relations) == ("mof", ["G2B", "G2C"])  # type: ignore[union-attr]
    shown = officer.get(answer["Location"]).content.decode()
    assert "Government to business (G2B)" in shown
    assert "/units/tax/change/" in shown


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"relations": []}, "This field is required"),
        ({"relations": ["G2X"]}, "Select a valid choice"),
        ({"agency": "motc"}, "Select a valid choice"),
        ({"code": "a b"}, "A code has letters"),
        ({"code": "there"}, "belongs to another unit already"),
        ({"name_zh": "已有"}, "is a name of"),
        ({"name_en": "a\x07b"}, "control character"),
    ],
)
def test_what_is_wrong_with_a_service_stands_beside_its_field_and_nothing_is_lost(
    officer: SignedIn, change: dict[str, Any], told: str
) -> None:
    Unit.objects.create(code="there", kind="county", name_zh="已有", name_en="There")
    answer = officer.post(ADD, TAX | {"name_en": "My filing"} | change)
    shown = answer.content.decode()
    assert answer.status_code == 422
    field = next(iter(change))
    before, after = shown.split(f'id="id_{field}"', 1)
    assert told in before[-900:] + after[:900]
    assert ("My filing" in shown) or field == "name_en"
    assert not Unit.objects.filter(kind="service").exists()


def test_a_service_is_changed_by_its_agency_and_nobody_else(
    officer: SignedIn, staff_client: Callable[..., SignedIn]
) -> None:
    officer.post(ADD, TAX)
    change = "/en/desk/indicators/units/tax/change/"
    shown = officer.get(change).content.decode()
    assert shown.count("checked") == 2
    assert 'value="線上報稅"' in shown
    given = TAX | {"relations": ["G2G"], "name_en": "Taxes"}
    assert officer.post(change, given).status_code == 302
    row = Unit.objects.get(code="tax")
    assert (row.name_en, row.relations) == ("Taxes", ["G2G"])
    other = staff_client(Role.OFFICER, make_agency("交通部", "motc"))
    assert other.post(change, TAX).status_code == 403
    assert "/units/tax/change/" not in other.get("/en/desk/indicators/units/tax/").content.decode()
    Unit.objects.create(code="x", kind="county", name_zh="甲縣", name_en="X")
    assert officer.get("/en/desk/indicators/units/x/change/").status_code == 403

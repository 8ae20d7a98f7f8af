"""Own estimates: a unit outside the index, whole, by its address; its pictures as files."""

import re

import pytest
from django.test import Client

from minben.indicators.actions.computing import compute_run
from minben.indicators.models import Membership, Source, Unit, UnitGroup
from minben.kernel.actor import SYSTEM
from tests.factories import DAY0
from tests.indicator_practice import (
    INDEX,
    brought,
    declared,
    plain_recipe,
    practised,
    source_of,
    value_of,
    wheel_recipe,
)
from tests.web.indicators.test_explorer import body, text
from tests.web.indicators.test_files import fetched

pytestmark = pytest.mark.django_db
SEVEN, ROUND = "/en/indicators/seven/", "/en/indicators/round/"
KINDS = ("estimate-wheel", "estimate-ranks")


@pytest.fixture(autouse=True)
def made() -> None:
    """Two indices of seven of the eight units: H is left out."""
    practised()
    only = {"units": list("ABCDEFG")}
    declared(plain_recipe(code="seven", **only))
    declared(wheel_recipe(code="round", **only))
    for code in ("seven", "round"):
        compute_run(code=code, by=SYSTEM, at=DAY0)


def test_a_unit_outside_is_shown_whole(client: Client) -> None:
    before = text(body(client, f"{SEVEN}?show=ranking&period=2021"))
    page = body(client, f"{SEVEN}?show=estimates&period=2021&unit=H")
    said = text(page)
    assert "Own estimates: Unit H 2021" in said
    assert re.search(r"Rank it would have \d / 7 With other weights \d–\d", said)
    assert "Among the 7 with a score, itself included: all units." in said
    assert "estimates of this platform, not figures of the publisher" in said
    assert re.search(r"Unit H Total \S+ [\d.]+ / 7", said)
    for name in ("estimate-profile-wide-t", "estimate-ranks-narrow-t"):
        assert f'id="{name}"' in page
    assert "Unit H (own estimate) 2021" in page
    assert "In the best quarter" in said
    assert "Unit H" not in before.split("Ranks among")[1]
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_where_there_are_risks_it_is_a_wheel_beside_the_frozen_scales(client: Client) -> None:
    page = body(client, f"{ROUND}?show=estimates&period=2021&unit=H")
    assert 'id="estimate-wheel-wide-t"' in page
    assert "7 units" in page  # those it is compared with
    assert "Rank 1 has the most risk." in page
    assert re.search(r"would be rank \d of 8, itself included", page)


def test_the_unit_of_the_address_stays_out_of_other_parts(client: Client) -> None:
    page = body(client, f"{SEVEN}?show=estimates&period=2021&unit=H")
    assert "unit=H&amp;period=2021&amp;show=ranking" not in page
    assert "period=2021&amp;show=ranking" in page
    assert '<option value="H" selected>' in page
    assert '<option value="A"' not in page
    assert "scores?period=2021" in page


def test_a_unit_of_the_index_has_its_score_there(client: Client) -> None:
    said = text(body(client, f"{SEVEN}?show=estimates&period=2021&unit=B"))
    assert "Unit B is in the index and has its score there." in said
    assert "Own estimates: Unit H" in said
    answer = client.get(f"{SEVEN}figures/estimate-ranks.svg?unit=B&period=2021")
    assert answer.status_code == 404


@pytest.mark.parametrize("unit", ["ZZZ", "<b>", "x" * 500])
def test_who_is_not_known_is_told_and_nobody_stands_in(client: Client, unit: str) -> None:
    page = body(client, f"{SEVEN}?show=estimates&period=2021&unit={unit}", 404)
    assert "Nothing was observed of" in page
    assert "estimate-profile-wide" not in page
    assert '<option value="H"' in page
    assert "<b>" not in page.split("<main", 1)[1].split("</main>")[0]
    assert client.get(f"{SEVEN}figures/estimate-ranks.svg?unit={unit}").status_code == 404


def test_elsewhere_an_unknown_unit_is_led_here(client: Client) -> None:
    page = body(client, f"{SEVEN}?unit=H&period=2021", 404)
    assert "?show=estimates&amp;unit=H&amp;period=2021" in page


def test_the_home_unit_opens_first(client: Client) -> None:
    Unit.objects.create(code="TWN", kind="country", name_zh="臺灣", name_en="Taiwan")
    rows = [(code, "TWN", "2021", value_of(code, "B", "2021")) for code in ("p-access", "p-open")]
    brought(source_of(), [*rows, ("p-skills", "TWN", "2021", 12.0)])
    assert "Own estimates: Taiwan" in text(body(client, f"{SEVEN}?show=estimates&period=2021"))


def test_a_comparator_set_is_the_set_alone(client: Client) -> None:
    south = UnitGroup.objects.create(
        family="comparators", code="south", name_zh="南區", name_en="South"
    )
    for unit in Unit.objects.filter(code__in="FG"):
        Membership.objects.create(unit=unit, group=south)
    for name in ("pair", "south"):
        query = f"?show=estimates&period=2021&with=comparators:{name}"
        said = text(body(client, f"{SEVEN}{query}"))
        assert re.search(r"Rank it would have \d / 3 ", said), name  # two, and the unit itself
        assert "Own estimates: Unit H" in said


def test_a_withheld_estimate_says_so(client: Client) -> None:
    said = text(body(client, f"{ROUND}?show=estimates&period=2023&unit=H"))
    assert "Withheld Only 33% of what it is made of was observed." in said
    assert "Opportunities: Withheld" in said


def test_nobody_to_estimate_is_said(client: Client) -> None:
    address = f"/en/indicators/{INDEX}/?show=estimates"
    assert "Nobody to estimate" in body(client, address)
    assert "Nobody to estimate" in body(client, f"{address}&unit=A")


@pytest.mark.parametrize("kind", KINDS)
def test_its_pictures_as_files_say_what_they_are(client: Client, kind: str) -> None:
    query = "?unit=H&period=2021"
    svg = fetched(client, f"{ROUND}figures/{kind}.svg{query}").decode()
    assert "Unit H (own estimate)" in svg
    assert "Own estimate:" in svg.split("</desc>")[1]
    table = fetched(client, f"{ROUND}figures/{kind}.csv{query}").decode().splitlines()
    assert len(table) > 2
    assert all("own estimate, not the publisher's" in line for line in table[1:])
    answer = client.get(f"{ROUND}figures/{kind}.svg{query}")
    assert f'filename="round-{kind}-H-2021.svg"' in answer["Content-Disposition"]


def test_closed_values_are_on_the_page_and_in_no_file(client: Client) -> None:
    Source.objects.update(open_terms=False)
    query = "?unit=H&period=2021"
    page = body(client, f"{ROUND}{query}&show=estimates")
    assert 'id="estimate-wheel-wide-t"' in page
    assert "estimate-wheel.csv" not in page
    for form, status in (("svg", 200), ("csv", 404), ("pdf", 404)):
        answer = client.get(f"{ROUND}figures/estimate-wheel.{form}{query}")
        assert answer.status_code == status, form
    assert client.get(f"{ROUND}figures/estimate-ranks.csv{query}").status_code == 200

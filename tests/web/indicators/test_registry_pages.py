"""The list of indicators, and the pages of one indicator, unit and source."""

import pytest
from django.test import Client

from minben.indicators.models import Intake
from tests.factories import DAY, DAY0
from tests.indicator_practice import INDEX, brought, indicators_of, practised, source_of, units_of
from tests.web.indicators.test_explorer import body, text

pytestmark = pytest.mark.django_db
LIST = "/en/indicators/"


class TestOverview:
    def test_an_empty_platform_says_what_to_do(self, client: Client) -> None:
        said = text(body(client, LIST))
        assert "No indicator is registered yet" in said

    def test_indices_stand_with_period_and_number_of_units(self, client: Client) -> None:
        practised()
        said = text(body(client, LIST))
        assert "Practice wheel 2023 · 8 units · 5 indicators" in said
        assert "Practice data Practice office · 5 indicators" in said

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("q=access", 1),
            ("q=Indicator+open", 1),
            ("q=百人", 5),
            ("domain=risk", 2),
            ("dimension=使用", 3),
            ("relation=G2B", 2),
            ("relation=G2C&domain=risk", 0),
            ("relation=G2X", 0),
            ("source=practice", 5),
            ("source=none", 0),
            ("q=" + "x" * 3000, 0),
        ],
    )
    def test_words_and_facets_narrow(self, client: Client, query: str, count: int) -> None:
        practised()
        page = body(client, f"{LIST}?{query}")
        assert page.count('<a href="/en/indicators/list/') == count
        if not count:
            assert "No indicator is like this" in page

    def test_huge_pages_show_the_last(self, client: Client) -> None:
        practised()
        assert "Indicator p-gap" in body(client, f"{LIST}?page=99999999999999999")


class TestIndicator:
    @pytest.fixture(autouse=True)
    def _data(self) -> None:
        practised()

    def test_what_it_is_and_where_its_values_stood(self, client: Client) -> None:
        said = text(body(client, "/en/indicators/list/p-access/"))
        for word in (
            "How many of a hundred people",
            "CC BY 4.0",
            "2021: New question",
            "more is better",
            "Government to citizens (G2C)",
            "import 1, practice-1.csv, line",
            "n = 8",
        ):
            assert word in said

    def test_chosen_units_are_followed_over_time(self, client: Client) -> None:
        page = body(client, "/en/indicators/list/p-access/?unit=A&unit=B&period=2021")
        assert 'id="trend-wide-t"' in page
        assert 'id="bars-narrow-t"' in page
        assert "Indicator p-access, 2021" in page

    @pytest.mark.parametrize("query", ["unit=ZZZ", "period=1066", "period=<b>"])
    def test_what_is_not_there_is_said(self, client: Client, query: str) -> None:
        page = body(client, f"/en/indicators/list/p-access/?{query}", 404)
        assert "What you asked for is not here" in page

    def test_missing_values_say_so(self, client: Client) -> None:
        said = text(body(client, "/en/indicators/list/p-skills/"))
        assert "The source has no value" in said

    def test_a_later_import_counts_and_the_earlier_stays(self, client: Client) -> None:
        brought(source_of(), [("p-access", "A", "2023", 99.5)], at=DAY0 + DAY)
        page = text(body(client, "/en/indicators/list/p-access/"))
        assert "What was different in earlier imports" in page
        assert "99.5" in page.split("What was different")[1]
        assert "28" in page.split("What was different")[1]

    def test_declared_only(self, client: Client) -> None:
        source = source_of()
        indicators_of(source)
        source.indicators.create(
            code="alone", title_zh="單", title_en="Alone", scale="percent", order=9
        )
        assert "Nothing was observed yet" in body(client, "/en/indicators/list/alone/")
        assert client.get("/en/indicators/list/none/").status_code == 404


class TestUnit:
    def test_every_index_with_rank_of_n(self, client: Client) -> None:
        practised()
        said = text(body(client, "/en/indicators/units/B/"))
        assert "Unit for practice · B · 5 indicators" in said
        assert "Practice wheel opportunities 2023" in said
        assert "/ 7" in said
        assert "Practice index 2023" in said
        assert "of risks it has the most risk" in said

    def test_a_unit_nothing_is_known_of(self, client: Client) -> None:
        units_of()
        said = text(body(client, "/en/indicators/units/B/"))
        assert "It is in no index that was computed." in said
        assert "Nothing was observed yet" in said
        assert client.get("/en/indicators/units/ZZZ/").status_code == 404


class TestSource:
    def test_files_with_their_hashes(self, client: Client) -> None:
        practised()
        file = Intake.objects.get().files.get()
        said = text(body(client, "/en/indicators/sources/practice/"))
        assert file.sha256 in said
        assert "120 observations" in said
        assert "values may be passed on" in said
        assert client.get("/en/indicators/sources/none/").status_code == 404

    def test_a_withdrawn_import_stays_with_its_reason(self, client: Client) -> None:
        practised()
        Intake.objects.update(withdrawn_at=DAY0 + DAY, withdrawn_by="x", withdrawn_why="Copied row")
        said = text(body(client, "/en/indicators/sources/practice/"))
        assert "Copied row" in said
        assert "Nothing was observed yet" in body(client, "/en/indicators/list/p-access/")
        # What was computed of it stays, and says that its source was withdrawn.
        assert "withdrawn since" in body(client, f"/en/indicators/{INDEX}/")

"""Looking into an index: choosing, what is said, what is refused."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minben.indicators.actions.computing import compute_run
from minben.indicators.figures.counties import BY_CODE
from minben.indicators.models import StoredRun, Unit
from minben.indicators.queries.runs import computed
from minben.kernel.actor import SYSTEM
from tests.factories import DAY, DAY0
from tests.indicator_practice import (
    INDEX,
    PLAIN,
    brought,
    declared,
    plain_recipe,
    practised,
    source_of,
    value_of,
)

pytestmark = pytest.mark.django_db
WHEEL, TOTAL = f"/en/indicators/{INDEX}/", f"/en/indicators/{PLAIN}/"
PARTS = (
    "unit",
    "ranking",
    "quadrant",
    "trend",
    "shifts",
    "weights",
    "robustness",
    "estimates",
)


@pytest.fixture(autouse=True)
def made() -> dict[str, StoredRun]:
    return practised()


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def text(page: str) -> str:
    """What is read, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_the_wheel_of_a_unit(client: Client) -> None:
    page = body(client, f"{WHEEL}?unit=B&period=2021")
    assert 'id="wheel-wide-t"' in page
    assert 'id="wheel-narrow-t"' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "N = 8 · 2021" in text(page)
    assert re.search(r"Of 5 indicators, Unit B is in the best quarter on \d", text(page))


def test_a_rank_stands_with_n_interval_coverage_and_universe(
    client: Client, made: dict[str, StoredRun]
) -> None:
    run = computed(made[INDEX].pk).run
    row = list(zip(run.table.units, run.table.periods, strict=True)).index(("B", "2021"))
    said = text(body(client, f"{WHEEL}?unit=B&period=2021"))
    for code in ("opportunities", "risks"):
        rank, of = run.rank[code][row], run.ranked[code][row]
        assert f"{rank:g} / {of:g}" in said
        assert f"Rank among the {of:g} with a score of: all units." in said
        assert f"{run.published[code][row]:.3f}" in said
    assert re.search(r"Rank interval \d+–\d+", said)
    assert "Coverage 100%" in said


def test_an_index_without_risks_has_a_profile_and_no_quadrant(client: Client) -> None:
    page = body(client, f"{TOTAL}?unit=A")
    assert 'id="profile-wide-t"' in page
    assert "show=quadrant" not in page
    assert "no such part" in body(client, f"{TOTAL}?show=quadrant", 404)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_part_is_there_in_both_languages(client: Client, part: str, prefix: str) -> None:
    page = body(client, f"{prefix}/indicators/{INDEX}/?unit=A&show={part}")
    assert 'aria-current="page"' in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "<style" not in page
    assert " style=" not in page


def test_what_it_rests_on_is_told(client: Client, made: dict[str, StoredRun]) -> None:
    page = body(client, WHEEL)
    stored = made[INDEX]
    for word in (stored.method.sha256, stored.data_sha256, "minben indicators verify", "CC BY 4.0"):
        assert word in page
    assert f"<dd>{stored.engine}</dd>" in page


def test_comparing_with_a_group_computes_on_the_group(client: Client) -> None:
    every = text(body(client, f"{WHEEL}?unit=B&period=2021"))
    north = text(body(client, f"{WHEEL}?unit=B&period=2021&with=comparators:north"))
    assert "Compared with: North · N = 5" in north
    scores = [re.search(r"Score (\d\.\d+)", said) for said in (every, north)]
    assert all(scores)
    assert scores[0] != scores[1]
    assert scores[0][1] != scores[1][1]  # type: ignore[index]  # found above


def test_a_unit_outside_the_group_is_taken_in_and_told(client: Client) -> None:
    said = text(body(client, f"{WHEEL}?unit=G&period=2021&with=comparators:north"))
    assert "North and Unit G, which is no member · N = 6" in said


def test_few_statements_however_many_units(client: Client) -> None:
    body(client, WHEEL)
    with CaptureQueriesContext(connection) as few:
        body(client, f"{WHEEL}?unit=C")
    assert len(few) <= 8, [one["sql"] for one in few]
    with CaptureQueriesContext(connection) as many:
        body(client, f"{WHEEL}?unit=D&with=comparators:north")
    assert len(many) == len(few)


def test_only_what_changes_is_sent_to_a_script(client: Client) -> None:
    answer = client.get(f"{WHEEL}?unit=B", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert '<div id="explorer"' in page
    assert "<html" not in page
    assert "<title>Unit B " in page
    assert "HX-Request" in answer["Vary"]


class TestRefused:
    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ("unit=ZZZ", "There is no unit “ZZZ” in this index. Choose one of the 8 in the menu."),
            ("period=1850", "There are no figures for “1850”. There are: 2019, 2021, 2023."),
            ("with=comparators:nowhere", "There is no comparator set “comparators:nowhere”"),
            ("with=comparators:alone", "There is no comparator set “comparators:alone”"),
            ("result=nothing", "This index has no part “nothing”. It has: opportunities, risks."),
            ("show=nothing", "This index has no such part"),
            ("unit=%FF%FE", "There is no unit"),
            ("unit=" + "A" * 5000, "AAA…"),
            ("unit=<script>", "&lt;script&gt;"),
            ("period=' OR 1=1", "There are no figures for"),
        ],
    )
    def test_what_is_not_there_is_said_with_what_is(
        self, client: Client, query: str, told: str
    ) -> None:
        page = body(client, f"{WHEEL}?{query}", 404)
        assert told in page
        assert "wheel-wide" not in page
        assert 'id="choose-unit"' in page
        assert "<script>" not in page.split("<main", 1)[1].split("</main>")[0]

    def test_an_unknown_index(self, client: Client) -> None:
        assert client.get("/en/indicators/nothing/").status_code == 404

    def test_a_set_on_which_nothing_can_be_computed(self, client: Client) -> None:
        # Of two units, one of which has no value, no scale can be made.
        brought(source_of(), [("p-skills", "F", "2023", None)])
        page = body(client, f"{WHEEL}?unit=C&period=2023&with=comparators:pair")
        assert "N = 3" in text(page)

    @pytest.mark.parametrize("page", ["0", "-3", "99999999999999999999", "x", "", "%F0%9F"])
    def test_page_numbers_never_break(self, client: Client, page: str) -> None:
        body(client, f"{WHEEL}?show=ranking&page={page}")

    @pytest.mark.parametrize(
        "query", ["other=1066", "by=nothing", "other=" + "9" * 300, "other=2023&by=x"]
    )
    def test_shifts_from_what_is_not_there(self, client: Client, query: str) -> None:
        said = text(body(client, f"{WHEEL}?show=shifts&{query}"))
        assert "There are no figures" in said or "There is no index" in said or "2021" in said


def test_a_withheld_score_says_so_with_coverage_and_rule(client: Client) -> None:
    said = text(body(client, f"{WHEEL}?unit=H&period=2023"))
    assert "Withheld" in said
    assert "Only 33% of what it is made of was observed; the method asks for 60%." in said
    ranking = text(body(client, f"{WHEEL}?show=ranking&period=2023"))
    assert "Unit H: 33% observed, the method asks for 60%: withheld" in ranking


def test_a_unit_all_of_whose_values_are_missing_in_one_half(client: Client) -> None:
    said = text(body(client, f"{WHEEL}?unit=H&period=2023"))
    assert "Only 0% of what it is made of was observed" in said
    assert "4 have no value" in said


def test_a_method_without_data_says_so(client: Client) -> None:
    declared(plain_recipe(code="later"))
    page = body(client, "/en/indicators/later/")
    assert "Not computed yet" in page
    assert "/en/indicators/later/method/" in page


def test_the_ranking_can_be_sorted(client: Client) -> None:
    by_rank = body(client, f"{TOTAL}?show=ranking&period=2021")
    by_name = body(client, f"{TOTAL}?show=ranking&period=2021&sort=name")
    names = re.findall(r'<th scope="row"[^>]*><a [^>]+>(Unit \w)</a>', by_name)
    assert names == sorted(names)
    assert names != re.findall(r'<th scope="row"[^>]*><a [^>]+>(Unit \w)</a>', by_rank)
    # C has no value for one of three; the method gives it no score.
    assert "Unit C: 66% observed; no score without the rest" in text(by_rank)


def test_shifts_between_periods_and_between_indices(client: Client) -> None:
    between = text(body(client, f"{WHEEL}?show=shifts&period=2023&other=2019"))
    assert "2019 → 2023" in between
    other = text(body(client, f"{WHEEL}?show=shifts&period=2021&by={PLAIN}"))
    assert "Practice index 2021 → 2021" in other


def test_the_trend_tells_its_breaks(client: Client) -> None:
    said = text(body(client, f"{WHEEL}?show=trend&unit=A"))
    assert "2021: Indicator p-access: New question" in said


def test_leaving_one_out_and_doing_it_otherwise(client: Client) -> None:
    said = text(body(client, f"{TOTAL}?show=robustness"))
    for title in ("Part 1", "Part 2", "Part 3"):
        assert re.search(rf"{title} \d\.\d\d", said)
    assert "standard deviations" in said


def test_what_moves_the_ranks_is_told_in_words_and_drawn(client: Client) -> None:
    page = body(client, f"{WHEEL}?show=robustness&unit=B&period=2021&result=risks")
    said = text(page)
    assert 'id="sobol-wide-t"' in page
    assert 'id="sobol-narrow-t"' in page
    assert re.search(r"Most of what moves all ranks: [^;.]+ \d+% \(\d+%–\d+%\)", said)
    assert "Most of what moves the rank of Unit B:" in said
    assert re.search(r"[\d,]+ computations \(512 samples of each set\), seed\s1", said)
    assert "figures/sobol.csv?unit=B&amp;period=2021&amp;result=risks" in page
    assert re.search(r"Risks 2 -?[\d.]+ \d+% Fraud · Divide \( -?[\d.]+ \)|Risks 2 ", said)


def test_ranks_that_cannot_be_drawn_say_why(client: Client) -> None:
    declared(plain_recipe(code="favoured", weights="bod", missing="skip"))
    compute_run(code="favoured", by=SYSTEM, at=DAY0)
    page = body(client, "/en/indicators/favoured/?show=robustness")
    assert "That can&#x27;t be told here" in page or "That can't be told here" in page
    assert "there are none to draw" in page
    assert "sobol-wide" not in page


def test_an_own_unit_opens_first_where_it_is_among_them(client: Client) -> None:
    Unit.objects.create(code="TWN", kind="country", name_zh="臺灣", name_en="Taiwan")
    rows = [
        (code, "TWN", "2023", (value_of(code, "B", "2023") or 0) + 1)
        for code in ("p-access", "p-skills", "p-open")
    ]
    brought(source_of(), rows)
    compute_run(code=PLAIN, by=SYSTEM, at=DAY0 + DAY)
    assert "Taiwan" in text(body(client, TOTAL)).split("N = ")[0]


def test_a_county_whose_score_is_withheld_says_so_on_the_map(client: Client) -> None:
    for code in BY_CODE:
        Unit.objects.create(code=code, kind="county", name_zh=f"縣{code}", name_en=f"County {code}")
    for name in ("c-x", "c-y", "c-z"):
        source_of().indicators.create(code=name, title_zh=name, title_en=name, scale="percent")
    held, gone = list(BY_CODE)[:2]
    brought(
        source_of(),
        [
            (name, code, "2023", 10.0 + n)
            for n, code in enumerate(BY_CODE)
            for name in ("c-x", "c-y", "c-z")
            if code != gone and (code != held or name == "c-x")
        ],
    )
    members = [{"code": name, "parent": "total"} for name in ("c-x", "c-y", "c-z")]
    recipe = plain_recipe(code="held", indicators=members, missing="skip", coverage=0.5)
    declared(recipe)
    compute_run(code="held", by=SYSTEM, at=DAY0)
    page = body(client, "/en/indicators/held/?show=map&period=2023")
    assert "Withheld: 33% observed, the method asks for 50% (1)" in page
    assert "No data (1)" in page
    row = re.search(rf'<th scope="row">{held}</th>(.*?)</tr>', page, re.S)
    assert row
    assert "Withheld: 33% observed" in row[1]


def test_counties_have_a_map(client: Client) -> None:
    for code in BY_CODE:
        Unit.objects.create(code=code, kind="county", name_zh=f"縣{code}", name_en=f"County {code}")
    source_of().indicators.create(code="c-x", title_zh="甲", title_en="X", scale="percent")
    brought(source_of(), [("c-x", code, "2023", 10.0 + n) for n, code in enumerate(BY_CODE)])
    declared(plain_recipe(code="counties", indicators=[{"code": "c-x", "parent": "total"}]))
    compute_run(code="counties", by=SYSTEM, at=DAY0)
    page = body(client, "/en/indicators/counties/?show=map&period=2023")
    assert 'id="map-wide-t"' in page
    table = page.split("The numbers of this picture")[1].split("</table>")[0]
    assert table.count("<tr>") == len(BY_CODE) + 1

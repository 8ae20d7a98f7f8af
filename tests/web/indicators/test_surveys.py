"""Pages of surveys: two waves, findings, the file, bad addresses."""

import csv
import io

import pytest
from django.test import Client

from minben.indicators.actions import declare_indicators, register_source, take_in
from minben.indicators.actions.published import ship_surveys
from minben.indicators.declared.drafts import IndicatorDraft, Layout, SourceDraft
from minben.indicators.models import Source
from minben.indicators.queries.planning import prospect
from minben.kernel.actor import SYSTEM
from tests.factories import DAY0

pytestmark = pytest.mark.django_db
CODE = "digital-opportunity-2019"
PAGE = f"/indicators/surveys/{CODE}/"


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def shipped() -> None:
    ship_surveys(by=SYSTEM, at=DAY0)


@pytest.fixture
def three_waves() -> str:
    """A survey with every kind of row: flat, small, changed, of other people, without a figure."""
    draft = SourceDraft("s", "P", "調查", "Survey", "CC0-1.0", survey=True, open_terms=True)
    source = register_source(draft=draft, agency_id=None, by=SYSTEM, at=DAY0)
    indicators = [
        IndicatorDraft(code, f"題{code}", f"item {code}", "percent", base_zh="人", base_en="people")
        for code in ("s.flat", "s.small", "s.changed", "s.late")
    ]
    declare_indicators(source_code="s", indicators=indicators, by=SYSTEM, at=DAY0)
    files = {
        "s.csv": b"""unit,period,indicator,value,n
TWN,2018,s.flat,50,5000
TWN,2019,s.flat,50.2,5000
TWN,2020,s.flat,70.2,5000
TWN,2018,s.small,96.8,9000
TWN,2019,s.small,95.9,9000
TWN,2018,s.changed,20,5000
TWN,2019,s.changed,40,5000
TWN,2019,s.late,33,5000
KOR,2019,s.flat,33,5000
"""
    }
    seal = prospect(source, files, Layout()).plan.seal
    take_in(source_code="s", files=files, layout=Layout(), confirmed=seal, by=SYSTEM, at=DAY0)
    return "/en/indicators/surveys/s/"


def test_points_and_growth_stand_side_by_side(client: Client, shipped: None) -> None:
    page = body(client, PAGE)
    for told in ("+9.6", "+29.2%", "−0.9", "12 歲以上網路族", "n = 13,222", "未公布", "無法檢定"):
        assert told in page
    assert "+28.8 至 +29.5%" in page
    assert 'role="search"' not in page.split("<main")[1]  # there is nothing to choose
    assert "電話訪問" in page  # who was asked, and how
    assert "(A)" in page
    assert "(B)" in page
    english = body(client, f"/en{PAGE}")
    assert "Internet users aged 12 and over" in english
    assert "Cannot be tested" in english


def test_findings_are_cards_with_both_sides(client: Client, shipped: None) -> None:
    page = body(client, PAGE)
    assert page.count('class="survey-card"') == 14
    assert page.count("公務人員基礎訓練教材") >= 12
    assert page.count('data-verdict="remark"') == 2
    assert "12 項說法中，7 項依規則成立" in page
    assert "以所假設的樣本數計，這個說法不成立。" in page
    assert "−1.35 至 −0.45" in page
    tally = page.split('class="survey-tally"')[1].split("</ul>")[0]
    counts = [part.split("<")[0] for part in tally.split('class="num">')[1:]]
    assert counts == ["7", "1", "3", "1", "2"]
    assert page.count("表 1 之說明文字") == 3
    assert '<span lang="zh-Hant">公務人員基礎訓練教材</span>' in body(client, f"/en{PAGE}")


def test_every_label_has_a_word(client: Client, three_waves: str) -> None:
    page = body(client, f"{three_waves}?unit=TWN&other=2018&period=2019")
    for word in ("Flat", "Small change", "Changed"):
        assert f"</span> {word}</span>" in page
    assert "There is no figure for one of the two." in page
    assert "3 rows of this table are tested." in page
    assert "findings-title" not in page  # nothing is said of these


def test_unit_and_periods_are_chosen(client: Client, three_waves: str) -> None:
    page = body(client, f"{three_waves}?unit=TWN&other=2018&period=2020")
    assert "+20.2" in page
    assert 'id="choose-period"' in page
    page = body(client, f"{three_waves}?unit=TWN")
    assert "2019 → 2020" in page
    page = body(client, f"{three_waves}?unit=KOR")
    assert "– → 2019" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("unit=ZZZ", "ZZZ"),
        ("unit=TWN&period=1999", "1999"),
        ("unit=TWN&other=2019&period=2018", "Choose an earlier period"),
        ("unit=TWN&other=2019&period=2019", "Choose an earlier period"),
        ("unit=" + "x" * 500, "x" * 60),
    ],
)
def test_bad_addresses_are_told_and_the_page_stays(
    client: Client, three_waves: str, query: str, told: str
) -> None:
    page = body(client, f"{three_waves}?{query}", 404)
    assert told in page
    assert "survey-table" in page
    assert client.get(f"{three_waves}waves.csv?{query}").status_code == 404


def test_shares_that_may_not_be_passed_on_are_in_no_file(client: Client, three_waves: str) -> None:
    assert client.get(f"{three_waves}waves.csv").status_code == 200
    Source.objects.filter(code="s").update(open_terms=False)
    page = body(client, three_waves)
    assert "waves.csv" not in page
    assert "does not allow its values" in page
    assert client.get(f"{three_waves}waves.csv").status_code == 404


def test_what_is_no_survey_is_not_found(client: Client, shipped: None) -> None:
    assert client.get("/indicators/surveys/nothing/").status_code == 404
    assert client.get("/indicators/surveys/nothing/waves.csv").status_code == 404
    assert client.post(PAGE).status_code == 405


def test_markup_in_an_address_stays_text(client: Client, three_waves: str) -> None:
    page = body(client, f"{three_waves}?unit=<script>x</script>", 404)
    assert "<script>x" not in page


def test_the_file_has_everything_of_every_row(client: Client, shipped: None) -> None:
    answer = client.get(f"{PAGE}waves.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f"{CODE}-TWN-2018-2019.csv" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 6
    assert rows[3]["title_zh"] == "即時通訊應用"
    assert (rows[3]["points"], rows[3]["n_from"], rows[3]["label"]) == ("-0.9", "", "untested")
    assert (rows[3]["deff_supposed"], rows[3]["stands_after_holm"]) == ("", "")


def test_the_file_says_what_was_supposed_and_what_stands(client: Client, three_waves: str) -> None:
    answer = client.get(f"{three_waves}waves.csv?unit=TWN&other=2018&period=2019")
    rows = {row["indicator"]: row for row in csv.DictReader(io.StringIO(answer.content.decode()))}
    told = {code: (row["deff_supposed"], row["stands_after_holm"]) for code, row in rows.items()}
    assert told == {
        "s.flat": ("1", "false"),
        "s.small": ("1", "true"),
        "s.changed": ("1", "true"),
        "s.late": ("", ""),
    }


def test_the_list_and_its_empty_state(client: Client) -> None:
    assert "還沒有調查" in body(client, "/indicators/surveys/")
    ship_surveys(by=SYSTEM, at=DAY0)
    listed = body(client, "/indicators/surveys/")
    assert PAGE in listed
    assert "6 個項目" in listed
    assert "判定 12 則說法" in listed


def test_a_survey_without_figures_says_so(client: Client) -> None:
    draft = SourceDraft("s", "P", "調查", "Survey", "CC0-1.0", survey=True)
    register_source(draft=draft, agency_id=None, by=SYSTEM, at=DAY0)
    assert "還沒有數值" in body(client, "/indicators/surveys/s/")
    assert client.get("/indicators/surveys/s/waves.csv").status_code == 404

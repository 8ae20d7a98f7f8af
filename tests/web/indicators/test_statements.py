"""What is said of a survey as a file and for machines: verdicts, reasons, what was withdrawn."""

import csv
import io
from dataclasses import replace

import pytest
from django.test import Client

from minben.indicators import actions
from minben.indicators.models import Source
from minben.kernel.actor import SYSTEM
from tests.factories import DAY0
from tests.registry_scene import SAID, noted, surveyed

pytestmark = pytest.mark.django_db
PAGE = "/indicators/surveys/yunlin-digital/"


@pytest.fixture(autouse=True)
def _said() -> None:
    """One that holds, one that is withdrawn, and one that looks like a formula."""
    source = surveyed()
    noted(source)
    gone = noted(source, replace(SAID, words_zh="上網率「增加 3 個百分點」", figure="3"))
    actions.withdraw_claim(
        source_code=source.code, claim_id=gone.pk, reason="看錯了", by=SYSTEM, at=DAY0
    )
    draft = replace(SAID, words_zh="=1+1", says="about", figure="90.0", said_by="某報")
    noted(source, replace(draft, earlier=""))


def test_every_statement_is_a_line_of_the_file(client: Client) -> None:
    assert f'href="{PAGE}statements.csv"' in client.get(PAGE).content.decode()
    answer = client.get(f"{PAGE}statements.csv")
    assert "yunlin-digital-statements.csv" in answer["Content-Disposition"]
    held, gone, other = csv.DictReader(io.StringIO(answer.content.decode()))
    assert (held["verdict"], held["figure"], held["said_by"]) == ("holds", "2.7", "雲林縣政府")
    assert held["reason_en"] == "From 78.5% to 81.2% is +2.7 points; +2.7 is said."
    assert "百分點" in held["reason_zh"]
    assert (held["period_from"], held["period_to"]) == ("2023", "2024")
    assert (held["n_from"], held["said_in"], held["said_on"]) == ("", "新聞稿", "2025-07-01")
    assert held["method_zh"].startswith("兩個數值相減")
    assert (gone["verdict"], gone["reason_zh"], gone["withdrawn_why"]) == ("", "", "看錯了")
    assert gone["withdrawn_at"]
    assert (other["words_zh"], other["figure"], other["verdict"]) == ("'=1+1", "90.0", "fails")
    assert client.get("/indicators/surveys/none/statements.csv").status_code == 404


def test_the_same_for_machines(client: Client) -> None:
    (line,) = client.get("/api/v1/surveys").json()
    assert (line["code"], line["items"], line["statements"]) == ("yunlin-digital", 2, 2)
    told = client.get("/api/v1/surveys/yunlin-digital").json()
    assert (told["periods"], told["indicators"]) == (["2023", "2024"], ["yl.online"])
    held, gone, other = told["statements"]
    assert (held["verdict"], held["figure"], held["decimals"]) == ("holds", 2.7, 1)
    assert held["reason"]["en"] == "From 78.5% to 81.2% is +2.7 points; +2.7 is said."
    assert held["method"]["zh"].startswith("兩個數值相減")
    assert (gone["verdict"], gone["reason"], gone["withdrawn_why"]) == (None, None, "看錯了")
    assert (other["said_by"], other["verdict"], other["words"]["zh"]) == ("某報", "fails", "=1+1")
    assert client.get("/api/v1/surveys/none").status_code == 404


def test_reasons_quote_figures_and_so_keep_to_the_terms(client: Client) -> None:
    Source.objects.update(open_terms=False)
    text = client.get(f"{PAGE}statements.csv").content.decode()
    assert [row["verdict"] for row in csv.DictReader(io.StringIO(text))] == ["holds", "", "fails"]
    assert "78.5" not in text
    assert "78.5" not in client.get("/api/v1/surveys/yunlin-digital").content.decode()
    assert "78.5" in client.get(PAGE).content.decode()


def test_verdict_and_sentence_stand_outside_of_what_is_folded(client: Client) -> None:
    page = client.get(f"/en{PAGE}").content.decode()
    for card in page.split('<li class="survey-card"')[1:]:
        seen, folded = card.split('<details class="survey-why">')
        assert 'class="ds-tag"' in seen
        assert 'class="survey-words"' in seen
        assert "<summary>Why, and who says it</summary>" in folded
        assert 'class="small muted survey-by"' in folded

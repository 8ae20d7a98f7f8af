"""A statement is declared so that it can be judged, with its number as it was said."""

from dataclasses import replace
from typing import Any

import pytest

from minben.indicators.declared.fields import Entry
from minben.indicators.declared.statements import ClaimDraft, claim_of
from minben.indicators.surveys.claims import Says

GIVEN: dict[str, Any] = {
    "says": "points",
    "indicator": "a",
    "unit": "TWN",
    "period": "2019",
    "earlier": "2018",
    "figure": "5.5",
    "words_zh": "增加 5.5 個百分點",
    "said_in": "表 1",
}


def read(**changes: Any) -> tuple[ClaimDraft, list[tuple[str, str]]]:
    entry = Entry(GIVEN | changes, str)
    return claim_of(entry), [(one.where, one.code) for one in entry.faults]


@pytest.mark.parametrize(
    ("typed", "number", "decimals"),
    [
        ("5.5", 5.5, 1),
        ("+5.50", 5.5, 2),
        ("−0.9", -0.9, 1),
        ("－０．９％", -0.9, 1),
        ("86 %", 86.0, 0),
        (86, 86.0, 0),
        (86.0, 86.0, 1),
    ],
)
def test_a_number_keeps_the_digits_it_is_said_with(
    typed: object, number: float, decimals: int
) -> None:
    draft, faults = read(figure=typed)
    assert not faults
    assert (draft.number, draft.decimals) == (number, decimals)
    assert draft.statement.decimals == decimals
    # Read once more, as acts do, it is the same.
    assert read(figure=draft.figure)[0] == draft


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"says": "most"}, ("says", "no_choice")),
        ({"figure": "five"}, ("figure", "text_in_number")),
        ({"figure": "1,234"}, ("figure", "text_in_number")),
        ({"figure": "1e9"}, ("figure", "text_in_number")),
        ({"figure": "5.1234567"}, ("figure", "text_in_number")),
        ({"figure": ""}, ("figure", "field_missing")),
        ({"says": "flat"}, ("figure", "figure_needless")),
        ({"earlier": ""}, ("earlier", "field_missing")),
        ({"earlier": "2019"}, ("earlier", "earlier_not_before")),
        ({"earlier": "then"}, ("earlier", "no_period")),
        ({"says": "highest"}, ("earlier", "earlier_needless")),
        ({"period": ""}, ("period", "field_missing")),
        ({"words_zh": " "}, ("words_zh", "field_missing")),
        ({"words_zh": "字" * 201}, ("words_zh", "too_long")),
        ({"said_in": ""}, ("said_in", "field_missing")),
        ({"said_on": "18 April"}, ("said_on", "no_day")),
        ({"address": "javascript:x"}, ("address", "no_address")),
        ({"said_at": "noon"}, ("said_at", "field_unknown")),
    ],
)
def test_what_cannot_be_judged_or_looked_up_is_told(
    changes: dict[str, Any], fault: tuple[str, str]
) -> None:
    assert fault in read(**changes)[1]


def test_about_and_highest_need_no_earlier_period() -> None:
    for says, figure in (("about", "86"), ("highest", "")):
        draft, faults = read(says=says, figure=figure, earlier="")
        assert not faults
        assert draft.statement.says is Says(says)
    assert not read(says="flat", figure="")[1]


def test_every_field_is_in_what_the_ledger_commits_to() -> None:
    draft, _ = read(said_on="2020-01-02")
    for changed in (
        replace(draft, words_zh="增加"),
        replace(draft, said_by="某人"),
        replace(draft, said_on=None),
        replace(draft, figure="5.50"),
    ):
        assert changed.sha256 != draft.sha256
    assert replace(draft).sha256 == draft.sha256

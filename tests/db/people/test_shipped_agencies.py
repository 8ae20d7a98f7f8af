"""The list of agencies is added once, and a row that lacks something is named."""

import pytest

from minben.kernel.actor import SYSTEM
from minben.kernel.refusal import Refusal
from minben.people.models import Agency
from minben.people.shipped import add_agencies, shipped_agencies
from tests.factories import DAY0

pytestmark = pytest.mark.django_db


def test_twice_is_once() -> None:
    rows = shipped_agencies()
    assert add_agencies(rows=rows, by=SYSTEM, at=DAY0) == len(rows)
    assert add_agencies(rows=rows, by=SYSTEM, at=DAY0) == 0
    assert Agency.objects.get(code="mohw").parent == Agency.objects.get(code="ey")


def test_a_row_that_lacks_its_name_is_named() -> None:
    rows = [{"code": "a", "jurisdiction": "ey", "name_zh": "甲"}, {"code": "b", "name_zh": "乙"}]
    with pytest.raises(Refusal) as caught:
        add_agencies(rows=rows, by=SYSTEM, at=DAY0)
    assert (caught.value.code, caught.value.params) == (
        "agency_row",
        {"row": 2, "missing": "jurisdiction"},
    )


def test_who_ended_has_a_successor_that_goes_on_that_day() -> None:
    rows = shipped_agencies()
    by_code = {row["code"]: row for row in rows}
    ended = [row for row in rows if row.get("valid_until")]
    assert {row["code"] for row in ended} >= {"coa", "epa", "most", "aec"}
    for row in ended:
        heir = by_code[row["successor"]]
        assert heir["jurisdiction"] == row["jurisdiction"]
        assert heir["valid_from"] is None or heir["valid_from"] <= row["valid_until"]
        assert not heir.get("valid_until")


def test_a_parent_nobody_knows_is_refused() -> None:
    row = {"code": "a", "jurisdiction": "ey", "name_zh": "甲", "parent": "nobody"}
    with pytest.raises(Refusal, match="agency_code_unknown"):
        add_agencies(rows=[row], by=SYSTEM, at=DAY0)

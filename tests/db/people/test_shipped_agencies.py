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

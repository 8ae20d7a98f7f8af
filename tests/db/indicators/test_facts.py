"""Values that count, with what they were before."""

import pytest

from minben.indicators.models import Indicator
from minben.indicators.queries.facts import facts
from tests.registry_scene import declared, taken

pytestmark = pytest.mark.django_db
HEAD = "unit,period,indicator,value,status\n"


@pytest.mark.parametrize(("now", "before"), [("80,A", [78.5]), (",M", [78.5]), (",Q", [])])
def test_what_is_withheld_now_is_not_told_by_what_it_was(now: str, before: list[float]) -> None:
    source = declared()
    taken(source, f"{HEAD}口湖鄉,2023,yl.online,78.5,A\n".encode())
    taken(source, f"{HEAD}口湖鄉,2023,yl.online,{now}\n".encode())
    [one] = facts(indicator=Indicator.objects.get(code="yl.online"))
    assert [value for _, value in one.before] == before

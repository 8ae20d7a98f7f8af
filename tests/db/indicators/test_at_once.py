"""Two people register the same at one moment: one is told so, and no name is borne by two."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from minben.indicators import actions
from minben.indicators.declared.drafts import (
    GroupDraft,
    IndicatorDraft,
    SourceDraft,
    UnitDraft,
)
from minben.indicators.engine.faults import Faulty
from minben.indicators.models import Unit, UnitAlias
from minben.indicators.shipped import shipped, written
from minben.kernel.actor import SYSTEM, Role
from minben.kernel.refusal import Refusal
from tests.factories import DAY0, make_agency, make_staff

at_once = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writer anyway on SQLite"),
]
Act = Callable[[], object]


def second_of(first: Act, second: Act) -> str:
    """What comes of the second, begun while the first is not yet committed."""
    found: list[str] = []
    begun = threading.Event()

    def later() -> None:
        begun.set()
        try:
            second()
            found.append("")
        except Refusal as refusal:
            found.append(refusal.code)
        except Faulty as error:
            found.append(error.faults[0].code)
        finally:
            connection.close()

    thread = threading.Thread(target=later)
    with transaction.atomic():
        first()
        thread.start()
        begun.wait(5)
        thread.join(0.3)  # it would be done by then if nothing held it
    thread.join(10)
    return found[0]


def registering(code: str, name: str) -> Act:
    unit = UnitDraft(code, "practice", name, f"{name} {code}")
    return lambda: actions.register_units(units=[unit], by=SYSTEM, at=DAY0)


def calling(unit: str) -> Act:
    span = {"valid_from": None, "valid_until": None}
    return lambda: actions.add_alias(unit_code=unit, name="同", **span, by=SYSTEM, at=DAY0)


def declaring(source: str) -> Act:
    drafts = [IndicatorDraft("i", "題", "item", "percent")]
    return lambda: actions.declare_indicators(
        source_code=source, indicators=drafts, by=SYSTEM, at=DAY0
    )


class TestAtOnce:
    pytestmark = at_once

    def test_units_groups_and_names(self) -> None:
        assert second_of(registering("x", "甲"), registering("x", "甲")) == ""  # the same again
        assert second_of(registering("y", "乙"), registering("z", "乙")) == "name_taken"
        assert second_of(calling("x"), calling("y")) == "indicators_alias_taken"
        assert (Unit.objects.count(), UnitAlias.objects.count()) == (2, 1)
        group = GroupDraft("f", "c", "組", "group")

        def grouping() -> object:
            return actions.register_units(units=[], groups=[group], by=SYSTEM, at=DAY0)

        assert second_of(grouping, grouping) == ""

    def test_a_service(self) -> None:
        make_agency()
        one = UnitDraft("tax", "service", "報稅", "Taxes", agency="mof", relations=("G2B",))

        def act() -> object:
            return actions.register_service(draft=one, by=SYSTEM, at=DAY0)

        assert second_of(act, act) == "indicators_unit_taken"

    def test_indicators_and_methods(self) -> None:
        for code in "ab":
            draft = SourceDraft(code, "P", "調查", "Survey", "CC0-1.0")
            actions.register_source(draft=draft, agency_id=None, by=SYSTEM, at=DAY0)
        assert second_of(declaring("a"), declaring("b")) == "of_another_source"
        content = written(next(iter(shipped())).document)

        def act() -> object:
            return actions.declare_method(content=content, agency_id=None, by=SYSTEM, at=DAY0)

        assert second_of(act, act) == "indicators_same_method"


@pytest.mark.django_db
def test_nobody_takes_the_place_of_the_platforms_own_conduct() -> None:
    agency = make_agency()
    officer = make_staff(Role.OFFICER, agency)
    draft = SourceDraft("conduct", "P", "調查", "Survey", "CC0-1.0")
    with pytest.raises(Refusal, match="indicators_source_taken"):
        actions.register_source(draft=draft, agency_id=agency.pk, by=officer, at=DAY0)
    draft = SourceDraft("other", "P", "調查", "Survey", "CC0-1.0")
    actions.register_source(draft=draft, agency_id=agency.pk, by=officer, at=DAY0)
    own = IndicatorDraft("conduct.endorsements", "題", "item", "percent")
    with pytest.raises(Faulty, match="another source"):
        actions.declare_indicators(source_code="other", indicators=[own], by=officer, at=DAY0)

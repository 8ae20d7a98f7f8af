"""Public services are units like others: registered, observed, scored; their agency's to keep."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from minben.audit.models import Event
from minben.indicators import actions
from minben.indicators.declared.documents import framework
from minben.indicators.declared.drafts import UnitDraft
from minben.indicators.engine.faults import Faulty
from minben.indicators.models import Unit
from minben.indicators.queries import facts, runs
from minben.indicators.queries.services import (
    ServiceFilters,
    agency_options,
    observed_counts,
    relation_counts,
    services,
)
from minben.kernel.actor import SYSTEM, Actor, Role
from minben.people import actions as people
from tests.factories import DAY, DAY0, make_agency, make_staff
from tests.registry_document import DOCUMENT, document
from tests.registry_scene import taken

pytestmark = pytest.mark.django_db
TAX = UnitDraft("tax", "service", "線上報稅", "Taxes", agency="mof", relations=("G2B", "G2C"))
ROADS = UnitDraft("roads", "service", "路況", "Roads", agency="motc", relations=("G2C",))


def registered(*drafts: UnitDraft, by: Actor = SYSTEM) -> actions.Registered:
    return actions.register_units(units=drafts or (TAX, ROADS), by=by, at=DAY0)


@pytest.fixture(autouse=True)
def _agencies() -> None:
    make_agency()
    make_agency("交通部", "motc")


def refused(*drafts: UnitDraft, by: Actor = SYSTEM) -> list[str]:
    with pytest.raises(Faulty) as caught:
        registered(*drafts, by=by)
    return [one.code for one in caught.value.faults]


def test_a_service_is_registered_with_its_agency_by_any_name() -> None:
    for name in ("mof", "財政部"):
        registered(replace(TAX, agency=name))
        row = facts.unit_of("tax")
        assert row is not None
        assert row.agency is not None
        assert (row.agency.code, row.relations) == ("mof", ["G2B", "G2C"])
    assert Event.objects.filter(kind="indicators.units_registered").count() == 1
    assert refused(replace(TAX, agency="nobody")) == ["agency_unknown"]


def test_an_agency_that_ended_keeps_the_services_it_had() -> None:
    registered()
    day = (DAY0 + DAY).date()
    people.end_agency(code="mof", on=day, successor_code="motc", by=SYSTEM, at=DAY0 + DAY)
    done = actions.register_units(units=[TAX], by=SYSTEM, at=DAY0 + 9 * DAY)
    assert done.changed == ()


def test_relations_are_replaced_as_a_whole_and_the_same_again_changes_nothing() -> None:
    registered()
    assert registered().changed == ()
    assert registered(replace(TAX, relations=("G2G",))).changed == ("tax",)
    assert Unit.objects.get(code="tax").relations == ["G2G"]
    assert registered(replace(TAX, kind="agency", agency="", relations=())).changed == ("tax",)
    assert (Unit.objects.get(code="tax").relations, services().count()) == ([], 1)


def test_a_service_is_kept_by_its_agency_and_by_administrators() -> None:
    officer = make_staff(Role.OFFICER, make_agency())
    assert registered(TAX, by=officer).created == ("tax",)
    assert refused(ROADS, by=officer) == ["agency_not_yours"]
    registered(ROADS)
    assert registered(ROADS, by=officer).changed == ()  # saying the same is nobody's change
    assert refused(replace(ROADS, relations=("G2G",)), by=officer) == ["unit_not_yours"]
    assert registered(replace(TAX, name_en="Tax filing"), by=officer).changed == ("tax",)
    assert refused(replace(TAX, agency="motc"), by=officer) == ["agency_not_yours"]
    freed = replace(TAX, kind="county", agency="", relations=())
    assert refused(freed, by=officer) == ["unit_not_yours"]
    assert registered(replace(TAX, agency="motc"), by=make_staff(Role.ADMINISTRATOR)).changed


@pytest.mark.parametrize(
    "change",
    [
        {"relations": []},
        {"relations": ["G2X"]},
        {"relations": ["G2C", "G2B"]},  # not in their order
        {"relations": ["G2C", "G2C"]},
        {"relations": "G2C"},
        {"relations": {}},
        {"agency": None},
        {"kind": "agency"},
    ],
)
def test_the_database_refuses_half_a_service(change: dict[str, Any]) -> None:
    registered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(code="tax").update(**change)


@pytest.mark.parametrize("change", [{"relations": ["G2C"]}, {"agency": True}, {"kind": "service"}])
def test_and_what_is_no_service_with_a_part_of_one(change: dict[str, Any]) -> None:
    registered(UnitDraft("x", "county", "甲縣", "County"))
    told = change | ({"agency": make_agency()} if "agency" in change else {})
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(code="x").update(**told)


def test_each_way_to_have_some_of_the_six_is_kept() -> None:
    registered()
    for some in (["G2G", "G2B", "G2C", "G2E", "G2A", "G2D"], ["G2D"], ["G2E", "G2A"]):
        Unit.objects.filter(code="tax").update(relations=some)
        assert Unit.objects.get(code="tax").relations == some


def test_facets_count_under_the_other_choices() -> None:
    registered()
    assert relation_counts() == {"": 2, "G2G": 0, "G2B": 1, "G2C": 2, "G2E": 0, "G2A": 0, "G2D": 0}
    assert relation_counts(ServiceFilters(agency="motc", relation="G2B"))["G2C"] == 1
    assert [(one.code, one.n) for one in agency_options()] == [("mof", 1), ("motc", 1)]
    assert [one.code for one in agency_options(ServiceFilters(relation="G2B"))] == ["mof"]
    assert len(agency_options(ServiceFilters(agency="mof"))) == 2  # what else could be chosen
    for filters, codes in (
        (ServiceFilters(q="報稅"), ["tax"]),
        (ServiceFilters(relation="G2C"), ["tax", "roads"]),
        (ServiceFilters(relation="G2C", agency="motc"), ["roads"]),
        (ServiceFilters(relation="G2"), []),
        (ServiceFilters(agency="none"), []),
    ):
        assert [one.code for one in services(filters)] == codes


RECIPE = (
    b'{"format": "minben-recipe-1", "code": "served", "indicators": [{"code": "yl.online",'
    b' "parent": "index"}], "groups": [{"code": "index"}], "normalise": {"method": "minmax"}}'
)


def test_services_are_observed_and_scored_as_any_unit() -> None:
    listed = [
        {"code": one.code, "kind": "service", "name": {"zh": one.name_zh, "en": one.name_en}}
        | {"agency": one.agency, "relations": list(one.relations)}
        for one in (TAX, ROADS)
    ]
    told = framework("d.json", document(units=[*DOCUMENT["units"], *listed]))
    made = actions.declare_framework(told=told, agency_id=None, by=SYSTEM, at=DAY0)
    content = "unit,period,yl.online\n線上報稅,2024,81.2\nroads,2024,90.4\n口湖鄉,2024,70\n"
    taken(made.source, content.encode())
    admin = make_staff(Role.ADMINISTRATOR)
    actions.declare_method(content=RECIPE, agency_id=None, by=admin, at=DAY0)
    stored = actions.compute_run(code="served", by=SYSTEM, at=DAY0)
    assert runs.computed(stored.pk).run.table.units == ("YUN-kouhu", "roads", "tax")
    by_code = {one.code: one.pk for one in services()}
    assert observed_counts(by_code.values()) == {by_code["tax"]: 1, by_code["roads"]: 1}

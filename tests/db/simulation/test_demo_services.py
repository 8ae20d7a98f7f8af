"""The demo's public services: invented, saying so, of the practice city, and scored like others."""

import json
from importlib.resources import files

import pytest

from minben.indicators.models import Intake, Source
from minben.indicators.queries import runs
from minben.indicators.queries.services import observed_counts, relation_counts, services
from minben.kernel.actor import SYSTEM
from minben.simulation.demo.figures import add_practice_services
from tests.factories import DAY0, make_agency

TOLD = json.loads(
    files("minben.simulation").joinpath("data/demo/practice-services.json").read_text("utf-8")
)


@pytest.mark.django_db
def test_practice_services_show_the_facet_alive() -> None:
    make_agency("民本市政府服務局", "practice-service")
    add_practice_services(TOLD, by=SYSTEM, at=DAY0)
    found = list(services())
    assert len(found) == len(TOLD["figures"])
    assert all("習作" in one.name_zh and "Practice" in one.name_en for one in found)
    assert "不得引用" in Source.objects.get().notes_zh
    assert Intake.objects.get().remarks == []
    counts = relation_counts()
    assert all(counts[one] > 1 for one in ("G2G", "G2B", "G2C", "G2E"))
    assert counts["G2A"] == counts["G2D"] == 0  # what they stand for could not be proved
    assert set(observed_counts([one.pk for one in found]).values()) == {3}
    newest = runs.newest(TOLD["recipe"]["code"])
    assert newest is not None
    assert set(runs.computed(newest.pk).run.table.units) == {one.code for one in found}

"""The demo's figures are invented, say so, and go through the registry like any others."""

import json
from importlib.resources import files

import pytest

from minben.indicators.models import Intake, Observation, Source
from minben.indicators.queries import runs
from minben.kernel.actor import SYSTEM
from minben.simulation.demo import practice
from minben.simulation.demo.figures import add_practice_figures
from tests.factories import DAY0

SPANS = json.loads(
    files("minben.simulation").joinpath("data/demo/practice-wheel.json").read_text("utf-8")
)


def test_the_same_figures_each_time() -> None:
    assert practice.figures(SPANS) == practice.figures(SPANS)
    assert practice.figures(SPANS) != practice.figures(SPANS | {"seed": 2})


@pytest.mark.django_db
def test_practice_data_is_taken_in_and_computed() -> None:
    add_practice_figures(SPANS, by=SYSTEM, at=DAY0)
    source = Source.objects.get(code=practice.SOURCE)
    assert "不得引用" in source.notes_zh
    assert "not to be quoted" in source.notes_en
    assert Intake.objects.get().remarks == []
    assert Observation.objects.count() == practice.COUNT * 3 * len(SPANS["spans"])
    newest = runs.newest(practice.CODE)
    assert newest is not None
    made = runs.computed(newest.pk)
    counted = {code for code, *_ in practice.units()[: practice.COUNTED]}
    assert set(made.run.table.units) == counted
    assert set(made.data.units) - counted == {"P25", "P26"}  # scored beside it

"""The demo's figures (示範指標): practice data taken in and computed through the registry's acts."""

from datetime import datetime
from typing import Any

from minben.indicators.actions import (
    compute_run,
    declare_framework,
    declare_method,
    take_in,
)
from minben.indicators.declared.documents import framework
from minben.indicators.queries.planning import prospect
from minben.indicators.shipped import written
from minben.kernel.actor import Actor
from minben.simulation.demo import practice


def add_practice_figures(spans: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Declare, import and compute the practice data. Any: JSON values."""
    told = framework("practice", practice.source(spans))
    source = declare_framework(told=told, agency_id=None, by=by, at=at).source
    files = {"practice.csv": practice.figures(spans)}
    take_in(
        source_code=source.code,
        files=files,
        layout=told.layout,
        confirmed=prospect(source, files, told.layout).plan.seal,
        by=by,
        at=at,
    )
    declare_method(content=written(practice.recipe()), agency_id=None, by=by, at=at)
    compute_run(code=practice.CODE, by=by, at=at)

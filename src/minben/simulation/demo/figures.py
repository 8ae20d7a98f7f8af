"""The demo's figures (示範指標): practice data taken in and computed through the registry's acts."""

import json
from datetime import datetime
from typing import Any

from minben.indicators.actions import (
    compute_run,
    declare_framework,
    declare_method,
    take_in,
)
from minben.indicators.declared.documents import framework
from minben.indicators.keeping import csv_of
from minben.indicators.queries.planning import prospect
from minben.indicators.shipped import written
from minben.kernel.actor import Actor
from minben.simulation.demo import practice


def add_practice_figures(spans: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Declare, import and compute the practice data. Any: JSON values."""
    _taken("practice", practice.source(spans), practice.figures(spans), by, at)
    declare_method(content=written(practice.recipe()), agency_id=None, by=by, at=at)
    compute_run(code=practice.CODE, by=by, at=at)


def add_practice_services(told: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Public services of the practice city, observed and scored as others are. Any: JSON values."""
    document = json.dumps(told["framework"], ensure_ascii=False).encode()
    _taken("practice-services", document, _rows(told), by, at)
    declare_method(content=written(told["recipe"]), agency_id=None, by=by, at=at)
    compute_run(code=told["recipe"]["code"], by=by, at=at)


def _rows(told: dict[str, Any]) -> bytes:
    """One line a service and period, one column an indicator."""
    return csv_of(
        ("unit", "period", *told["indicators"]),
        (
            (unit, period, *(str(value) for value in values))
            for unit, years in told["figures"].items()
            for period, values in zip(told["periods"], years, strict=True)
        ),
    )


def _taken(name: str, document: bytes, content: bytes, by: Actor, at: datetime) -> None:
    told = framework(name, document)
    source = declare_framework(told=told, agency_id=None, by=by, at=at).source
    files = {f"{name}.csv": content}
    take_in(
        source_code=source.code,
        files=files,
        layout=told.layout,
        confirmed=prospect(source, files, told.layout).plan.seal,
        by=by,
        at=at,
    )

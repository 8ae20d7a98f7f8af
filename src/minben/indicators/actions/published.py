"""Shipping published surveys with what their publisher says of them (內建調查結果與發布者說法)."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.db import transaction

from minben.indicators.actions.claims import note_claims
from minben.indicators.actions.declaring import declare_indicators
from minben.indicators.actions.intakes import take_in
from minben.indicators.actions.sources import register_source
from minben.indicators.declared.documents import framework
from minben.indicators.keeping import csv_of
from minben.indicators.models import Source
from minben.indicators.queries.planning import prospect
from minben.kernel.actor import Actor

HEADER = ("unit", "period", "indicator", "value", "n")
Json = Mapping[str, Any]  # Any: JSON values


def ship_surveys(*, by: Actor, at: datetime) -> list[Source]:
    """Enter the surveys this version ships and that are not there yet, each whole or not at all."""
    folder = files("minben.indicators") / "data"
    documents = sorted(one.name for one in folder.iterdir() if one.name.endswith(".json"))
    made = [_shipped(name, (folder / name).read_bytes(), by, at) for name in documents]
    return [one for one in made if one is not None]


@transaction.atomic
def _shipped(name: str, content: bytes, by: Actor, at: datetime) -> Source | None:
    document: Json = json.loads(content)
    told = framework(name, json.dumps(document["framework"]).encode())
    if Source.objects.filter(code=told.source.code).exists():
        return None
    source = register_source(draft=told.source, agency_id=None, by=by, at=at)
    declare_indicators(source_code=source.code, indicators=told.indicators, by=by, at=at)
    given = {name.replace(".json", ".csv"): _figures(document["observations"])}
    take_in(
        source_code=source.code,
        files=given,
        layout=told.layout,
        confirmed=prospect(source, given, told.layout).plan.seal,
        by=by,
        at=at,
    )
    note_claims(source_code=source.code, claims=told.claims, by=by, at=at)
    return source


def _figures(rows: Sequence[Json]) -> bytes:
    return csv_of(
        HEADER,
        (
            (row["unit"], row["period"], row["indicator"], str(row["value"]), str(row.get("n", "")))
            for row in rows
        ),
    )

"""Computing a method on what is observed (計算): once for each vintage of the data."""

import json
from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.indicators import keeping
from minben.indicators.actions.shared import require_keeping
from minben.indicators.engine.running import ENGINE
from minben.indicators.models import Method, RunSource, StoredRun
from minben.indicators.packing import packed
from minben.indicators.queries.runs import recipe_of
from minben.indicators.queries.vintages import vintage
from minben.indicators.reading.folder import digest
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal


@transaction.atomic
def compute_run(*, code: str, by: Actor, at: datetime) -> StoredRun:
    """Compute the newest version of a method on all it needs that is observed now.

    A run is told by recipe, data and engine: where that run is there already, it is returned.

    Raises:
        Faulty: the data cannot be computed by the recipe; every fault is told.
        Refusal: ``indicators_unknown_method``, ``indicators_not_yours``,
            ``indicators_nothing_observed``.
    """
    method = Method.objects.select_for_update().filter(code=code).order_by("-version").first()
    if method is None:
        raise Refusal("indicators_unknown_method")
    require_keeping(by, method.agency_id)
    found = vintage(recipe_of(method))
    if not found.files:
        raise Refusal("indicators_nothing_observed", method=code)
    key = {"method": method, "data_sha256": digest(found.files), "engine": ENGINE}
    there = StoredRun.objects.defer("package").filter(**key).first()
    if there is not None:
        return there
    recipe_json = method.content.encode()
    results = keeping.made(recipe_json, found.files)
    made = StoredRun.objects.create(
        **key,
        units=_counted(results["scores.csv"]),
        periods=json.loads(results["run.json"])["periods"],
        package=packed(recipe_json, found.files, results),
        at=at,
        by=by.id,
    )
    RunSource.objects.bulk_create(
        RunSource(run=made, intake_id=intake_id) for intake_id in found.intakes
    )
    record(
        "indicators.computed",
        by=by,
        at=at,
        subject=f"run:{made.pk}",
        data={
            "code": code,
            "version": method.version,
            "recipe": method.sha256,
            "data": made.data_sha256,
            "engine": ENGINE,
        },
    )
    return made


def _counted(scores: bytes) -> int:
    """How many units the method counts: others of the data may stand beside it."""
    return len({line.partition(b",")[0] for line in scores.splitlines()[1:]})

"""Declaring methods (登錄計算方法): a document that changes is another version."""

from datetime import datetime

from django.db import transaction

from minben.audit.actions import record
from minben.indicators.actions.shared import one_by_one, require_keeping
from minben.indicators.models import Method
from minben.indicators.rules import PAGES
from minben.indicators.shipped import load, shipped, written
from minben.kernel.actor import Actor
from minben.kernel.refusal import Refusal


@transaction.atomic
def declare_method(*, content: bytes, agency_id: int | None, by: Actor, at: datetime) -> Method:
    """Declare a recipe, or a new version of one.

    Raises:
        Faulty: the document is no recipe; every fault is told.
        Refusal: ``indicators_not_yours``, ``indicators_code_taken``, ``indicators_same_method``.
    """
    require_keeping(by, agency_id)
    return _declared(content, agency_id, by, at, is_shipped=False)


@transaction.atomic
def ship_methods(*, by: Actor, at: datetime) -> list[Method]:
    """Declare what the platform brings, as far as it is not declared; returns what is new.

    Raises:
        Refusal: ``indicators_not_yours``.
    """
    require_keeping(by, None)
    known = set(Method.objects.values_list("sha256", flat=True).order_by("sha256"))
    return [
        _declared(written(recipe.document), None, by, at, is_shipped=True)
        for recipe in shipped()
        if recipe.id not in known
    ]


def _declared(
    content: bytes, agency_id: int | None, by: Actor, at: datetime, *, is_shipped: bool
) -> Method:
    recipe = load("recipe", content)
    if recipe.code in PAGES:  # its address would be that of a page
        raise Refusal("indicators_code_taken", field="file", method=recipe.code)
    one_by_one("methods")
    newest = (
        Method.objects.select_for_update().filter(code=recipe.code).order_by("-version").first()
    )
    if newest is not None and newest.agency_id != agency_id:
        raise Refusal("indicators_code_taken", field="file", method=recipe.code)
    if Method.objects.filter(sha256=recipe.id).exists():
        raise Refusal("indicators_same_method", field="file", method=recipe.code)
    made = Method.objects.create(
        code=recipe.code,
        version=newest.version + 1 if newest else 1,
        sha256=recipe.id,
        content=content.decode(),
        agency_id=agency_id,
        shipped=is_shipped,
        at=at,
        by=by.id,
    )
    record(
        "indicators.method_declared",
        by=by,
        at=at,
        subject=f"method:{made.pk}",
        data={"code": made.code, "version": made.version, "sha256": made.sha256},
    )
    return made

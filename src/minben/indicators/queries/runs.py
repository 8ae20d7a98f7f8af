"""Runs as pages need them (計算結果查詢): made again in memory, once per process."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from minben.indicators.engine.recipe import Recipe
from minben.indicators.engine.running import Run, run
from minben.indicators.engine.table import Table
from minben.indicators.keeping import RECIPE
from minben.indicators.models import Method, StoredRun
from minben.indicators.packing import inputs
from minben.indicators.queries.vintages import table_of
from minben.indicators.rules import looks_like_a_code
from minben.indicators.shipped import load

KEPT_IN_MEMORY = 12  # runs; the largest known, the HDI of 33 years, takes some megabytes


@dataclass(frozen=True)
class Computed:
    """A run with the data and the recipe it was made from."""

    run: Run
    data: Table
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class ShownMethod:
    """A method in use, and its newest run, if there is one.

    Args:
        title: by language, ``zh`` and ``en``.
        run: without its package.
    """

    method: Method
    title: Mapping[str, str]
    document: Mapping[str, Any]  # Any: JSON values
    run: StoredRun | None


def recipe_of(method: Method) -> Recipe:
    """The recipe of a version of a method."""
    return load(method.code, method.content.encode())


def method(code: str, version: int | None = None) -> Method | None:
    """A method's newest version, or a certain one."""
    if not looks_like_a_code(code):
        return None
    rows = Method.objects.filter(code=code).select_related("agency").order_by("-version")
    return (rows if version is None else rows.filter(version=version)).first()


def newest(code: str) -> StoredRun | None:
    """The newest run of the version in use, without its package."""
    if not looks_like_a_code(code):
        return None
    return (
        StoredRun.objects.filter(method__code=code)
        .select_related("method")
        .defer("package")
        .order_by("-method__version", "-at", "-id")
        .first()
    )


def shown() -> list[ShownMethod]:
    """The methods in use by code, each with its newest run; two statements."""
    methods = _ranked(Method.objects.select_related("agency"), "code", "-version")
    rows = StoredRun.objects.filter(method__in=[one.pk for one in methods]).defer("package")
    runs = {one.method_id: one for one in _ranked(rows, "method_id", "-at")}
    out = []
    for one in methods:
        document = recipe_of(one).document
        out.append(ShownMethod(one, document.get("title", {}), document, runs.get(one.pk)))
    return out


def _ranked(rows: Any, per: str, newest_first: str) -> list[Any]:
    """The first row of each `per`. Any: rows of either model."""
    place = Window(RowNumber(), partition_by=F(per), order_by=[newest_first, "-pk"])
    return list(rows.annotate(place_=place).filter(place_=1).order_by(per))


def computed(pk: int) -> Computed:
    """A stored run, made again; kept in memory by what it was made from.

    Raises:
        StoredRun.DoesNotExist: there is none.
    """
    names = ("method__sha256", "data_sha256", "engine")
    return _computed(StoredRun.objects.values_list(*names).get(pk=pk), pk)


# The runs used last, the oldest first. Two requests may make one run at once; both make the same.
_kept: dict[tuple[str, str, str], Computed] = {}


def _computed(key: tuple[str, str, str], pk: int) -> Computed:
    found = _kept.pop(key, None) or _made(pk)
    while len(_kept) >= KEPT_IN_MEMORY:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = found
    return found


def _made(pk: int) -> Computed:
    recipe_json, data = inputs(
        bytes(StoredRun.objects.values_list("package", flat=True).get(pk=pk))
    )
    recipe = load(RECIPE, recipe_json)
    table = table_of(data, recipe)
    return Computed(run(recipe, table), table, recipe)


def package(pk: int) -> bytes | None:
    """The archive of a run, for who would check it."""
    found = StoredRun.objects.filter(pk=pk).values_list("package", flat=True).first()
    return None if found is None else bytes(found)

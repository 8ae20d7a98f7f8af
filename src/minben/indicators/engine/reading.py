"""Reading a recipe (計算方法之檢核): everything wrong with the document, or a `Recipe`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from math import isfinite
from typing import Any, Literal, get_args, get_origin

from minben.indicators.engine.faults import Fault, Faulty
from minben.indicators.engine.recipe import (
    FORMAT,
    Group,
    Imputation,
    Indicator,
    Mean,
    Missing,
    Normalisation,
    Override,
    Recipe,
    Treatment,
    Weighing,
)

KNOWN = frozenset(
    [
        "format",
        "code",
        "title",
        "source",
        "licence",
        "notes",
        "indicators",
        "groups",
        "normalise",
        "impute",
        "treat",
        "aggregate",
        "weights",
        "missing",
        "coverage",
        "decimals",
        "overrides",
        "dimensions",
    ]
)
NAMES = {"aggregate": "aggregation", "weights": "weighing", "normalise": "normalisation"}
MOST_INDICATORS, MOST_CODE = 2000, 60


def _choices(wanted: Any) -> tuple[str, ...]:
    """The words a ``Literal`` allows, also in ``Literal | None``; none for other types."""
    for one in (wanted, *get_args(wanted)):
        if get_origin(one) is Literal:
            return get_args(one)
    return ()


class Reader:
    """Collects the faults of one document while it is read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, where: str, code: str, text: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(where, code, text))

    def part(self, where: str, kind: type[Any], data: object) -> Any:
        """Read one table of the document as `kind`. Any: of that kind, or its default."""
        if not isinstance(data, Mapping):
            self.wrong(where, "not_a_table", "must be a table of names and values")
            return None
        wanted = {one.name: one for one in fields(kind)}
        given: dict[str, Any] = {}  # Any: JSON values, checked below
        for name, value in data.items():
            mine = NAMES.get(name, name)
            if mine not in wanted:
                self.wrong(f"{where}.{name}", "unknown_name", "is not a name this table has")
            elif mine == "normalisation":
                given[mine] = self.part(f"{where}.{name}", Normalisation, value)
            elif self.fits(f"{where}.{name}", mine, wanted[mine].type, value):
                given[mine] = value
        try:
            return kind(**given)
        except TypeError as error:
            self.wrong(where, "name_missing", str(error).rpartition(": ")[2] + " is missing")
            return None

    def fits(self, where: str, name: str, wanted: Any, value: object) -> bool:
        """Whether a value is of the type its field asks for; notes why not.

        Any: a type as it stands in a dataclass.
        """
        choices = _choices(wanted)
        if choices:
            if value not in choices:
                self.wrong(where, "unknown_choice", "must be one of " + ", ".join(choices))
                return False
            return True
        text = str(wanted)
        if "Mapping" in text:
            good = isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values())
        elif "bool" in text:
            good = isinstance(value, bool)
        elif "int" in text:
            good = isinstance(value, int) and not isinstance(value, bool)
        elif "float" in text:
            good = isinstance(value, int | float) and not isinstance(value, bool)
            good = (good and isfinite(value)) or (value is None and "None" in text)  # type: ignore[arg-type]
        else:
            good = isinstance(value, str) and len(value) <= (MOST_CODE if name == "code" else 1000)
        if not good:
            self.wrong(where, "wrong_kind", f"is not what {name} must be ({text})")
        return good

    def parts(self, name: str, kind: type[Any], data: object) -> tuple[Any, ...]:
        """Read a list of tables."""
        if not isinstance(data, Sequence) or isinstance(data, str) or len(data) > MOST_INDICATORS:
            self.wrong(name, "not_a_list", f"must be a list of at most {MOST_INDICATORS}")
            return ()
        read = (self.part(f"{name}[{n}]", kind, one) for n, one in enumerate(data))
        return tuple(one for one in read if one is not None)


def read(document: object) -> Recipe:
    """The recipe a document describes. Raises Faulty with every fault."""
    reader = Reader()
    if not isinstance(document, Mapping):
        raise Faulty([Fault("recipe", "not_a_table", "must be a JSON object")])
    if document.get("format") != FORMAT:
        reader.wrong("format", "unknown_format", f"must be {FORMAT}")
    for name in sorted(set(map(str, document)) - KNOWN):
        reader.wrong(name, "unknown_name", "is not a name a recipe has")
    recipe = _read(reader, document)
    if not reader.faults and recipe is not None:
        _check_tree(reader, recipe)
        _check_numbers(reader, recipe)
    if reader.faults or recipe is None:
        raise Faulty(reader.faults)
    return recipe


def _read(reader: Reader, document: Mapping[str, Any]) -> Recipe | None:
    choices = {}
    for name, kind, default in (
        ("aggregate", Mean, "arithmetic"),
        ("weights", Weighing, "given"),
        ("missing", Missing, "skip"),
    ):
        mine = NAMES.get(name, name)
        value = document.get(name, default)
        if reader.fits(name, mine, kind, value):
            choices[mine] = value
    code, decimals = document.get("code", ""), document.get("decimals")
    coverage = document.get("coverage", 0.0)
    reader.fits("code", "code", str, code)
    if not code:
        reader.wrong("code", "name_missing", "code is missing")
    if decimals is not None:
        reader.fits("decimals", "decimals", int, decimals)
    reader.fits("coverage", "coverage", float, coverage)
    parts = {
        "indicators": reader.parts("indicators", Indicator, document.get("indicators", ())),
        "groups": reader.parts("groups", Group, document.get("groups", ())),
        "overrides": reader.parts("overrides", Override, document.get("overrides", ())),
        "normalisation": reader.part("normalise", Normalisation, document.get("normalise", {})),
        "imputation": reader.part("impute", Imputation, document.get("impute", {})),
        "treatment": reader.part("treat", Treatment, document.get("treat", {})),
    }
    if reader.faults:
        return None
    return Recipe(
        document=document, code=code, coverage=coverage, decimals=decimals, **choices, **parts
    )


def _check_tree(reader: Reader, recipe: Recipe) -> None:
    """Every member has one place, there is no circle, and every group has members."""
    members: tuple[Indicator | Group, ...] = (*recipe.indicators, *recipe.groups)
    codes = Counter(one.code for one in members)
    for code, count in codes.items():
        if count > 1:
            reader.wrong(code, "code_twice", "stands more than once")
    parents = {group.code: group.parent for group in recipe.groups}
    for one in members:
        if one.parent not in parents and (isinstance(one, Indicator) or one.parent):
            reader.wrong(
                one.code, "parent_unknown", f"belongs to {one.parent!r}, which is no group"
            )
    for code in parents:
        seen, at = {code}, parents[code]
        while at in parents and at not in seen:
            seen.add(at)
            at = parents[at]
        if at in parents and at == code:
            reader.wrong(code, "cycle", "belongs to itself by way of its parents")
    for group in recipe.groups:
        if not recipe.children[group.code]:
            reader.wrong(group.code, "group_empty", "has no members")
    if not recipe.results:
        reader.wrong("groups", "no_result", "one group must belong to no other")


def _check_numbers(reader: Reader, recipe: Recipe) -> None:
    for indicator in recipe.indicators:
        if indicator.direction not in (1, -1):
            reader.wrong(indicator.code, "direction", "direction must be 1 or -1")
    members: tuple[Indicator | Group, ...] = (*recipe.indicators, *recipe.groups)
    for one in members:
        if one.weight < 0:
            reader.wrong(one.code, "weight_negative", "weight must not be negative")
        _check_scale(reader, one.code, one.normalisation)
    _check_scale(reader, "normalise", recipe.normalisation, inherited=True)
    for group in recipe.groups:
        members = recipe.children[group.code]
        if members and sum(one.weight for one in members) <= 0:
            reader.wrong(group.code, "weights_zero", "the weights of its members sum to zero")
    if not 0 <= recipe.coverage <= 1:
        reader.wrong("coverage", "range", "must be between 0 and 1")
    known = {group.code for group in recipe.groups}
    for n, override in enumerate(recipe.overrides):
        if override.code not in known:
            reader.wrong(f"overrides[{n}]", "code_unknown", f"{override.code!r} is no group")
        if not override.reason.strip():
            reader.wrong(f"overrides[{n}]", "reason_missing", "must say why")


def _check_scale(
    reader: Reader, where: str, scale: Normalisation | None, *, inherited: bool = False
) -> None:
    if scale is None:
        return
    if scale.low_to >= scale.high_to:
        reader.wrong(where, "scale", "low_to must be below high_to")
    if scale.method == "goalposts" and not inherited:
        if scale.low is None or scale.high is None or scale.low >= scale.high:
            reader.wrong(where, "goalposts", "low and high must be there, low below high")
        elif scale.log and scale.low <= 0:
            reader.wrong(where, "goalposts_log", "a logarithm needs goalposts above zero")
    if scale.method == "target" and not scale.high:
        reader.wrong(where, "target", "high is the target and must be there")

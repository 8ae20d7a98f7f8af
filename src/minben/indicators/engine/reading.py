"""Reading a recipe (計算方法之檢核): everything wrong with the document, or a `Recipe`.

What one value may be is said here and in ``recipe.schema.json``, which must agree (a test
mutates documents); how values belong together is said in `minben.indicators.engine.checking`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import Field, fields
from typing import Any, Literal, get_args, get_origin

from minben.indicators.engine.checking import check
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
    Period,
    Recipe,
    Screen,
    Share,
    Ties,
    Treatment,
    Units,
    Weighing,
    canonical,
)

CHOICES: dict[str, tuple[Any, str]] = {
    "aggregate": (Mean, "arithmetic"),
    "weights": (Weighing, "given"),
    "missing": (Missing, "skip"),
    "ties": (Ties, "min"),
}
TABLES: dict[str, type[Any]] = {
    "normalise": Normalisation,
    "impute": Imputation,
    "treat": Treatment,
    "period": Period,
    "screen": Screen,
    "share": Share,
}
LISTS: dict[str, type[Any]] = {"indicators": Indicator, "groups": Group, "overrides": Override}
TEXTS, TRANSLATED = ("source", "licence"), ("title", "notes", "limits")
KNOWN = frozenset(
    (
        *("format", "code", "coverage", "decimals", "units", "dimensions"),
        *(*CHOICES, *TABLES, *LISTS, *TEXTS, *TRANSLATED),
    )
)
NAMES = {
    "aggregate": "aggregation",
    "weights": "weighing",
    "normalise": "normalisation",
    "impute": "imputation",
    "treat": "treatment",
}
INSIDE: dict[str, type[Any]] = {"normalisation": Normalisation, "share": Share}
MOST_INDICATORS, MOST_CODE, MOST_TEXT, MOST_NUMBER = 2000, 60, 4000, 1e300
CODE = re.compile(r"[^\x00-\x1f\x7f]+\Z")


def _choices(wanted: Any) -> tuple[str, ...]:
    """The words a ``Literal`` allows, also in ``Literal | None``; none for other types."""
    for one in (wanted, *get_args(wanted)):
        if get_origin(one) is Literal:
            return get_args(one)
    return ()


def _number(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and -MOST_NUMBER <= value <= MOST_NUMBER  # also refuses what is no number
    )


def _whole(value: object) -> bool:
    return _number(value) and (
        isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    )


def _translated(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and isinstance(text, str) and len(text) <= MOST_TEXT
        for name, text in value.items()
    )


class Reader:
    """Collects the faults of one document while it is read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def wrong(self, where: str, code: str, text: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(where, code, text))

    def part(self, where: str, kind: type[Any], data: object) -> Any:
        """Read one table of the document as `kind`. Any: of that kind, or None if it is faulty."""
        if not isinstance(data, Mapping):
            self.wrong(where, "not_a_table", "must be a table of names and values")
            return None
        wanted = {one.name: one for one in fields(kind)}
        given: dict[str, Any] = {}  # Any: JSON values, checked below
        for name, value in data.items():
            mine, place = NAMES.get(name, name), f"{where}.{name}"
            if mine not in wanted or mine == name in NAMES.values():
                self.wrong(place, "unknown_name", "is not a name this table has")
            elif mine in INSIDE:
                given[mine] = self.part(place, INSIDE[mine], value)
            elif self.fits(place, mine, wanted[mine].type, value):
                given[mine] = self.within(place, wanted[mine], value)
        try:
            return kind(**given)
        except TypeError as error:
            self.wrong(where, "name_missing", str(error).rpartition(": ")[2] + " is missing")
            return None

    def within(self, where: str, field: Field[Any], value: Any) -> Any:
        """`value`, after a look at the range its field has. Any: a JSON value of fitting type."""
        if "range" in field.metadata:
            least, most = field.metadata["range"]
            if not least <= value <= most:
                self.wrong(where, "range", f"must be between {least} and {most}")
        return int(value) if field.type is int else value

    def fits(self, where: str, name: str, wanted: Any, value: object) -> bool:
        """Whether a value is of the type its field asks for; notes why not.

        Any: a type as it stands in a dataclass.
        """
        choices = _choices(wanted)
        if choices:
            if not isinstance(value, str) or value not in choices:
                self.wrong(where, "unknown_choice", "must be one of " + ", ".join(choices))
                return False
            return True
        text = str(wanted)
        if "Mapping" in text:
            good, must = _translated(value), "a table of texts by language"
        elif "bool" in text:
            good, must = isinstance(value, bool), "true or false"
        elif "int" in text:
            good, must = _whole(value), "a whole number"
        elif "float" in text:
            good = _number(value) or (value is None and "None" in text)
            must = "a number"
        else:
            good, must = self._text(name, value)
        if not good:
            self.wrong(where, "wrong_kind", f"is not what {name} must be: {must}")
        return good

    def _text(self, name: str, value: object) -> tuple[bool, str]:
        if name == "code":
            good = isinstance(value, str) and bool(CODE.match(value)) and len(value) <= MOST_CODE
            return good, f"a text of 1 to {MOST_CODE} characters on one line"
        good = isinstance(value, str) and len(value) <= MOST_TEXT
        return good, f"a text of at most {MOST_TEXT} characters"

    def parts(self, name: str, kind: type[Any], data: object) -> tuple[Any, ...]:
        """Read a list of tables."""
        if not isinstance(data, Sequence) or isinstance(data, str) or len(data) > MOST_INDICATORS:
            self.wrong(name, "not_a_list", f"must be a list of at most {MOST_INDICATORS}")
            return ()
        read = (self.part(f"{name}[{n}]", kind, one) for n, one in enumerate(data))
        return tuple(one for one in read if one is not None)

    def units(self, data: object) -> Units | None:
        """Who is counted: a list of codes, or a text column and what it says."""
        if isinstance(data, Mapping):
            if "only" in data:
                self.wrong("units.only", "unknown_name", "is not a name this table has")
            lacking = {"label", "equals"} - set(data)
            if lacking:
                self.wrong("units", "name_missing", f"{min(lacking)!r} is missing")
            found: Units | None = self.part("units", Units, data)
            if found and not found.label:
                self.wrong("units.label", "wrong_kind", "must name a column")
            return found
        if not isinstance(data, Sequence) or isinstance(data, str) or not data:
            self.wrong("units", "wrong_kind", "must be a list of codes, or label and equals")
            return None
        for n, code in enumerate(data):
            self.fits(f"units[{n}]", "code", str, code)
        if len(set(map(str, data))) < len(data):
            self.wrong("units", "code_twice", "has a code more than once")
        return Units(only=tuple(map(str, data)))


def read(document: object) -> Recipe:
    """The recipe a document describes. Raises Faulty with every fault."""
    reader = Reader()
    if not isinstance(document, Mapping):
        raise Faulty([Fault("recipe", "not_a_table", "must be a JSON object")])
    _refuse_halves(document)
    if document.get("format") != FORMAT:
        reader.wrong("format", "unknown_format", f"must be {FORMAT}")
    for name in sorted(set(map(str, document)) - KNOWN):
        reader.wrong(name, "unknown_name", "is not a name a recipe has")
    _read_texts(reader, document)
    recipe = _read(reader, document)
    if recipe is not None:
        reader.faults += check(recipe)
    if reader.faults or recipe is None:
        raise Faulty(reader.faults)
    return recipe


def _refuse_halves(document: Mapping[str, Any]) -> None:
    """Half a character can be written in JSON, and in nothing else. Any: JSON values."""
    try:
        canonical(document)
    except UnicodeEncodeError:
        text = "holds half a character (\\ud800 to \\udfff alone), which is no text"
        raise Faulty([Fault("recipe", "half_character", text)]) from None
    except (TypeError, ValueError):
        return  # what JSON cannot hold is told by its place


def _read_texts(reader: Reader, document: Mapping[str, Any]) -> None:
    """What is told of a recipe and counts for nothing."""
    for name in TEXTS:
        reader.fits(name, name, str, document.get(name, ""))
    for name in TRANSLATED:
        reader.fits(name, name, Mapping[str, str], document.get(name, {}))
    dimensions = document.get("dimensions", {})
    if not isinstance(dimensions, Mapping):
        reader.wrong("dimensions", "not_a_table", "must be a table of names by dimension")
        return
    for name, title in dimensions.items():
        reader.fits(f"dimensions.{name}", "a dimension", Mapping[str, str], title)


def _read(reader: Reader, document: Mapping[str, Any]) -> Recipe | None:
    read: dict[str, Any] = {}  # Any: what the fields of a recipe hold, each checked by its kind
    for name, (kind, default) in CHOICES.items():
        value = document.get(name, default)
        if reader.fits(name, name, kind, value):
            read[NAMES.get(name, name)] = value
    if "code" not in document:
        reader.wrong("code", "name_missing", "code is missing")
    elif reader.fits("code", "code", str, document["code"]):
        read["code"] = document["code"]
    decimals, coverage = document.get("decimals"), document.get("coverage", 0.0)
    if decimals is not None and reader.fits("decimals", "decimals", int, decimals):
        decimals = int(decimals)
        if not 0 <= decimals <= 15:
            reader.wrong("decimals", "range", "must be between 0 and 15")
    if reader.fits("coverage", "coverage", float, coverage) and not 0 <= coverage <= 1:
        reader.wrong("coverage", "range", "must be between 0 and 1")
    for name, kind in TABLES.items():
        read[NAMES.get(name, name)] = reader.part(name, kind, document.get(name, {}))
    for name, kind in LISTS.items():
        read[name] = reader.parts(name, kind, document.get(name, ()))
    if "units" in document:
        read["units"] = reader.units(document["units"])
    if reader.faults:
        return None
    return Recipe(document=document, coverage=coverage, decimals=decimals, **read)
